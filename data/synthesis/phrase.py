"""Noun phrases: adjectives and a noun, which change their case together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .words import Word, cased, inflected

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
UNSURE = frozenset({"Abbr", "Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Init"})
ADJECTIVES = ("ADJF", "PRTF")


@dataclass(frozen=True)
class Phrase:
    """Words `[first, last)` of a sentence: agreeing adjectives, then the noun, all readings settled."""

    first: int
    last: int
    readings: tuple[Any, ...]
    words: tuple[Word, ...]

    @property
    def noun(self) -> Any:
        return self.readings[-1]

    @property
    def number(self) -> str:
        return str(self.noun.tag.number)

    @property
    def gender(self) -> str | None:
        return self.noun.tag.gender if self.number == "sing" else None

    def in_case(self, case: str) -> str | None:
        """The phrase in another case, None where some word has no such form."""
        forms = []
        for word, reading in zip(self.words, self.readings, strict=True):
            wanted = {case, self.number}
            if reading.tag.POS in ADJECTIVES and self.gender:
                wanted.add(self.gender)
            form = reading.inflect(wanted)
            if form is None:
                return None
            forms.append(cased(form.word, word.text))
        return " ".join(forms)


def phrase_at(words: Sequence[Word], place: int, case: str) -> Phrase | None:
    """The noun phrase that begins at a place and can stand in the case, if its readings agree."""
    end = place
    while end < len(words) and words[end].reading(case) and words[end].is_mostly(words[end].parses[0].tag.POS or "") and _is_adjective(words[end], case):  # fmt: skip
        end += 1
    if end >= len(words):
        return None
    noun = words[end].reading("NOUN", case)
    if noun is None or noun.tag.grammemes & UNSURE or words[end].parses[0].tag.POS != "NOUN":
        return None
    readings = []
    for word in words[place:end]:
        wanted = [case, str(noun.tag.number)]
        if noun.tag.number == "sing" and noun.tag.gender:
            wanted.append(str(noun.tag.gender))
        reading = next((word.reading(pos, *wanted) for pos in ADJECTIVES if word.reading(pos, *wanted)), None)
        if reading is None:
            return None
        readings.append(reading)
    return Phrase(place, end + 1, (*readings, noun), tuple(words[place : end + 1]))


def _is_adjective(word: Word, case: str) -> bool:
    return bool(word.parses) and word.parses[0].tag.POS in ADJECTIVES and word.reading(word.parses[0].tag.POS, case) is not None


def accusative(words: Sequence[Word], place: int) -> Phrase | None:
    """An object: a phrase in the accusative that could not be taken for a genitive."""
    found = phrase_at(words, place, "accs")
    return found


def light_form(verb: Any, light: Any) -> str | None:
    """The light verb in the form of another verb: tense, person, number, gender, mood."""
    wanted = {
        str(value)
        for value in (verb.tag.tense, verb.tag.person, verb.tag.number, verb.tag.gender, verb.tag.mood)
        if value is not None
    }
    if verb.tag.POS == "INFN":
        return str(light.normal_form)
    return inflected(light, *wanted)
