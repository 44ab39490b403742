"""A change of a sentence: which characters become what, and which problems the new words show."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Change:
    """Characters `[start, stop)` become `text`; inside it `[first, last)` shows the problem `code`."""

    start: int
    stop: int
    text: str
    code: str
    first: int = 0
    last: int | None = None

    @property
    def shown(self) -> tuple[int, int]:
        return self.first, len(self.text) if self.last is None else self.last


@dataclass(frozen=True)
class Spoilt:
    """A sentence after its changes and the places that show its problems: (code, start, stop)."""

    text: str
    marks: tuple[tuple[str, int, int], ...]


def apart(changes: Sequence[Change]) -> bool:
    ordered = sorted(changes, key=lambda change: change.start)
    return all(one.stop <= other.start for one, other in pairwise(ordered))


def apply(text: str, changes: Sequence[Change]) -> Spoilt:
    """The text with changes that do not overlap; a capital stays at its beginning."""
    pieces: list[str] = []
    marks: list[tuple[str, int, int]] = []
    place = length = 0
    for change in sorted(changes, key=lambda change: change.start):
        pieces += [text[place : change.start], change.text]
        length += change.start - place
        first, last = change.shown
        marks.append((change.code, length + first, length + last))
        length += len(change.text)
        place = change.stop
    spoilt = "".join(pieces) + text[place:]
    return Spoilt(spoilt[:1].upper() + spoilt[1:] if text[:1].isupper() else spoilt, tuple(marks))
