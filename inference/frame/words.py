"""Words of a text clause by clause, as the triggers of the bank want them."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bylostalo.inference.facts.names import lemmas

from .bank import Trigger

WORD = re.compile(r"[А-Яа-яЁёA-Za-z]+")
CLAUSE_BREAK = re.compile(r"[.!?…;:,()\n]+|\s[—–-]\s")
NOT_FOUND = (
    "не выявить",
    "не обнаружить",
    "не зафиксировать",
    "не подтвердить",
    "не подтвердиться",
    "не нести",
)


@lru_cache(maxsize=4_096)
def clause_words(text: str) -> tuple[frozenset[str], ...]:
    """For each clause its words, as they stand and in dictionary form, in lower case with «е» for «ё»."""
    return tuple(
        frozenset(form for word in WORD.findall(part) for form in _forms(word)) for part in CLAUSE_BREAK.split(text)
    )


def _forms(word: str) -> frozenset[str]:
    return lemmas(word) | {word.lower().replace("ё", "е")}


def met(triggers: Iterable[Trigger], text: str) -> bool:
    """Whether a clause holds all words of a trigger; what was «not found» does not count."""
    clauses = [words for words in clause_words(text) if not any(set(no.split()) <= words for no in NOT_FOUND)]
    return any(trigger <= words or _stems(trigger, words) for words in clauses for trigger in triggers)


def _stems(trigger: Trigger, words: frozenset[str]) -> bool:
    return any(part.endswith("*") for part in trigger) and all(
        any(word.startswith(part[:-1]) for word in words) if part.endswith("*") else part in words for part in trigger
    )
