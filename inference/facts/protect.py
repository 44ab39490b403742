"""Brittle facts leave the text as reserved characters before the model sees it and come back after it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..reserved import SLOT_COUNT, SLOTS, strip_reserved
from .digits import NUMBER
from .extract import extract
from .fact import Fact

__all__ = ["SLOT_COUNT", "SLOT_FIRST", "Slots", "protect", "restore", "strip_reserved"]

SLOT_FIRST = ord(SLOTS[0])
LONG_NUMBER = 4
WHOLE = frozenset({"placeholder", "tag", "url", "email", "phone", "id", "quoted", "latin", "command"})
CLAUSE_NUMBER = re.compile(r"(?:№\s*)?\d+-ФЗ|ФЗ.*|\d[\d.]*(?:-\d+)?$")
NUMERIC_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?")
CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
FIGURES = re.compile(rf"[₽$€₸¥]?{NUMBER}(?:\s?[₽$€₸¥])?")


@dataclass(frozen=True)
class Slots:
    """values[i] is what the reserved character chr(SLOT_FIRST + i) stands for."""

    values: tuple[str, ...] = ()


def protect(text: str, *, slots: Slots | None = None) -> tuple[str, Slots]:
    """The text with its brittle facts as slots, and the slots: those given and the new ones.

    A surface keeps its slot in all texts that share `slots`; past SLOT_COUNT surfaces stay as they are.
    Raises ValueError if the text already has reserved characters.
    """
    if strip_reserved(text) != text:
        raise ValueError("в тексте есть служебные символы (U+E000 и дальше): уберите их через strip_reserved")
    values = list(slots.values) if slots else []
    pieces: list[str] = []
    end = 0
    for start, stop in brittle_spans(text):
        surface = text[start:stop]
        if surface not in values and len(values) < SLOT_COUNT:
            values.append(surface)
        if surface in values:
            pieces += text[end:start], SLOTS[values.index(surface)]
            end = stop
    return "".join(pieces) + text[end:], Slots(tuple(values))


def restore(masked: str, slots: Slots) -> str:
    """The text with every slot put back; a slot that stands for nothing is left out."""
    known = dict(zip(SLOTS, slots.values, strict=False))
    return masked.translate({ord(slot): known.get(slot, "") for slot in SLOTS})


def brittle_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the parts are that a model must not spell anew; words that take part in grammar stay."""
    for fact in extract(text):
        for start, stop in _brittle_parts(fact):
            yield fact.start + start, fact.start + stop


def _brittle_parts(fact: Fact) -> Iterator[tuple[int, int]]:
    if fact.kind in WHOLE:
        yield 0, len(fact.text)
    elif fact.kind in PARTS:
        yield from (match.span() for match in PARTS[fact.kind].finditer(fact.text))
    elif fact.kind in ("number", "range"):
        yield from (match.span() for match in FIGURES.finditer(fact.text) if _is_long(match.group()))


PARTS = {"clause": CLAUSE_NUMBER, "date": NUMERIC_DATE, "time": CLOCK}


def _is_long(figures: str) -> bool:
    return sum(character.isdigit() for character in figures) >= LONG_NUMBER
