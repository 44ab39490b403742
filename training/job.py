"""What there is to train: a model, rows and a loss, whatever the task."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

Row = dict[str, Any]
Batch = dict[str, torch.Tensor]


@dataclass(frozen=True)
class Job:
    """`train` and `validation` rows hold `input_ids` among others, the validation ones end to end by length.

    `terms(model, batch)` is `[rows, terms, 2]`: for each row and each term of the loss a sum of losses and how many
    losses are in it. The loss is the sum over the terms of weight · (total of the sums / total of the counts), so it
    does not depend on how the rows are cut into batches or shared among processes.
    """

    model: Any
    train: Sequence[Row]
    validation: Sequence[Row]
    collate: Callable[[Sequence[Row]], Batch]
    terms: Callable[[Any, Batch], torch.Tensor]
    save: Callable[[Path, dict[str, torch.Tensor]], None]
    """Writes the trained model, given its whole state, into the folder of the run."""
    weights: tuple[float, ...] = (1.0,)
    optimizer: torch.optim.Optimizer | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    """What `run.json` says of the data."""


def length(row: Row) -> int:
    return len(row["input_ids"])


def by_length(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=length)


def checkpoint_activations(model: Any) -> None:
    """Trade time for memory: activations are computed again on the way back (Chen et al., 2016)."""
    enable = getattr(model, "activation_checkpointing_enable", None) or model.gradient_checkpointing_enable
    enable({"use_reentrant": False})
