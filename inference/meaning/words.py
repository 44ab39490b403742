"""A sentence as the meaning lock reads it: folded text and its words with their grammar."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from razdel import tokenize

from bylostalo.data.morphology import morph

SLOT_FIRST, SLOT_LAST = "\ue000", "\ue01f"
SLOT = re.compile(f"[{SLOT_FIRST}-{SLOT_LAST}]")
RUSSIAN = re.compile(r"[а-я]+(?:-[а-я]+)*")
SPACES = re.compile(r"\s+")
LIKELY = 0.05


@dataclass(frozen=True)
class Reading:
    """One way to parse a word."""

    lemma: str
    pos: str
    grammemes: frozenset[str]


@dataclass(frozen=True)
class Word:
    """A Russian word at `start` of the folded text, with its likely readings, best first."""

    text: str
    start: int
    readings: tuple[Reading, ...]

    @property
    def best(self) -> Reading:
        return self.readings[0]

    @property
    def lemma(self) -> str:
        return self.readings[0].lemma

    @property
    def pos(self) -> str:
        return self.readings[0].pos

    def may_be(self, *grammemes: str) -> bool:
        return any(reading.grammemes.issuperset(grammemes) for reading in self.readings)


@dataclass(frozen=True, eq=False)
class Sentence:
    """Folded text (lower case, «е» for «ё», single spaces), its Russian words and the slots in it."""

    text: str
    words: tuple[Word, ...]
    slots: frozenset[str]


@lru_cache(maxsize=8192)
def read(text: str) -> Sentence:
    """Parse one or more sentences."""
    folded = fold(text)
    return Sentence(folded, tuple(_words(folded)), frozenset(SLOT.findall(folded)))


def fold(text: str) -> str:
    """Lower case, «е» for «ё», single spaces, slots set apart."""
    apart = SLOT.sub(r" \g<0> ", text.lower().replace("ё", "е"))
    return SPACES.sub(" ", apart).strip()


def _words(folded: str) -> Iterator[Word]:
    for token in tokenize(folded):
        if RUSSIAN.fullmatch(token.text):
            yield Word(token.text, token.start, readings(token.text))


@lru_cache(maxsize=100_000)
def readings(word: str) -> tuple[Reading, ...]:
    """The likely readings of a folded word, best first."""
    parses = morph().parse(word)
    likely = [parse for parse in parses if parse.score >= LIKELY] or parses[:1]
    return tuple(
        Reading(parse.normal_form.replace("ё", "е"), str(parse.tag.POS or ""), frozenset(parse.tag.grammemes))
        for parse in likely
    )


def is_known(word: str) -> bool:
    """Whether the dictionary holds this form."""
    return bool(morph().word_is_known(word))
