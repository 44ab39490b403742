"""Why? Of what the reply does or refuses, or as the customer asks."""

import re
from collections.abc import Sequence

from bylostalo.data.synthesis.words import Word, words
from bylostalo.inference.grammar import bare, clauses, completed, participle, small, subject

from .acts import acts, denied, hurts
from .customer import asked, repeated, speaks_of_self, wish
from .echo import echoed

WHY = r"почему|за что|зачем|на каком основании|по какой причине|с какой стати|с чего"
BARE_NO = re.compile(r"(?:(?:к сожалению|увы|нет)\s*)?(?:нет|нельзя|невозможно|не можем|не получится)", re.I)


def of_deed(reply: str, message: str) -> str | None:
    """«Ваш аккаунт заблокирован» → «Почему аккаунт заблокирован?»."""
    for clause in acts(reply):
        if said := echoed(clause) or _shortened(clause.words):
            return f"Почему {said}?"
    return None


def as_asked(reply: str, message: str) -> str | None:
    question = asked(message, WHY)
    return repeated(question, "Что ответить?") if question else None


def of_wish(reply: str, message: str) -> str | None:
    """«Можно докупить акции?», «Нельзя.» → «Почему нельзя докупить акции?»."""
    said = wish(message)
    bare_no = any(BARE_NO.fullmatch(clause.text) for clause in clauses(reply))
    if said is None or not bare_no or speaks_of_self(said) or not words(said)[0].is_mostly("INFN"):
        return None
    return f"Почему нельзя {small(said)}?"


def _shortened(said: Sequence[Word]) -> str | None:
    """The subject and the predicate of a longer clause."""
    for place, word in enumerate(said):
        refused = denied(said, place)
        if not (refused or hurts(said, place)) or not (participle(word) or word.lower.endswith(("ся", "сь"))):
            continue
        what = subject(said, place, participle(word) or word.parses[0])
        if name := completed(said, bare(what), "nomn") if what else None:
            return f"{name} не {word.lower}" if refused else f"{name} {word.lower}"
    return None
