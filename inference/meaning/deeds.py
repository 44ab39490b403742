"""Deeds: the verbs of a clause and who does them, where a text names the doer."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from . import tables
from .people import WE, YOU, person
from .words import Sentence, Word

BOUNDARY = re.compile(r"[,;:.!?—]|\s(?:и|а|но)\s")
PREPOSITIONS = tables.words("prepositions")
MODAL = tables.words("modal")
SHELL_VERBS = tables.words("shell_verbs")
ABLE = tables.words("able")
ASKING = tables.words("asking")


@dataclass(frozen=True)
class Deed:
    """Related verbs of one clause, their doer and the other participants."""

    verbs: frozenset[str]
    doer: str
    others: frozenset[str]
    is_told: bool = False


@lru_cache(maxsize=8192)
def deeds(sentence: Sentence) -> tuple[Deed, ...]:
    """The deeds of a sentence whose doer is named."""
    found = []
    for words in clauses(sentence):
        everyone = frozenset(name for word in words if (name := person(word)))
        for rule in DOERS:
            if named := rule(words):
                doer, verbs = named
                told = any("past" in word.best.grammemes and word.lemma in verbs for word in words)
                found.append(Deed(verbs, doer, everyone - {doer}, told))
                break
    return tuple(found)


def clauses(sentence: Sentence) -> Iterator[list[Word]]:
    edges = [match.start() for match in BOUNDARY.finditer(sentence.text)]
    clause: list[Word] = []
    for word in sentence.words:
        if clause and edges and edges[0] < word.start:
            yield clause
            clause = []
        while edges and edges[0] < word.start:
            edges.pop(0)
        clause.append(word)
    yield clause


Named = tuple[str, frozenset[str]]


def passive_doer(words: Sequence[Word]) -> Named | None:
    """«передано продавцом», «нами проводится», «заявленная вами»."""
    for index, word in enumerate(words):
        if (
            word.may_be("ablt")
            and not word.may_be("nomn")
            and (name := person(word))
            and not has_preposition(words, index)
        ):
            before = words[index - 1] if index else None
            if before and before.pos == "PRTF":
                return name, frozenset({before.lemma})
            verbs = [other for other in words if _is_passive(other)]
            return (name, deed_words(verbs, words)) if verbs else None
    return None


def active_doer(words: Sequence[Word]) -> Named | None:
    """«мы передали», «продавец передал», «клиент должен предоставить»."""
    verbs = [word for word in words if word.pos in ("VERB", "INFN") and not _is_passive(word) and word.lemma != "быть"]
    if not verbs or any(_is_passive(word) for word in words) or any(word.lemma in MODAL for word in words):
        return None
    for index, word in enumerate(words):
        if "nomn" in word.best.grammemes and (name := person(word)) and not has_preposition(words, index):
            return name, deed_words(verbs, words)
    return None


def obliged_doer(words: Sequence[Word]) -> Named | None:
    """«вам надлежит предоставить»."""
    verbs = [word for word in words if word.pos == "INFN"]
    if not verbs or not any(word.lemma in MODAL for word in words):
        return None
    for index, word in enumerate(words):
        if (
            word.may_be("datv")
            and not word.may_be("nomn")
            and (name := person(word))
            and not has_preposition(words, index)
        ):
            return name, deed_words(verbs, words)
    return None


def told_by_verb(words: Sequence[Word]) -> Named | None:
    """«вернём», «пришлите», «можем вернуть»."""
    for word in words:
        doer = _doer_in_ending(word)
        if doer and word.lemma in ABLE:
            return doer, frozenset(other.lemma for other in words if other.pos == "INFN")
        if doer and word.lemma not in ASKING:
            return doer, frozenset({word.lemma})
    return None


def _doer_in_ending(word: Word) -> str:
    if word.pos != "VERB":
        return ""
    if "1per" in word.best.grammemes:
        return WE
    return YOU if word.best.grammemes & {"2per", "excl"} else ""


def _is_passive(word: Word) -> bool:
    return word.pos == "PRTS" or (word.pos == "VERB" and word.text.endswith(("ся", "сь")))


def has_preposition(words: Sequence[Word], index: int) -> bool:
    return any(word.text in PREPOSITIONS for word in words[max(index - 2, 0) : index])


def deed_words(verbs: Sequence[Word], words: Sequence[Word]) -> frozenset[str]:
    """The verbs; for a shell verb («осуществлён») the noun that names the deed."""
    real = frozenset(word.lemma for word in verbs if word.lemma not in SHELL_VERBS)
    if real:
        return real
    for index, word in enumerate(words):
        if (
            word.pos == "NOUN"
            and word.best.grammemes & {"nomn", "accs"}
            and not has_preposition(words, index)
            and not person(word)
        ):
            return frozenset({word.lemma})
    return frozenset()


DOERS: tuple[Callable[[Sequence[Word]], Named | None], ...] = (
    passive_doer,
    active_doer,
    obliged_doer,
    told_by_verb,
)


def done_by_nobody(sentence: Sentence) -> frozenset[str]:
    """The verbs of «проверено», «была произведена проверка» whose doer is not named."""
    found = []
    for words in clauses(sentence):
        verbs = [word for word in words if word.pos == "PRTS"]
        if verbs and not passive_doer(words):
            found.append(deed_words(verbs, words))
    return frozenset().union(*found)


@dataclass(frozen=True)
class Cast:
    """Participants that are only doers and participants that are never doers."""

    doers: frozenset[str]
    others: frozenset[str]


@lru_cache(maxsize=8192)
def cast(sentence: Sentence) -> Cast:
    doers: set[str] = set()
    others: set[str] = set()
    for words in clauses(sentence):
        for index, word in enumerate(words):
            if name := person(word):
                (doers if _is_doing(words, index) else others).add(name)
    return Cast(frozenset(doers - others), frozenset(others - doers))


def _is_doing(words: Sequence[Word], index: int) -> bool:
    word = words[index]
    if has_preposition(words, index):
        return False
    if "nomn" in word.best.grammemes:
        return not any(map(_is_passive, words))
    return "ablt" in word.best.grammemes
