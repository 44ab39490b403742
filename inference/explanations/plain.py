"""Officialese → plain words: from a list, or a verb where a noun stands for it («осуществить вход» → «войти»)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bylostalo.data.synthesis.words import Word, words
from bylostalo.inference.grammar import deed, is_imperfective, is_transitive
from bylostalo.inference.lists import table
from bylostalo.inference.results import Span

from .voice import listed_words

PURPOSE = (("для",), ("в", "целях"), ("с", "целью"))
IN_CASE = (("в", "случае"),)
GIVEN = (("при",),)
VERBAL = {"gent": ("ния", "тия"), "loct": ("нии", "тии")}
POSSIBLE = {"возможный": "можно", "невозможный": "нельзя", "невозможно": "нельзя", "возможно": "можно"}
LONGEST = 5
Match = tuple[int, str, str]
"""How many words are matched, what to say instead of them, and how they are listed, if they are."""
NOTHING: Match = (0, "", "")


@dataclass(frozen=True)
class Plainer:
    """Words of a reply and what to say instead; nothing where they may simply go."""

    said: str
    instead: str


def plainer(reply: str, span: Span) -> Iterator[Plainer]:
    """What can be said in plain words inside the span, in its order."""
    text = reply[span[0] : span[1]]
    found = [word for word in words(text) if word.parses]
    place = 0
    while place < len(found):
        length, instead, listed_as = _match(found, place)
        if length:
            yield Plainer(listed_as or text[found[place].start : found[place + length - 1].stop], instead)
        place += length or 1


def _match(found: Sequence[Word], place: int) -> Match:
    """The longest match at a place; «для» and nouns of action count only where a sentence or the span begins."""
    rest = found[place:]
    opens = place == 0 or rest[0].text[:1].isupper()
    rules = (_listed, _light, _condition, _possible, _purpose) if opens else (_listed, _light, _condition)
    matches = [match for rule in rules if (match := rule(rest))]
    return max(matches, key=lambda match: match[0], default=NOTHING)


def _light(found: Sequence[Word]) -> Match | None:
    """«Осуществить вход» → «войти»."""
    if _lemma(found[0]) not in listed_words("shells") or found[0].reading("PRTS"):
        return None
    noun = 2 if len(found) > 2 and found[1].is_mostly("ADJF") else 1
    return _verb(found, noun, "accs", "impf" if is_imperfective(_lemma(found[0])) else "perf")


def _possible(found: Sequence[Word]) -> Match | None:
    """«Перенос записи невозможен» → «перенести нельзя»."""
    for place, word in enumerate(found[:LONGEST]):
        if place and (said := POSSIBLE.get(_lemma(word))) and (match := _verb(found, 0, "nomn", "perf")):
            return place + 1, f"{match[1]} {said}", ""
    return None


def _listed(found: Sequence[Word]) -> Match | None:
    """The longest phrase of the list that begins here."""
    lemmas = tuple(_lemma(word) for word in found[:LONGEST])
    lengths = (length for length in range(len(lemmas), 0, -1) if lemmas[:length] in _phrases())
    length = next(lengths, 0)
    if not length or (length == 1 and _is_adjective(found[0]) and not _has_noun(found)):
        return None
    return length, *_phrases()[lemmas[:length]]


def _is_adjective(word: Word) -> bool:
    return any(word.is_mostly(part) for part in ("ADJF", "PRTF"))


def _has_noun(found: Sequence[Word]) -> bool:
    """«Данный тариф», but not «персональные данные»."""
    return len(found) > 1 and (found[1].is_mostly("NOUN") or found[1].is_mostly("ADJF"))


@cache
def _phrases() -> dict[tuple[str, ...], tuple[str, str]]:
    """Dictionary forms → what to say instead, and the phrase as it is listed."""
    lists = table(__package__, "plain_words")
    instead = {_lemmas(phrase): (str(plain), phrase) for phrase, plain in lists["instead"].items()}
    return instead | {_lemmas(phrase): ("", "") for phrase in lists["needless"]}


def _lemmas(phrase: str) -> tuple[str, ...]:
    return tuple(map(_lemma, words(phrase)))


def _lemma(word: Word) -> str:
    """The dictionary form; «данная» is an adjective first."""
    adjective = word.reading("ADJF") if word.is_mostly("PRTF") else None
    return str((adjective or word.parses[0]).normal_form)


def _purpose(found: Sequence[Word]) -> Match | None:
    """«В целях обеспечения» → «чтобы обеспечить»."""
    return _after(found, PURPOSE, "gent", "чтобы")


def _condition(found: Sequence[Word]) -> Match | None:
    """«При предъявлении» → «если предъявить»."""
    match = _after(found, IN_CASE, "gent", "если") or _after(found, GIVEN, "loct", "если")
    return match if match and is_transitive(match[1].split()[-1]) else None


def _after(found: Sequence[Word], leads: Sequence[tuple[str, ...]], case: str, conjunction: str) -> Match | None:
    said = [word.lower for word in found]
    for lead in leads:
        noun = len(lead)
        if tuple(said[:noun]) == lead and noun < len(said) and said[noun].endswith(VERBAL[case]):
            match = _verb(found, noun, case, "perf")
            return (match[0], f"{conjunction} {match[1]}", "") if match else None
    return None


def _verb(found: Sequence[Word], place: int, case: str, aspect: str) -> Match | None:
    """The verb of the noun of action at a place."""
    noun = found[place].reading("NOUN", case) if place < len(found) else None
    infinitive = deed(str(noun.normal_form), aspect) if noun else None
    if infinitive in listed_words("shells"):
        return _verb(found, place + 1, "gent", aspect)
    return (place + 1, infinitive, "") if infinitive else None
