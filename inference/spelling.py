"""Words that no dictionary knows and no source has: a small model's slips of the pen («клейка» for «наклейка»)."""

import re
from collections.abc import Iterator

from bylostalo.inference.facts.names import is_known

WORD = re.compile(r"[А-Яа-яЁё]{3,}")
ENDING = 3


def invented_words(source: str, text: str) -> tuple[str, ...]:
    """Unknown words of the text; an unknown one of the source may stand in another case, and parts of a compound by
    themselves. A known one lends nothing: its forms are known («вызов», but not «вызовят»)."""
    given = set(_unknown(source.lower()))
    return tuple(word for word in _unknown(text) if not _is_form(word.lower(), given))


def _unknown(text: str) -> Iterator[str]:
    return (word for word in WORD.findall(text) if not is_known(word.lower()))


def _is_form(word: str, given: set[str]) -> bool:
    return any(word.startswith(other[: max(ENDING, len(other) - ENDING)]) for other in given)
