"""Passive predicates: «был заблокирован», «не производится», «может быть рассмотрен»."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bylostalo.data.synthesis.phrase import Phrase
from bylostalo.data.synthesis.words import Word
from bylostalo.inference.grammar import active_infinitive, is_one_of, participle, subject

BE = frozenset({"быть"})
MAY = frozenset({"мочь"})
UNSURE = frozenset({"бы", "должен", "должна", "должно", "должны", "чтобы"})
REACH = 3


@dataclass(frozen=True)
class Passive:
    """A passive predicate: its clause, place and reading, the reading that agrees with its subject, the infinitive of
    its active verb, its tense («able» for «может быть …»), and whether it is negated."""

    words: Sequence[Word]
    place: int
    reading: Any
    finite: Any
    infinitive: str
    tense: str
    negated: bool

    @cached_property
    def subject(self) -> Phrase | None:
        return subject(self.words, self.place, self.finite)

    @property
    def noun(self) -> str:
        """The dictionary form of the subject."""
        return str(self.subject.readings[-1].normal_form) if self.subject else ""


def passive_at(words: Sequence[Word], place: int) -> Passive | None:
    first = max(0, place - REACH)
    if not words[place].parses or UNSURE & {word.lower for word in words[first:place]}:
        return None
    around = [at for at in range(first, min(len(words), place + 3)) if at != place]
    helpers = [at for at in around if is_one_of(words[at], BE | MAY)]
    helped = _tense_of([words[at] for at in helpers])
    negated = any(at and words[at - 1].lower == "не" for at in (place, *helpers))
    if reading := participle(words[place]):
        return Passive(words, place, reading, reading, str(reading.normal_form), helped or "past", negated)
    reading = words[place].parses[0]
    infinitive = active_infinitive(str(reading.normal_form))
    tense = helped if reading.tag.POS == "INFN" else reading.tag.tense
    if not infinitive or not tense:
        return None
    finite = words[helpers[0]].parses[0] if reading.tag.POS == "INFN" else reading
    return Passive(words, place, reading, finite, infinitive, str(tense), negated)


def _tense_of(helpers: Sequence[Word]) -> str:
    """The tense that «будет» or «может быть» give."""
    if any(is_one_of(word, MAY) for word in helpers):
        return "able"
    return "futr" if any(word.reading("VERB", "futr") for word in helpers) else ""
