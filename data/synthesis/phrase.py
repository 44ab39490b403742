"""Noun phrases: adjectives and a noun, which change their case together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .words import Word, cased

UNSURE = frozenset({"Abbr", "Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Init", "Subx"})
ADJECTIVES = ("ADJF", "PRTF")


@dataclass(frozen=True)
class Phrase:
    """Agreeing adjectives and their noun, words `[first, last)` of a sentence, all readings settled."""

    first: int
    last: int
    words: tuple[Word, ...]
    readings: tuple[Any, ...]

    @property
    def number(self) -> str:
        return str(self.readings[-1].tag.number)

    @property
    def gender(self) -> str | None:
        gender = self.readings[-1].tag.gender
        return str(gender) if self.number == "sing" and gender else None

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def stop(self) -> int:
        return self.words[-1].stop

    def _marks(self, case: str) -> set[str]:
        """What its adjectives agree in beside case and number: «сменить общие пароли», «вызвать новых врачей»."""
        living = {str(self.readings[-1].tag.animacy)} if case == "accs" and self.gender in (None, "masc") else set()
        return living | ({self.gender} if self.gender else set())

    def in_case(self, case: str) -> str | None:
        """The phrase in another case, None where a word has no such form."""
        forms = []
        for word, reading in zip(self.words, self.readings, strict=True):
            wanted = {case, self.number}
            if reading.tag.POS in ADJECTIVES:
                wanted |= self._marks(case)
            form = reading.inflect(wanted)
            if form is None:
                return None
            forms.append(cased(form.word, word.text))
        return " ".join(forms)


def phrase_at(words: Sequence[Word], place: int, case: str) -> Phrase | None:
    """The noun phrase at a place, if it can stand in that case and all its words agree in it."""
    end = place
    while end < len(words) and _is_adjective(words, end):
        end += 1
    if end >= len(words) or not words[end].is_mostly("NOUN"):
        return None
    noun = words[end].reading("NOUN", case)
    if noun is None or noun.tag.grammemes & UNSURE or not _is_one_noun(words[end]):
        return None
    agreed = [_agreeing(word, noun, case) for word in words[place:end]]
    if None in agreed or not (_is_likely(words[end], case) or _is_settled(words[place:end], words[end])):
        return None
    return Phrase(place, end + 1, tuple(words[place : end + 1]), (*agreed, noun))


def _is_adjective(words: Sequence[Word], place: int) -> bool:
    """«Холодного водоснабжения»: an adjective even where it is oftener a noun, if the next word is its noun."""
    if any(words[place].is_mostly(pos) for pos in ADJECTIVES):
        return True
    noun = words[place + 1].parses[0] if place + 1 < len(words) and words[place + 1].parses else None
    if noun is None or noun.tag.POS != "NOUN":
        return False
    return words[place].is_mostly("NOUN") and bool(_agreeing(words[place], noun, str(noun.tag.case)))


def _is_one_noun(word: Word) -> bool:
    """No other noun has this form, as of «политик» and «политика»."""
    return len({(parse.normal_form, parse.tag.gender) for parse in word.parses if parse.tag.POS == "NOUN"}) == 1


def _is_likely(word: Word, case: str) -> bool:
    """Whether the likeliest reading is of this case or looks like it."""
    alike = {"accs", "nomn"} if case in ("accs", "nomn") else {case, "gent", "loct", "datv", "ablt"}
    return str(word.parses[0].tag.case) in alike


def _is_settled(attributes: Sequence[Word], word: Word) -> bool:
    """«Плановые работы»: an adjective rules the likeliest reading of the noun out."""
    likeliest = word.parses[0].tag
    return any(not one.reading(str(likeliest.case), str(likeliest.number)) for one in attributes)


def _agreeing(word: Word, noun: Any, case: str) -> Any | None:
    wanted = [case, str(noun.tag.number)]
    if noun.tag.number == "sing" and noun.tag.gender:
        wanted.append(str(noun.tag.gender))
    return next((found for pos in ADJECTIVES if (found := word.reading(pos, *wanted))), None)
