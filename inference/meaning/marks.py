"""Marks: places in a sentence where a lexicon of phrases says something about its force."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .tables import patterns


@dataclass(frozen=True)
class Mark:
    """A phrase of class `name` at [start, stop) of the folded text."""

    name: str
    text: str
    start: int
    stop: int


class Lexicon:
    """The classes of a family of `phrases.yaml`; at one place of a text the class listed first wins."""

    def __init__(self, family: str) -> None:
        groups = "|".join(f"(?P<{name}>{pattern})" for name, pattern in patterns(family).items())
        self._pattern = bounded(groups)

    def marks(self, text: str) -> tuple[Mark, ...]:
        """The marks of a folded text, left to right, none inside another."""
        return tuple(
            Mark(match.lastgroup or "", match.group(), match.start(), match.end())
            for match in self._pattern.finditer(text)
        )


def names(marks: Iterable[Mark]) -> frozenset[str]:
    return frozenset(mark.name for mark in marks)


def separate(family: str) -> dict[str, re.Pattern[str]]:
    """The classes of a family of `phrases.yaml`, to be searched one by one."""
    return {name: bounded(pattern) for name, pattern in patterns(family).items()}


def bounded(pattern: str) -> re.Pattern[str]:
    """The pattern where it covers whole words."""
    return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)")
