"""Negation: every strong «no» of one text must have some «no» in the other."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from .content import content, uncovered
from .flip import Flip
from .marks import Lexicon, Mark
from .tables import words
from .words import Sentence, Word, is_known, readings

LEXICON = Lexicon("negation")
PARTICLE = re.compile(r"(?<![а-я])не(?![а-я])")
PUNCTUATION = ",.;:!?—"
SHORT = 5
NO = frozenset({"не", "ни", "нет", "нельзя", "без", "невозможно"})
LOSABLE = ("strong", "stop", "undone")
NOT_NEGATIVE = tuple(words("not_negative"))
LOOSE = tuple(words("loose"))


@lru_cache(maxsize=8192)
def negations(sentence: Sentence) -> tuple[Mark, ...]:
    """Marks «strong», «loose» and «weak»; neutral phrases («не ранее», «не только») are left out."""
    return tuple(_negations(sentence))


def _negations(sentence: Sentence) -> Iterator[Mark]:
    for mark in LEXICON.marks(sentence.text):
        if mark.name in ("prefixed", "undone"):
            if _is_negative(mark.text):
                yield mark
        elif mark.name == "contrast" or (mark.name == "hidden" and not PARTICLE.search(sentence.text)):
            yield Mark("weak", mark.text, mark.start, mark.stop)
        elif mark.name not in ("neutral", "hidden", "contrast"):
            yield mark


def _is_negative(word: str) -> bool:
    if word.startswith(NOT_NEGATIVE):
        return False
    return word.startswith(LOOSE) or is_known(word.removeprefix("не"))


def negation_flips(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    there, here = negations(before), negations(rewrite)
    kept = [mark for mark in there if not is_left_out(mark, before, rewrite)]
    for mark in unmatched(kept, here, LOSABLE):
        yield Flip("negation", f"пропало «{mark.text}»")
    for mark in unmatched(here, there, ("strong",)):
        yield Flip("negation", f"добавлено «{mark.text}»")


def unnegated_flips(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    """«Незавершённые импорты прерываются» → «завершённые импорты прерываются»: only the prefix is lost."""
    own = {lemma for word in before.words for lemma in lemmas(word)}
    said = {lemma for word in rewrite.words for lemma in lemmas(word)}
    for word in before.words:
        bare = frozenset(reading.lemma for reading in readings(word.text[2:])) if is_prefixed(word) else frozenset()
        if bare - own and not lemmas(word) & said and any(_plainly(bare - own, rewrite)):
            yield Flip("negation", f"«{word.text}» без «не»")


def is_prefixed(word: Word) -> bool:
    return word.text.startswith("не") and len(word.text) > SHORT and _is_negative(word.text)


def lemmas(word: Word) -> frozenset[str]:
    return frozenset(reading.lemma for reading in word.readings)


def _plainly(bare: frozenset[str], sentence: Sentence) -> Iterator[bool]:
    """For each word of these lemmas whether no «no» stands shortly before it."""
    for place, word in enumerate(sentence.words):
        if lemmas(word) & bare:
            yield not NO & {other.text for other in sentence.words[max(0, place - 3) : place]}


def is_left_out(mark: Mark, text: Sentence, other: Sentence) -> bool:
    """«Мы не гадалки, пришлите скан»: nothing of the clause or of the negated word is left."""
    clause = _clause_of(mark, text)
    if clause and len(uncovered(clause, other.words)) == len(clause):
        return True
    negated = next((word for word in text.words if word.start >= mark.stop), None)
    if mark.text != "не" or negated is None or not uncovered([negated], other.words):
        return False
    return negated.pos in ("NOUN", "NPRO", "ADVB", "ADJS") or negated.may_be("impr") or negated.may_be("2per")


def _clause_of(mark: Mark, text: Sentence) -> list[Word]:
    """The content words between the punctuation marks around a negation."""
    start = max(text.text.rfind(sign, 0, mark.start) for sign in PUNCTUATION)
    stop = min(
        (place for sign in PUNCTUATION if (place := text.text.find(sign, mark.stop)) >= 0),
        default=len(text.text),
    )
    return [word for word in content(text) if start < word.start < stop and word.start != mark.start]


def unmatched(needed: Sequence[Mark], offered: Sequence[Mark], names: Sequence[str]) -> list[Mark]:
    """Marks of the given names with no counterpart: first equal words pair off, then any «no» serves once."""
    rest, left = list(offered), []
    for mark in sorted(needed, key=lambda mark: mark.name != "strong"):
        same = next((other for other in rest if _is_same(mark, other)), None)
        if same:
            rest.remove(same)
        elif mark.name in names:
            left.append(mark)
    return left[len(rest) :]


def _is_same(mark: Mark, other: Mark) -> bool:
    return mark.text[:4] == other.text[:4] or mark.name == other.name == "except"
