"""Clauses of a reply that leave open when."""

import re
from collections.abc import Iterator

from bylostalo.inference.grammar import Clause, clauses, is_one_of
from bylostalo.inference.lists import listed

DATED = re.compile(r"[{%\[$<][^{}%\[\]<>]*(?:date|time|day|hour|deadline|until|slot|срок|дат|дн|час)", re.I)
VAGUE = re.compile(r"ближайш|кратчайш|установленн|нескольк|некотор|непродолжительн|разумн", re.I)
CONDITION = re.compile(r"(?<!\w)(?:если|иначе|в противном случае|в случае|когда|пока|чтобы)(?!\w)", re.I)


def open_clauses(reply: str) -> Iterator[Clause]:
    """Clauses that name no time and hang on no condition."""
    conditional = False
    for clause in clauses(reply):
        conditional = conditional or CONDITION.search(clause.text) is not None
        if not conditional and not is_timed(clause):
            yield clause
        conditional = conditional and clause.mark.startswith(",")


def is_timed(clause: Clause) -> bool:
    if DATED.search(clause.text):
        return True
    timed = listed(__package__, "words", "timed")
    return not VAGUE.search(clause.text) and any(is_one_of(word, timed) for word in clause.words)
