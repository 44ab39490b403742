"""Clauses, the noun phrases in them and forms of verbs: what advice and questions are put together from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile
from typing import Any

from bylostalo.data.morphology import morph
from bylostalo.data.synthesis.phrase import Phrase, phrase_at
from bylostalo.data.synthesis.tables import verbal_nouns
from bylostalo.data.synthesis.words import Word, inflected, words
from bylostalo.inference.segments import after_abbreviation

BREAK = re.compile(r"[.!?…:;]+(?=[\s»\")*<]|$)|,(?!\d)|\n|[()]|\s[–—-]\s|<[^<>]*>")
POINTING = frozenset({"ваш", "наш", "свой", "мой", "данный", "указанный", "этот", "настоящий"})
ATTRIBUTES = ("ADJF", "PRTF")
DEEDS: dict[str, tuple[str | None, str | None]] = {
    "возврат": ("вернуть", "возвращать"),
    "блокировка": ("заблокировать", "блокировать"),
    "замена": ("заменить", "менять"),
    "ремонт": ("отремонтировать", "ремонтировать"),
    "поддержка": ("помочь", "помогать"),
    "помощь": ("помочь", "помогать"),
    "консультация": ("проконсультировать", "консультировать"),
    "поиск": ("найти", "искать"),
    "розыск": ("найти", "искать"),
    "изготовление": ("изготовить", "изготавливать"),
    "выезд": ("выехать", "выезжать"),
    "вход": ("войти", "входить"),
    "ввод": ("ввести", "вводить"),
    "вызов": ("вызвать", "вызывать"),
    "осмотр": ("осмотреть", "осматривать"),
    "печать": ("напечатать", "печатать"),
    "передача": ("передать", "передавать"),
    "приём": ("принять", "принимать"),
    "перевыпуск": ("перевыпустить", "перевыпускать"),
    "отказ": (None, None),
}
"""Nouns of action whose plainest verb, perfective and imperfective, does not look most like them."""
PLAIN = {"денежные средства": "деньги", "денежных средств": "денег"}
PASSIVE = {"PRTS", "past", "pssv"}
TAIL = 3


@dataclass(frozen=True)
class Clause:
    """A stretch of text between marks, `start` characters into it; `mark` is what ends it («?», «,», nothing)."""

    text: str
    start: int
    mark: str
    words: tuple[Word, ...]


@lru_cache(maxsize=4_096)
def clauses(text: str) -> tuple[Clause, ...]:
    return tuple(_clauses(text))


def _clauses(text: str) -> Iterator[Clause]:
    start = 0
    marks = (mark.span() for mark in BREAK.finditer(text) if not after_abbreviation(text, mark.end(), ()))
    for stop, following in [*marks, (len(text), len(text))]:
        said = text[start:stop].strip()
        if said:
            place = text.index(said, start)
            yield Clause(said, place, text[stop:following].strip(), tuple(words(said)))
        start = following


def is_one_of(word: Word, lemmas: frozenset[str]) -> bool:
    """Whether the word may be a form of one of the dictionary forms."""
    return any(parse.normal_form in lemmas for parse in word.parses)


def participle(word: Word) -> Any | None:
    """The reading as a short passive participle: «заблокирован»."""
    return word.reading(*PASSIVE)


def after_preposition(words: Sequence[Word], place: int) -> bool:
    """Whether the noun at a place stands in «в вашем банке»: a preposition, words that agree, the noun."""
    place = first_attribute(words, place)
    return place > 0 and words[place - 1].is_mostly("PREP")


def is_quoted(words: Sequence[Word], place: int) -> bool:
    marks = [word.text for word in words[:place]]
    return marks.count("«") > marks.count("»")


def first_attribute(words: Sequence[Word], place: int) -> int:
    while place and any(words[place - 1].is_mostly(part) for part in ATTRIBUTES):
        place -= 1
    return place


def phrase_of(words: Sequence[Word], noun: int, case: str) -> Phrase | None:
    """The phrase of the noun at a place with the adjectives before it."""
    first = first_attribute(words, noun)
    found = phrase_at(words, first, case)
    if found is None and case == "nomn" and first == noun:
        found = _beside_verb(words, noun)
    return found if found and found.last == noun + 1 else None


def _beside_verb(words: Sequence[Word], noun: int) -> Phrase | None:
    """A noun that begins a clause or follows its verb is in the nominative even where its form is oftener another
    case: «ведутся работы»."""
    reading = words[noun].reading("NOUN", "nomn") if words[noun].is_mostly("NOUN") else None
    verb_before = noun == 0 or any(words[noun - 1].is_mostly(part) for part in ("VERB", "PRTS"))
    certain = len({parse.normal_form for parse in words[noun].parses}) == 1
    return Phrase(noun, noun + 1, (words[noun],), (reading,)) if reading and verb_before and certain else None


def subject(words: Sequence[Word], place: int, verb: Any) -> Phrase | None:
    """The noun phrase in the nominative that surely agrees with the verb or short participle at a place, sooner
    before it than after."""
    nouns = [
        at
        for at, word in enumerate(words)
        if word.reading("NOUN", "nomn")
        and not is_quoted(words, at)
        and not _is_attribute(words, at)
        and not after_preposition(words, at)
        and not _is_governed(words, at)
    ]
    nouns.sort(key=lambda at: (at > place, abs(at - place)))
    phrases = (phrase_of(words, at, "nomn") for at in nouns)
    return next((phrase for phrase in phrases if phrase and _agrees(phrase, verb.tag)), None)


def _is_attribute(words: Sequence[Word], at: int) -> bool:
    """«Старший администратор»: a noun only by its form."""
    following = words[at + 1] if at + 1 < len(words) else None
    return bool(words[at].reading("ADJF", "nomn") and following is not None and following.reading("NOUN", "nomn"))


def _is_governed(words: Sequence[Word], at: int) -> bool:
    """Whether a word before the noun may ask for its genitive: «возврат средства», «3 карты»."""
    before = words[at - 1] if at else None
    if before is None or not words[at].reading("NOUN", "gent"):
        return False
    return before.is_mostly("NOUN") or before.is_mostly("NUMR") or before.text.isdigit()


def _agrees(phrase: Phrase, verb: Any) -> bool:
    return phrase.number == verb.number and (verb.gender is None or phrase.gender == verb.gender)


def bare(phrase: Phrase) -> Phrase:
    """The phrase without «ваш», «данный» at its head."""
    kept = [index for index, reading in enumerate(phrase.readings) if reading.normal_form not in POINTING]
    first = kept[0] if kept else 0
    return Phrase(phrase.first + first, phrase.last, phrase.words[first:], phrase.readings[first:])


def tail(words: Sequence[Word], phrase: Phrase) -> tuple[Word, ...]:
    """Nouns in the genitive that complete a phrase: «факт | пересортицы»."""
    stop = phrase.last
    while stop < len(words) and words[stop].parses and words[stop].parses[0].tag.POS in ("NOUN", "ADJF"):
        if not words[stop].reading(str(words[stop].parses[0].tag.POS), "gent"):
            break
        stop += 1
    found = tuple(words[phrase.last : stop])
    return found if found and len(found) <= TAIL and found[-1].is_mostly("NOUN") else ()


def completed(words: Sequence[Word], phrase: Phrase, case: str) -> str | None:
    """The phrase in a case with its genitives, in small letters but for abbreviations."""
    stays = case == str(phrase.readings[-1].tag.case) or (case == "accs" and _looks_nominative(phrase))
    form = " ".join(word.text for word in phrase.words) if stays else phrase.in_case(case)
    if form is None:
        return None
    said = " ".join([small(form), *(small(word.text) for word in tail(words, phrase))])
    for official, plain in PLAIN.items():
        said = said.replace(official, plain)
    return said


def _looks_nominative(phrase: Phrase) -> bool:
    """Whether the accusative of a phrase in the nominative is the same."""
    noun = phrase.readings[-1].tag
    return "inan" in noun and "nomn" in noun and (phrase.number == "plur" or phrase.gender == "masc")


def small(text: str) -> str:
    return text if len(text) > 1 and text[1].isupper() else text[:1].lower() + text[1:]


def large(text: str) -> str:
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=4_096)
def infinitives(infinitive: str) -> tuple[Any, ...]:
    """The readings of an infinitive, one an aspect; none where it is in no dictionary."""
    return tuple(one for one in morph().parse(infinitive) if one.tag.POS == "INFN" and one.is_known)


def is_imperfective(infinitive: str) -> bool:
    return any("impf" in reading.tag for reading in infinitives(infinitive))


def is_transitive(infinitive: str) -> bool:
    return any("tran" in reading.tag for reading in infinitives(infinitive))


def conjugated(infinitive: str, *grammemes: str) -> str | None:
    """«вернуть» with 3per, plur, futr → «вернут»."""
    forms = (inflected(reading, "VERB", "indc", *grammemes) for reading in infinitives(infinitive))
    return next((form for form in forms if form), None)


def active_infinitive(reflexive: str) -> str | None:
    """«возвращаться» → «возвращать», where there is such a transitive verb."""
    return reflexive[:-2] if reflexive.endswith(("ся", "сь")) and is_transitive(reflexive[:-2]) else None


@cache
def _verbs() -> dict[str, list[str]]:
    """Noun of action → the verbs that have it."""
    found: dict[str, list[str]] = {}
    for infinitive, noun in verbal_nouns().items():
        found.setdefault(noun, []).append(infinitive)
    return found


@lru_cache(maxsize=4_096)
def deed(noun: str, aspect: str) -> str | None:
    """The verb of a noun of action that looks most like it: «удержание», perf → «удержать»."""
    if noun in DEEDS:
        return DEEDS[noun][aspect == "impf"]
    verbs = [verb for verb in _verbs().get(noun, ()) if aspect in _aspects(verb)]
    return max(verbs, key=lambda verb: (-len(_aspects(verb)), _likeness(verb, noun)), default=None)


def _likeness(one: str, other: str) -> int:
    """How many letters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _aspects(infinitive: str) -> frozenset[str]:
    return frozenset(str(reading.tag.aspect) for reading in infinitives(infinitive))
