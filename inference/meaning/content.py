"""Content words: what of one text has no counterpart in the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .flip import Flip
from .relatives import related
from .tables import words
from .words import Sentence, Word

CONTENT = frozenset({"NOUN", "VERB", "INFN", "PRTF", "PRTS", "GRND", "ADJF", "ADJS", "ADVB"})
SHELLS = words("shells")
PLAIN_NOUNS = words("plain_nouns")
SUSPICIOUS_SHARE = 0.5
SUSPICIOUS_COUNT = 3


@dataclass(frozen=True)
class Coverage:
    """Shares in 0..1: source content kept in the rewrite, rewrite content without a source."""

    kept: float
    added: float


@lru_cache(maxsize=8192)
def content(sentence: Sentence) -> tuple[Word, ...]:
    """The words that carry content, each lemma once."""
    found: dict[str, Word] = {}
    for word in sentence.words:
        if is_content(word):
            found.setdefault(word.lemma, word)
    return tuple(found.values())


def is_content(word: Word) -> bool:
    return word.pos in CONTENT and word.lemma not in SHELLS and "Apro" not in word.best.grammemes


def uncovered(needed: Sequence[Word], offered: Sequence[Word]) -> list[Word]:
    """Words of one text that nothing in the other is related to."""
    lemmas = frozenset(reading.lemma for word in offered for reading in word.readings)
    return [word for word in needed if not _covered(word, lemmas)]


def _covered(word: Word, lemmas: frozenset[str]) -> bool:
    own = {reading.lemma for reading in word.readings}
    return not own.isdisjoint(lemmas) or any(related(one, other) for one in own for other in lemmas)


def content_coverage(before: Sentence, rewrite: Sentence, sources: Sentence) -> Coverage:
    """`before` must be kept; `sources` (with the note) are where the rewrite may take its words from."""
    needed, written = content(before), content(rewrite)
    lost, added = uncovered(needed, rewrite.words), uncovered(written, sources.words)
    slots = before.slots
    total = len(needed) + len(slots)
    missing = len(lost) + len(slots - rewrite.slots)
    return Coverage(
        kept=1 - missing / total if total else 1.0,
        added=len(added) / len(written) if written else 0.0,
    )


def content_flips(before: Sentence, rewrite: Sentence, sources: Sentence) -> Iterator[Flip]:
    for slot in sorted(sources.slots - rewrite.slots):
        yield Flip("lost", f"слот U+{ord(slot):04X}")
    for slot in sorted(rewrite.slots - sources.slots):
        yield Flip("added", f"слот U+{ord(slot):04X}")
    needed, written = content(before), content(rewrite)
    lost, added = uncovered(needed, rewrite.words), uncovered(written, sources.words)
    if _is_suspicious(lost, needed):
        yield Flip("lost", ", ".join(word.text for word in lost))
    if _is_suspicious(added, written):
        yield Flip("added", ", ".join(word.text for word in added))


def _is_suspicious(some: Sequence[Word], of: Sequence[Word]) -> bool:
    return len(some) >= SUSPICIOUS_COUNT and len(some) > SUSPICIOUS_SHARE * len(of)


def new_things(sources: Sentence, rewrite: Sentence) -> tuple[str, ...]:
    """Nouns of the rewrite without a source («оформление» → «оформляет образование»), but for the usual plain ones."""
    nouns = [word for word in content(rewrite) if word.pos == "NOUN" and word.lemma not in PLAIN_NOUNS]
    return tuple(word.text for word in uncovered(nouns, sources.words))
