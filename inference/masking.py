"""Brittle facts leave the text as reserved characters before the model sees it and come back after it.

What is short and takes part in grammar (small numbers, «5 июня», names of people) stays visible.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bylostalo.inference.facts.extract import extract
from bylostalo.inference.facts.fact import Fact
from bylostalo.inference.reserved import SLOTS

_WHOLE = frozenset(
    {"placeholder", "tag", "url", "email", "phone", "id", "clause", "quoted", "latin", "command", "emoji"}
)
_FIGURES = re.compile(r"\d[\d\s.,]*(?:\s?[₽%$€])?")
_NUMERIC_DATE = re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{2,4})?|\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
_LONG_NUMBER = 4


@dataclass(frozen=True)
class Slots:
    """`values[i]` is the text that slot i stands for."""

    values: tuple[str, ...] = ()

    def restore(self, text: str) -> str:
        """The text with every slot replaced by what it stands for."""
        for slot, value in zip(SLOTS, self.values, strict=False):
            text = text.replace(slot, value)
        return text


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


def brittle_part(fact: Fact) -> str:
    """The part of a fact that is masked; empty where the fact stays visible."""
    if fact.kind in _WHOLE:
        return fact.text if len(fact.text) > 1 or fact.kind == "emoji" else ""
    if fact.kind == "date":
        match = _NUMERIC_DATE.match(fact.text)
    elif fact.kind == "time":
        match = _CLOCK.match(fact.text)
    elif fact.kind == "number" and _digits(fact.text) >= _LONG_NUMBER:
        match = _FIGURES.match(fact.text)
    else:
        match = None
    return match.group().rstrip(" \u00a0.,") if match else ""


def brittle(text: str) -> Iterator[tuple[int, str]]:
    """Start and text of every brittle part, in order."""
    for fact in extract(text):
        if part := brittle_part(fact):
            yield fact.start, part


def _masked(text: str, parts: Iterable[tuple[int, str]], slots: dict[str, str]) -> str:
    pieces, end = [], 0
    for start, part in parts:
        if part in slots:
            pieces += [text[end:start], slots[part]]
            end = start + len(part)
    return "".join(pieces) + text[end:]


def mask(texts: Sequence[str], *, only: Collection[str] | None = None) -> tuple[list[str], Slots]:
    """The texts with the same slot for the same surface in all of them; `only` limits which surfaces are masked.

    Slots are numbered in the order of first appearance; what does not fit into them stays visible.
    """
    parts = [list(brittle(text)) for text in texts]
    surfaces = dict.fromkeys(part for found in parts for _, part in found if only is None or part in only)
    values = tuple(surfaces)[: len(SLOTS)]
    slots = dict(zip(values, SLOTS, strict=False))
    return [_masked(text, found, slots) for text, found in zip(texts, parts, strict=True)], Slots(values)


def mask_pair(sources: Sequence[str], target: str) -> tuple[list[str], str]:
    """Sources and target of a training pair; only what stands on both sides is masked."""
    shared = {part for _, part in brittle(target)} & {part for text in sources for _, part in brittle(text)}
    masked, _ = mask([*sources, target], only=shared)
    return masked[:-1], masked[-1]
