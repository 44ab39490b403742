"""Participants: «мы», «вы», and nouns that may stand for them."""

from .tables import words
from .words import Word

WE, YOU = "мы", "вы"
COMPANY, CLIENT, OUTSIDER = words("company"), words("client"), words("outsider")
PARTICIPANTS = COMPANY | CLIENT | OUTSIDER


def person(word: Word) -> str:
    """«мы», «вы», or the lemma of a noun that names a participant; else an empty string."""
    lemma = word.lemma
    if lemma in (WE, YOU):
        return lemma
    if word.pos == "NOUN" and (lemma in PARTICIPANTS or {"anim"} <= word.best.grammemes):
        return lemma
    return ""


def may_be(one: str, other: str) -> bool:
    """Whether two names may mean the same participant: «банк» is «мы», «клиент» is «вы»."""
    return one == other or _speaks_as(one, other) or _speaks_as(other, one)


def _speaks_as(noun: str, pronoun: str) -> bool:
    if pronoun == WE:
        return noun in COMPANY
    return pronoun == YOU and noun in CLIENT


def are_opposed(one: str, other: str) -> bool:
    pair = {one, other}
    return pair == {WE, YOU} or (WE in pair and bool(pair & OUTSIDER)) or (YOU in pair and bool(pair & COMPANY))
