"""Words of a sentence with their readings, and the forms a change needs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bylostalo.data.morphology import morph

WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*|[A-Za-z]\w*|\d+|\S")


@dataclass(frozen=True)
class Word:
    """A token, its place in the text and its readings, the likeliest first (none for anything but Russian words)."""

    text: str
    start: int
    stop: int
    parses: tuple[Any, ...]

    @property
    def lower(self) -> str:
        return self.text.lower()

    def reading(self, *grammemes: str) -> Any | None:
        """The likeliest reading with all these grammemes."""
        wanted = set(grammemes)
        return next((parse for parse in self.parses if wanted in parse.tag), None)

    def is_mostly(self, *grammemes: str) -> bool:
        """Whether the likeliest reading has them."""
        return bool(self.parses) and set(grammemes) in self.parses[0].tag


@lru_cache(maxsize=100_000)
def parses(word: str) -> tuple[Any, ...]:
    return tuple(parse for parse in morph().parse(word) if parse.is_known)


def words(text: str) -> list[Word]:
    return list(_words(text))


def _words(text: str) -> Iterator[Word]:
    for match in WORD.finditer(text):
        russian = match.group()[0].isalpha() and not match.group().isascii()
        yield Word(match.group(), *match.span(), parses(match.group().lower()) if russian else ())


def inflected(parse: Any, *grammemes: str) -> str | None:
    """The form of a reading with these grammemes, None where there is none."""
    form = parse.inflect(set(grammemes))
    return str(form.word) if form else None


def cased(form: str, like: str) -> str:
    """The form with a capital where the word it replaces has one."""
    return form[:1].upper() + form[1:] if like[:1].isupper() else form


def lowered(text: str) -> str:
    """The text with a small first letter, but for abbreviations and names in capitals."""
    return text if len(text) > 1 and text[1].isupper() else text[:1].lower() + text[1:]


def raised(text: str) -> str:
    return text[:1].upper() + text[1:]
