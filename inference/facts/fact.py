"""One fact of a text, and the ways the finders of this package build it."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Literal

Kind = Literal[
    "number",
    "date",
    "time",
    "range",
    "phone",
    "url",
    "email",
    "id",
    "clause",
    "quoted",
    "latin",
    "command",
    "placeholder",
    "tag",
    "name",
    "emoji",
]

BLANK = "\x00"
"""Stands where an earlier finder has already taken the text."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact at text[start:stop]; `value` is equal for all spellings of the same fact."""

    kind: Kind
    start: int
    stop: int
    text: str
    value: str


Finder = Callable[[str], Iterable[Fact]]
Canon = Callable[[re.Match[str]], str]


def fold(text: str) -> str:
    """Lower case, «ё» as «е», any run of white space as one space."""
    return " ".join(text.lower().replace("ё", "е").split())


def verbatim(match: re.Match[str]) -> str:
    return match.group()


def fact(kind: Kind, match: re.Match[str], value: str, group: int | str = 0) -> Fact:
    start, stop = match.span(group)
    return Fact(kind, start, stop, match.group(group), value)


def finder(kind: Kind, *patterns: re.Pattern[str], canon: Canon = verbatim) -> Finder:
    """A finder of everything the patterns match; an earlier pattern wins over a later one."""

    def find(text: str) -> Iterator[Fact]:
        rest = text
        for pattern in patterns:
            found = [fact(kind, match, canon(match)) for match in matches(pattern, rest)]
            if found:
                yield from found
                rest = blank(rest, found)

    return find


def outside(solid: str, pattern: str) -> re.Pattern[str]:
    """Matches `pattern` where it does not begin inside something `solid`; for `matches` and `finder`."""
    return re.compile(rf"{solid}|(?P<found>{pattern})")


def matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """All matches, but for those of the solid side of a pattern made by `outside`."""
    found = pattern.finditer(text)
    return (match for match in found if match["found"]) if "found" in pattern.groupindex else found


def only_with(hint: str) -> Callable[[Finder], Finder]:
    """Spare a finder the texts where the cheap pattern `hint` is not: most have no markup, many no digits."""
    search = re.compile(hint).search

    def decorate(find: Finder) -> Finder:
        @wraps(find)
        def find_if_hinted(text: str) -> Iterable[Fact]:
            return find(text) if search(text) else ()

        return find_if_hinted

    return decorate


def blank(text: str, facts: Iterable[Fact]) -> str:
    """The text of the same length with the facts painted over."""
    parts: list[str] = []
    end = 0
    for item in sorted(facts, key=lambda item: item.start):
        parts += text[end : item.start], BLANK * (item.stop - item.start)
        end = item.stop
    return "".join(parts) + text[end:]
