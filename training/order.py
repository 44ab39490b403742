"""The order of the training rows."""

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch.utils.data import Dataset, Sampler
from transformers.trainer_pt_utils import get_length_grouped_indices

from bylostalo.training.job import Row, length


class Filler(dict[str, Any]):
    """A row that counts for nothing."""


class WithFiller(Dataset[Row]):
    """The rows, and one past the last the filler, a copy of the shortest."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        shortest: Row = min(rows, key=length)
        self.filler = Filler(shortest)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> Row:
        return self.rows[index] if index < len(self.rows) else self.filler


class LengthGrouped(Sampler[int]):
    """Rows of like length side by side, shuffled anew each epoch, and fillers to a multiple of `multiple`.

    The order follows from seed and epoch alone, so that a resumed training and every process of a distributed one see
    the same batches of `batch` rows.
    """

    def __init__(self, lengths: Sequence[int], *, batch: int, multiple: int, seed: int) -> None:
        self.lengths = list(lengths)
        self.batch = batch
        self.fillers = -len(lengths) % multiple
        self.seed = seed
        self.epoch = 0

    def __len__(self) -> int:
        return len(self.lengths) + self.fillers

    def __iter__(self) -> Iterator[int]:
        generator = torch.Generator().manual_seed(self.seed + self.epoch)
        order = get_length_grouped_indices(self.lengths, self.batch, generator=generator)
        return iter(order + [len(self.lengths)] * self.fillers)
