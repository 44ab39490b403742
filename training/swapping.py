"""A sentence pair about other things, people, places and numbers, on both sides alike: what a model has to carry over
and not to know by heart (entity substitution: Longpre et al., «Entity-Based Knowledge Conflicts», EMNLP 2021)."""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from random import Random
from typing import Any

from bylostalo.data.morphology import morph
from bylostalo.data.records import SentencePair
from bylostalo.data.synthesis.words import Word, cased, words
from bylostalo.inference.lists import table

Texts = tuple[str, str, str]
"""The cold sentence, the note (may be empty) and the plain sentence."""
SWAPPED = 0.7
"""The share of the interchangeable words of a pair that are swapped."""
NUMBER = re.compile(r"(?<![\w.,:/№§*+-])\d{1,3}(?![\w.,:/*+-]*\d|\w|-)")
VOWELS = "аеёиоуыэюя"
LEADS = frozenset(["в", "во", "с", "со", "к", "ко", "о", "об", "обо"])
HARD = ("вт", "вс", "вр", "см", "ст", "сч")
"""Before these a short preposition gets its vowel: «во вторник»."""


def swapped(pair: SentencePair, rng: Random) -> SentencePair:
    """The pair about something else; as it was where nothing in it can be swapped surely."""
    before, note, after = with_numbers(with_nouns((pair.before, pair.note or "", pair.after), rng), rng)
    return dataclasses.replace(pair, before=before, note=note or pair.note, after=after)


def with_nouns(texts: Texts, rng: Random) -> Texts:
    """Nouns of both sides are others of their class; none that the pair has already."""
    taken = _lemmas(texts)
    for lemma in shared_nouns(texts):
        others = [other for other in classes()[lemma] if other not in taken]
        for other in rng.sample(others, len(others)) if rng.random() < SWAPPED else ():
            if found := _with(texts, lemma, other):
                texts = found
                taken.add(other)
                break
    return texts


def with_numbers(texts: Texts, rng: Random) -> Texts:
    """Other numbers, different ones still different; all stay where a side has one that the other has not."""
    before, note, after = (set(NUMBER.findall(text)) for text in texts)
    if before | note != after:
        return texts
    others = {number: another_number(number, rng) for number in sorted(after)}
    if len(set(others.values())) < len(others):
        return texts
    before_text, note_text, after_text = (NUMBER.sub(lambda match: others[match.group()], text) for text in texts)
    return before_text, note_text, after_text


@cache
def classes() -> Mapping[str, tuple[str, ...]]:
    """Dictionary form → the forms that it may be swapped for."""
    found: dict[str, tuple[str, ...]] = {}
    for listed in table("bylostalo.training", "interchangeable").values():
        lemmas = tuple(listed.split())
        for lemma in lemmas:
            found[lemma] = (*found.get(lemma, ()), *(other for other in lemmas if other != lemma))
    return found


def shared_nouns(texts: Texts) -> list[str]:
    """Interchangeable nouns of both sides, in order."""
    before, note, after = ([lemma for word in words(text) if (lemma := lemma_of(word))] for text in texts)
    return list(dict.fromkeys(lemma for lemma in before + note if lemma in after))


def lemma_of(word: Word) -> str | None:
    """The dictionary form of an interchangeable noun."""
    lemma = str(word.parses[0].normal_form) if word.is_mostly("NOUN") else ""
    return lemma if lemma in classes() else None


@lru_cache(maxsize=100_000)
def form_of(other: str, like: str, lemma: str) -> str | None:
    """`other` in the form that `like` is of `lemma`; None where gender or animacy differ, or where the readings of
    `like` (nominative or accusative?) call for different forms."""
    noun = next(_readings(other, other))
    forms = {_inflected(noun, reading) for reading in _readings(like, lemma)}
    return forms.pop() if len(forms) == 1 else None


def another_number(number: str, rng: Random) -> str:
    """As many digits and the same form of a noun after it; what could be a day of a month stays one."""
    value = int(number)
    low, high = (1, 28) if value <= 31 else (32, 99) if value < 100 else (100, 999)
    others = [n for n in range(low, high + 1) if counted(n) == counted(value) and len(str(n)) == len(number)]
    return str(rng.choice(others)) if others else number


def counted(number: int) -> str:
    """The number of a noun after it: «1 день», «2 дня», «5 дней»."""
    if 11 <= number % 100 <= 14:
        return "many"
    return {1: "one", 2: "few", 3: "few", 4: "few"}.get(number % 10, "many")


def fits_after(lead: str, said: str, instead: str) -> bool:
    """«О заказе» may not become «о акте», nor «в среду» «в вторник»."""
    if lead not in LEADS:
        return True
    plain = len(lead) == 1 and not instead.startswith((lead, *HARD))
    return plain and (said[0] in VOWELS) == (instead[0] in VOWELS)


def _lemmas(texts: Texts) -> set[str]:
    return {str(parse.normal_form) for text in texts for word in words(text) for parse in word.parses}


def _readings(word: str, lemma: str) -> Iterator[Any]:
    return (parse for parse in morph().parse(word) if parse.normal_form == lemma and "NOUN" in parse.tag)


def _inflected(noun: Any, like: Any) -> str | None:
    if (noun.tag.gender, noun.tag.animacy) != (like.tag.gender, like.tag.animacy):
        return None
    form = noun.inflect({like.tag.number, like.tag.case})
    return str(form.word) if form else None


def _with(texts: Texts, lemma: str, other: str) -> Texts | None:
    """The texts with another noun; None where it has no sure form at one of the places."""
    before, note, after = (_with_one(text, lemma, other) for text in texts)
    return None if before is None or note is None or after is None else (before, note, after)


def _with_one(text: str, lemma: str, other: str) -> str | None:
    pieces, end, lead = [], 0, ""
    for word in words(text):
        if lemma_of(word) == lemma:
            form = form_of(other, word.lower, lemma)
            if form is None or not fits_after(lead, word.lower, form):
                return None
            pieces += [text[end : word.start], cased(form, word.text)]
            end = word.stop
        lead = word.lower
    return "".join(pieces) + text[end:]
