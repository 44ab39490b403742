"""How a sentence begins before the model: its first word as it stands inside of a sentence, after a space and without
the capital. The base knows most words so; capitalised and bare it spells them in pieces («С|роки», but « сроки»)."""

import re

from bylostalo.inference.facts.names import PROPER, is_known, readings

CAPITALISED = re.compile(r"[А-ЯЁ][а-яё]*(?![\w-])")
LIKELY = 0.05
"""A reading with less than this share of a word's uses is no reason to take it for a name."""


def _is_name(word: str) -> bool:
    return not is_known(word) or any(one.score >= LIKELY and not one.marks.isdisjoint(PROPER) for one in readings(word))


def opened(text: str) -> str:
    """The text as the model is given it; a name keeps its capital, what begins otherwise stays. Empty stays empty."""
    text = text.strip()
    first = CAPITALISED.match(text)
    if first and not _is_name(first.group().lower()):
        text = text[0].lower() + text[1:]
    return f" {text}" if text else ""


def closed(text: str, *, like: str) -> str:
    """What the model said as a sentence of its own; in lower case where the text that it is `like` begins so."""
    text = text.strip()
    return text if like[:1].islower() else text[:1].upper() + text[1:]
