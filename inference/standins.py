"""One name for all names, one value for a placeholder: what stands there makes no difference to a diagnosis."""

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
VALUES = tuple(
    (re.compile(rf"(?:{naming})", re.IGNORECASE), value)
    for naming, value in (
        (r"link|url|site|domain|ссылк|сайт", "example.ru"),
        (r"mail|почт", "info@example.ru"),
        (r"phone|tel\b|msisdn|телефон", "8 800 100-10-10"),
        (r"(?<![a-z])(?:days|hours|minutes|min|count|qty|percent)(?![a-z])|кол-?во|колич", "10"),
        (r"weekday", "среду"),
        (r"date|day\b|deadline|until|due|дата|день|срок", "5 июня"),
        (r"(?<![a-z])(?:time|hour|slot)|время", "12:00"),
        (r"(?<![a-z])(?:sum|fee|cost|debt)|amount|price|total|bonus|balance|deposit|сумм|цен[аы]|стоимост", "1 000"),
        (r"(?<![a-z])(?:id|num|number|order|ticket|track|code|invoice|contract)(?![a-z])|номер|заказ", "4817"),
    )
)
"""What a placeholder is called, and what is read instead of it."""


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
        if said := value_of(match.group()):
            yield match.span(), said


def value_of(placeholder: str) -> str | None:
    """«{{ client }}» → «Анна», «{deadline}» → «5 июня»; None where its name says too little."""
    value = next((value for naming, value in VALUES if naming.search(placeholder)), None)
    return value or (ANYONE if NAMING.search(placeholder) else None)
