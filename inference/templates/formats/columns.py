"""Which column holds the templates: named by a person, or guessed."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from bylostalo.data.errors import BylostaloError
from bylostalo.data.importing.columns import likeness

LIKELY = (
    *("текст", "шаблон", "ответ", "макрос", "комментарий", "сообщение", "тело", "body", "text", "template", "message"),
    *("comment", "content", "reply", "answer", "response", "value", "macro"),
)
WORD = re.compile(r"[а-яё]+", re.I)
PROSE = 3
"""So many Russian words make prose."""


def chosen(columns: Mapping[str, Sequence[str]], wanted: str | None, path: Path) -> str:
    """The wanted column; else, those with likely names first, the one that holds the most Russian prose."""
    listed = ", ".join(f"«{name}»" for name in columns) or "ни одного"
    if wanted is not None:
        if wanted not in columns:
            raise BylostaloError(f"{path}: нет столбца «{wanted}», есть: {listed}")
        return wanted
    amounts = {name: sum(map(_prose, values)) for name, values in columns.items()}
    russian = [name for name, amount in amounts.items() if amount]
    if not russian:
        raise BylostaloError(f"{path}: ни в одном столбце ({listed}) нет русского текста; назовите нужный: --column")
    likely = [name for name in russian if likeness(name, LIKELY)]
    return max(likely or russian, key=amounts.__getitem__)


def _prose(value: str) -> int:
    """Russian letters of a value, if there are words enough."""
    words = WORD.findall(value)
    return sum(map(len, words)) if len(words) >= PROSE else 0


def described(column: str, wanted: str | None) -> str:
    return f"столбец «{column}»" + (" (угадан)" if wanted is None else "")
