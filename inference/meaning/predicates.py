"""Predicates of main clauses: done, being done, or still to be done."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .relatives import related
from .tables import words
from .words import Reading, Sentence, Word

DONE, WILL, DOING = "done", "will", "doing"
CLASHES = {(DONE, WILL), (WILL, DONE), (DOING, DONE), (DONE, DOING)}
IDLE = words("idle_predicates")
SHELL_VERBS = words("shell_verbs")
UNDERWAY = re.compile(r"наход[а-я]+ (?:[а-я]+ )?(?:на|в|в процессе|в стадии) $")
BREAK = re.compile(r"[,.;:—]|\sи\s|\sно\s")
CLAUSE = re.compile(
    r"(?:^|[.;:—,]|\sи\s)\s*(?P<sub>(?:(?:в|на|по|с|о|об|для|за|из|от|до|у|к|при|без|только|лишь|а|но"
    r"|после того,?|до тех пор,?|тем,?|того,?) )?"
    r"(?:если|когда|пока|котор[а-я]+|что|чтобы|как|так как|потому|поскольку|прежде|где|кто|кому|кого|чем|ли)"
    r"(?![а-я]))?"
)


@dataclass(frozen=True)
class Predicate:
    """A finite verb or short participle of a main clause."""

    lemma: str
    tense: str


@lru_cache(maxsize=8192)
def predicates(sentence: Sentence) -> tuple[Predicate, ...]:
    """Verbs of main clauses with their tense; idle ones («является», «допускается») are left out."""
    main = main_words(sentence)
    underway = (Predicate(word.lemma, DOING) for word in sentence.words if _is_underway(sentence.text, word))
    return tuple(underway) + tuple(
        Predicate(_deed(word, main), tense)
        for word in main
        if word.lemma not in IDLE and (tense := tense_of(_finite(word), _auxiliary(sentence, word, main)))
    )


def _is_underway(text: str, word: Word) -> bool:
    """«Находится на рассмотрении»."""
    return word.pos == "NOUN" and UNDERWAY.search(text[: word.start]) is not None


def _auxiliary(sentence: Sentence, verb: Word, main: list[Word]) -> str:
    """The form of «быть» in the clause of a verb: «будет», «быть», «был»."""
    for word in main:
        if word.lemma == "быть" and not BREAK.search(
            sentence.text[min(word.start, verb.start) : max(word.start, verb.start)]
        ):
            return word.text
    return ""


def _deed(verb: Word, main: list[Word]) -> str:
    """The verb, or for a shell («осуществлён», «ведётся») the noun that names the deed."""
    if verb.lemma not in SHELL_VERBS:
        return verb.lemma
    named = [word for word in main if word.pos == "NOUN" and word.may_be("nomn") and word.may_be("inan")]
    return min(named, key=lambda word: abs(word.start - verb.start)).lemma if named else verb.lemma


def main_words(sentence: Sentence) -> list[Word]:
    """The words outside «если …», «который …» and the like."""
    stops = [(match.start(), bool(match.group("sub"))) for match in CLAUSE.finditer(sentence.text)]
    return [word for word in sentence.words if not _is_subordinate(word.start, stops)]


def _is_subordinate(place: int, stops: list[tuple[int, bool]]) -> bool:
    return next((sub for start, sub in reversed(stops) if start <= place), False)


@lru_cache(maxsize=8192)
def tenses(sentence: Sentence) -> frozenset[str]:
    """Tenses of the main predicates; «past» where any word tells of the past."""
    past = any("past" in word.best.grammemes or word.pos == "PRTS" for word in sentence.words)
    return frozenset(predicate.tense for predicate in predicates(sentence)) | ({"past"} if past else set())


def _finite(word: Word) -> Reading:
    """A short form read as an adjective («согласован») may be a participle too."""
    if word.pos != "ADJS":
        return word.best
    return next((reading for reading in word.readings if reading.pos == "PRTS"), word.best)


def tense_of(reading: Reading, auxiliary: str) -> str:
    marks = reading.grammemes
    if reading.pos == "PRTS" and auxiliary != "быть":
        return WILL if auxiliary.startswith("буд") else DONE
    if reading.pos == "INFN":
        return WILL if auxiliary.startswith("буд") and "impf" in marks else ""
    if reading.pos != "VERB" or "impr" in marks:
        return ""
    if "futr" in marks:
        return WILL
    return DONE if "past" in marks else DOING


def retimed(before: Sentence, rewrite: Sentence) -> Iterator[tuple[Predicate, Predicate]]:
    """Related predicates of different tense, when the rewrite has none of the old tense."""
    for old in predicates(before):
        kin = [new for new in predicates(rewrite) if related(old.lemma, new.lemma)]
        if kin and all((old.tense, new.tense) in CLASHES for new in kin):
            yield old, kin[0]
