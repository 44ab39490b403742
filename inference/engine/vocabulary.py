"""Text to token ids of the trimmed vocabulary and back.

Control tokens are private-use characters (`bylostalo.inference.reserved`), which user text is stripped of
before it comes here, so user text can never be read as control text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from bylostalo.inference.reserved import RESERVED

PAD, EOS, BOS = 0, 1, 2
_SPECIAL = re.compile(f"([▁{''.join(RESERVED)}])")


@dataclass(frozen=True)
class Vocabulary:
    """`base_rows[i]` is the row of the full vocabulary that token i takes its first embedding from, int64 `[V]`;
    the last `len(RESERVED)` tokens are the reserved ones."""

    tokenizer: Tokenizer
    base_rows: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.base_rows)

    @property
    def first_reserved(self) -> int:
        return len(self) - len(RESERVED)

    def encode(self, text: str) -> list[int]:
        """Token ids of the text, without BOS and EOS."""
        ids: list[int] = []
        for part in _SPECIAL.split(text):
            if part == "▁":
                found = (self.tokenizer.token_to_id(f"<0x{byte:02X}>") for byte in part.encode())
                ids.extend(one for one in found if one is not None)
            elif part in RESERVED:
                ids.append(self.first_reserved + RESERVED[part])
            elif part:
                ids.extend(self.tokenizer.encode(part).ids)
        return ids

    def encode_with_offsets(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Token ids and the `[start, stop)` characters of the text that each comes from."""
        ids: list[int] = []
        offsets: list[tuple[int, int]] = []
        place = 0
        for part in _SPECIAL.split(text):
            if part == "▁" or part in RESERVED:
                pieces = self.encode(part)
                ids.extend(pieces)
                offsets.extend([(place, place + 1)] * len(pieces))
            elif part:
                encoding = self.tokenizer.encode(part)
                ids.extend(encoding.ids)
                offsets.extend((place + start, place + stop) for start, stop in encoding.offsets)
            place += len(part)
        return ids, offsets

    def decode(self, ids: Sequence[int]) -> str:
        """Text of the ids; PAD, BOS and EOS have none."""
        text: list[str] = []
        plain: list[int] = []
        for token in ids:
            if token in (PAD, BOS, EOS):
                continue
            if token < self.first_reserved:
                plain.append(token)
                continue
            text.append(self.tokenizer.decode(plain))
            text.append(chr(ord(next(iter(RESERVED))) + token - self.first_reserved))
            plain = []
        text.append(self.tokenizer.decode(plain))
        return "".join(text)


def load_vocabulary(folder: Path) -> Vocabulary:
    """Read `tokenizer.json` and `vocabulary.safetensors` of a folder."""
    rows = load_file(folder / "vocabulary.safetensors")["base_rows"]
    return Vocabulary(Tokenizer.from_file(str(folder / "tokenizer.json")), rows)


@cache
def embedded_vocabulary() -> Vocabulary:
    """The trimmed vocabulary that ships with the package."""
    with as_file(files("bylostalo.inference").joinpath("weights/tokenizer")) as folder:
        return load_vocabulary(folder)
