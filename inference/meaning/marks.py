"""Marks: places in a sentence where a lexicon of phrases says something about its force."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

BREAK = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Mark:
    """A phrase of class `name` at [start, stop) of the folded text."""

    name: str
    text: str
    start: int
    stop: int


class Lexicon:
    """Classes of phrases, each a regular expression; at one place the class listed first wins."""

    def __init__(self, classes: Mapping[str, str]) -> None:
        groups = "|".join(f"(?P<{name}>{BREAK.sub('', pattern)})" for name, pattern in classes.items())
        self._pattern = re.compile(rf"(?<![а-я\w-])(?:{groups})(?![а-я\w])")

    def marks(self, text: str) -> tuple[Mark, ...]:
        """The marks of a folded text, left to right, none inside another."""
        return tuple(
            Mark(match.lastgroup or "", match.group(), match.start(), match.end())
            for match in self._pattern.finditer(text)
        )


def names(marks: Iterable[Mark]) -> frozenset[str]:
    return frozenset(mark.name for mark in marks)


def of(marks: Iterable[Mark], *wanted: str) -> list[Mark]:
    return [mark for mark in marks if mark.name in wanted]
