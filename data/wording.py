"""What is hard in a sentence, and how many verbs a set of texts knows."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from .morphology import morph

WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")
NEGATION = re.compile(r"(?<!\w)(?:не|нет|нельзя|ни|без|невозможн\w+|недопустим\w+)(?!\w)", re.I)
EXCEPTION = re.compile(r"(?<!\w)(?:за исключением|кроме|помимо|исключая|исключительно|только|лишь)(?!\w)", re.I)
CONDITION = re.compile(r"(?<!\w)(?:если|при условии|в случае|когда|при (?!этом)\w+)(?!\w)", re.I)
ENUMERATION = re.compile(r"\w+, \w[^.,;]{0,40}(?:, \w[^.,;]{0,40})* (?:и|или|либо) \w", re.I)
VERBS = frozenset({"VERB", "INFN", "PRTF", "PRTS", "GRND"})


def is_negated(text: str) -> bool:
    return NEGATION.search(text) is not None


def has_exception(text: str) -> bool:
    return EXCEPTION.search(text) is not None


def has_two_conditions(text: str) -> bool:
    return len(CONDITION.findall(text)) > 1


def has_enumeration(text: str) -> bool:
    return ENUMERATION.search(text) is not None


HARD: Mapping[str, Callable[[str], bool]] = {
    "отрицание": is_negated,
    "исключение или предел": has_exception,
    "два условия": has_two_conditions,
    "перечисление": has_enumeration,
}


def verbs(texts: Iterable[str]) -> frozenset[str]:
    """Dictionary forms of the verbs of the texts; nouns of action are not counted."""
    words = {match.group().lower() for text in texts for match in WORD.finditer(text)}
    return frozenset(found for word in words if (found := _verb(word)))


@lru_cache(maxsize=100_000)
def _verb(word: str) -> str | None:
    parse = morph().parse(word)[0]
    return str(parse.normal_form) if parse.is_known and parse.tag.POS in VERBS else None
