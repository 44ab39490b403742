"""Words that no dictionary knows and no source has: a small model's slips of the pen («клейка» for «наклейка»)."""

import re

from bylostalo.inference.facts.names import is_known

WORD = re.compile(r"[А-Яа-яЁё]{3,}")
ENDING = 3


def invented_words(source: str, text: str) -> tuple[str, ...]:
    """Unknown words of the text; one of the source may stand in another case, and parts of a compound by themselves."""
    given = {word.lower() for word in WORD.findall(source)}
    unknown = [word for word in WORD.findall(text) if not is_known(word.lower())]
    return tuple(word for word in unknown if not _is_form(word.lower(), given))


def _is_form(word: str, given: set[str]) -> bool:
    return any(word.startswith(other[: max(ENDING, len(other) - ENDING)]) for other in given)
