"""Names of people, places and organisations, and Russian abbreviations, by morphology."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from bylostalo.data.morphology import morph

from .fact import Fact, fact, fold

INITIALS = r"[А-ЯЁ]\.(?:[^\S\n]?[А-ЯЁ]\.)?"
CAPITALISED = re.compile(rf"(?<![\w-])(?:(?P<initials>{INITIALS})|(?P<word>[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)(?![\w-]))")
ABBREVIATION = re.compile(r"(?<!\w)[А-ЯЁ]{2,6}(?!\w)")
CHANNELS = frozenset({"СМС"})
SENTENCE_START = re.compile(r"(?:^|[.!?…:;\n\0]|[.!?…»\"])[\s\"«(*_>#•–—-]*$")
SPACE = re.compile(r"[^\S\n]+")
CALL_BEFORE = re.compile(
    r"(?:здравствуйте|день|утро|вечер|времени суток|привет|приветствуем|уважаем\w+|дорог\w+"
    r"|прост\w+|извин\w+|спасибо),?\s+$",
    re.I,
)
CALL_AFTER = re.compile(
    r"[^\S\n]*,[^\S\n]*(?:здравствуйте|добр(?:ый|ое|ого)|привет|спасибо|благодар|прост|извин|прин[оеё]с|понима|жаль|мы|вы|ваш|да|нет)\w*",
    re.I,
)
PROPER = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn"})
PERSON = frozenset({"Name", "Surn", "Patr"})
FUNCTION_WORDS = frozenset(
    {"PREP", "CONJ", "PRCL", "NPRO", "INTJ", "ADVB", "PRED", "VERB", "INFN", "COMP", "NUMR", "ADJF"}
)


class Reading(NamedTuple):
    """One morphological reading of a word."""

    lemma: str
    marks: frozenset[str]
    score: float


@lru_cache(maxsize=20_000)
def readings(word: str) -> tuple[Reading, ...]:
    """All readings of a word in lower case, the likeliest first."""
    return tuple(
        Reading(fold(_dictionary_form(parse)), frozenset(parse.tag.grammemes), parse.score)
        for parse in morph().parse(word)
    )


def _dictionary_form(parse: Any) -> str:
    """The dictionary turns «Петровой» and «Сергеевны» into men; their own nominative does not."""
    if parse.tag.gender == "femn" and not parse.tag.grammemes.isdisjoint({"Surn", "Patr"}):
        nominative = parse.inflect({"sing", "nomn"})
        return str(nominative.word if nominative else parse.normal_form)
    return str(parse.normal_form)


@lru_cache(maxsize=20_000)
def is_known(word: str) -> bool:
    return bool(morph().word_is_known(word))


def lemmas(word: str) -> frozenset[str]:
    """All dictionary forms the word may come from."""
    return frozenset(reading.lemma for reading in readings(word.lower()))


def may_be_surname(word: str) -> bool:
    """Whether nothing else is known of the word: it may be a surname, and no first name or patronymic."""
    return not _may_be(word, frozenset({"Name", "Patr"}))


def proper_names(text: str) -> Iterator[Fact]:
    """«Анна Сергеевна», «Кравцов Е.», «Москва»; the value is the dictionary forms of the words."""
    run: list[re.Match[str]] = []
    for match in CAPITALISED.finditer(text):
        if run and not SPACE.fullmatch(text, run[-1].end(), match.start()):
            yield from _joined(text, run)
            run = []
        if match["initials"] or _is_name(text, match):
            run.append(match)
        else:
            yield from _joined(text, run)
            run = []
    yield from _joined(text, run)


def _joined(text: str, run: list[re.Match[str]]) -> Iterator[Fact]:
    """One fact of neighbouring name words; initials alone name nobody."""
    if any(match["word"] for match in run):
        start, stop = run[0].start(), run[-1].end()
        called = is_called(text, start, stop)
        value = " ".join(
            fold(match.group()) if match["initials"] else _lemma(match["word"], called=called) for match in run
        )
        yield Fact("name", start, stop, text[start:stop], value)


def is_called(text: str, start: int, stop: int) -> bool:
    """Whether the name addresses the reader, and so stands in the nominative."""
    return bool(CALL_BEFORE.search(text, max(0, start - 24), start) or CALL_AFTER.match(text, stop))


def called_lemmas(word: str) -> frozenset[str]:
    nominative = frozenset(reading.lemma for reading in readings(word.lower()) if {"nomn", "sing"} <= reading.marks)
    return nominative or lemmas(word)


def _lemma(word: str, *, called: bool) -> str:
    """The likeliest name, declinable and in the singular if one is; in the nominative if called."""
    proper = [reading for reading in readings(word.lower()) if reading.marks & PROPER]
    nominative = [reading for reading in proper if {"nomn", "sing"} <= reading.marks] if called else []
    declined = [reading for reading in proper if "Fixd" not in reading.marks and "plur" not in reading.marks]
    return (nominative or declined or proper or readings(word.lower()))[0].lemma


def _is_name(text: str, match: re.Match[str]) -> bool:
    word = match["word"].lower()
    if SENTENCE_START.search(text, max(0, match.start() - 6), match.start()):
        return _is_mostly_proper(word) or bool(CALL_AFTER.match(text, match.end()) and _may_be(word, PERSON))
    return _may_be(word, PROPER) or not is_known(word)


def _is_mostly_proper(word: str) -> bool:
    return (
        is_known(word)
        and sum(reading.score for reading in readings(word) if reading.marks & PROPER and "plur" not in reading.marks)
        >= 0.5
    )


def _may_be(word: str, marks: frozenset[str]) -> bool:
    return any(reading.marks & marks for reading in readings(word))


def abbreviations(text: str) -> Iterator[Fact]:
    """«ОСАГО», «МФЦ»; words that merely shout («НЕ», «ВАЖНО») are none, nor is the way the talk goes («СМС»)."""
    for match in ABBREVIATION.finditer(text):
        if match.group() not in CHANNELS and not _shouts(match.group().lower()):
            yield fact("name", match, fold(match.group()))


def _shouts(word: str) -> bool:
    return is_known(word) and any(reading.marks & FUNCTION_WORDS for reading in readings(word))
