"""One name for all names: what a person is called makes no difference to a diagnosis."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bylostalo.data.morphology import morph
from bylostalo.inference.facts.names import proper_names
from bylostalo.inference.frame.people import NAMING, PLACEHOLDER
from bylostalo.inference.results import Span

MARKS = ("Name", "Patr", "Surn")
WOMAN = dict(zip(MARKS, ("анна", "ивановна", "петрова"), strict=True))
MAN = dict(zip(MARKS, ("иван", "иванович", "петров"), strict=True))
ANYONE = "Анна"
_WORD = re.compile(r"[А-ЯЁ][а-яё]+")
_SLOT = re.compile(PLACEHOLDER)


@lru_cache(maxsize=4_096)
def standin(word: str) -> str | None:
    """«Гульнарой» → «Анной», «Сергеевичу» → «Ивановичу»; None where the word names no single person."""
    for parse in morph().parse(word.lower()):
        mark = next((mark for mark in MARKS if mark in parse.tag), None)
        if mark and parse.tag.case and "sing" in parse.tag:
            plain = (WOMAN if parse.tag.gender == "femn" else MAN)[mark]
            named = next(one for one in morph().parse(plain) if mark in one.tag and "nomn" in one.tag)
            return str(named.inflect({parse.tag.case, "sing"}).word.capitalize())
    return None


def standins(text: str) -> Iterator[tuple[Span, str]]:
    """Names of people, and placeholders for one, each with what is said instead."""
    for fact in proper_names(text):
        for match in _WORD.finditer(fact.text):
            if said := standin(match.group()):
                yield (fact.start + match.start(), fact.start + match.end()), said
    for match in _SLOT.finditer(text):
        if NAMING.search(match.group()):
            yield match.span(), ANYONE
