"""Conditions, purposes and causes that vanished or came from nowhere.

A connective («если», «ввиду», «в целях») governs the few content words after it. It is lost when none of
those words has a counterpart in the rewrite and the rewrite has fewer connectives of its relation; it is
added in the mirror case.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .content import content, uncovered
from .flip import Flip
from .marks import Lexicon, Mark, names
from .tables import patterns
from .words import Sentence, Word

CONNECTIVES = Lexicon("connectives")
CARRIERS = Lexicon("carriers")
CONJUNCTIONS = frozenset(patterns("conjunctions")["all"].split("|"))
RUSSIAN_NAMES = {"condition": "условие", "purpose": "цель", "cause": "причина"}
GOVERNED = 3


@dataclass(frozen=True)
class Clause:
    """A connective and the content words it governs."""

    mark: Mark
    governed: tuple[Word, ...]


@lru_cache(maxsize=8192)
def clauses(sentence: Sentence) -> tuple[Clause, ...]:
    marks = [mark for mark in CONNECTIVES.marks(sentence.text) if mark.name != "idle"]
    return tuple(clause for mark in marks if (clause := Clause(mark, _governed(sentence, mark))).governed)


def _governed(sentence: Sentence, mark: Mark) -> tuple[Word, ...]:
    """After a conjunction the clause up to a comma, after a preposition the noun phrase."""
    stop = min(
        (place for sign in ".,;:—" if (place := sentence.text.find(sign, mark.stop)) >= 0),
        default=len(sentence.text),
    )
    after = [word for word in sentence.words if mark.stop <= word.start < stop]
    phrase = after if mark.text in CONJUNCTIONS else list(_noun_phrase(after))
    wanted = {word.start for word in phrase}
    return tuple(word for word in content(sentence) if word.start in wanted)[:GOVERNED]


def _noun_phrase(words: Sequence[Word]) -> Iterator[Word]:
    head = False
    for word in words:
        if word.pos not in ("NOUN", "ADJF", "PRTF", "ADVB", "NPRO", "PREP") or (head and not word.may_be("gent")):
            return
        yield word
        head = head or word.pos == "NOUN"


@lru_cache(maxsize=8192)
def carried(sentence: Sentence) -> Counter[str]:
    """How many connectives of each relation there are."""
    return Counter(mark.name for mark in CONNECTIVES.marks(sentence.text))


def lost_clauses(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    for clause in _without_counterpart(before, rewrite):
        yield Flip("condition", f"пропало ({RUSSIAN_NAMES[clause.mark.name]}): {_said(clause)}")


def added_clauses(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    for clause in _without_counterpart(rewrite, before):
        yield Flip("condition", f"добавлено ({RUSSIAN_NAMES[clause.mark.name]}): {_said(clause)}")


def condition_became_fact(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    """«Если упаковка повреждена» → «упаковка повреждена»."""
    if not names(CARRIERS.marks(rewrite.text)) & {"condition"}:
        strict = [clause for clause in clauses(before) if clause.mark.text.startswith(("если", "в случа", "при услов"))]
        yield from (Flip("condition", f"пропало «{clause.mark.text}»") for clause in strict[:1])


def cause_and_purpose_swapped(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    """«В связи с отсутствием товара» → «чтобы товара не было»; a mere «для» says too little to tell."""
    source, written = plain_relations(before), plain_relations(rewrite)
    for one, other in (("cause", "purpose"), ("purpose", "cause")):
        if source & {one, other} == {one} and written & {one, other} == {other}:
            yield Flip("condition", f"{RUSSIAN_NAMES[one]} → {RUSSIAN_NAMES[other]}")


def plain_relations(sentence: Sentence) -> set[str]:
    return {mark.name for mark in CONNECTIVES.marks(sentence.text) if mark.text != "для"}


def _without_counterpart(one: Sentence, other: Sentence) -> Iterator[Clause]:
    """Clauses of one text none of whose words is in the other, when the other has fewer of their relation."""
    for clause in clauses(one):
        name = clause.mark.name
        if carried(other)[name] < carried(one)[name] and len(uncovered(clause.governed, other.words)) == len(
            clause.governed
        ):
            yield clause


def _said(clause: Clause) -> str:
    return " ".join([clause.mark.text, *(word.text for word in clause.governed)])


RULES = (lost_clauses, added_clauses, condition_became_fact, cause_and_purpose_swapped)


def condition_flips(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    for rule in RULES:
        yield from rule(before, rewrite)
