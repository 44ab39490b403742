"""Pieces of a text replaced, everything else left to the byte."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Splice:
    """`text` for the characters `[start, stop)`; an insertion where the two are equal."""

    start: int
    stop: int
    text: str


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Splices must not overlap; insertions at one place keep their order."""
    pieces: list[str] = []
    end = 0
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.stop)):
        pieces += text[end : splice.start], splice.text
        end = splice.stop
    return "".join([*pieces, text[end:]])
