"""Phrases and words said otherwise without a change to what stands around them."""

import re
from collections.abc import Callable
from functools import cache
from itertools import zip_longest
from typing import Any

from bylostalo.data.morphology import morph
from bylostalo.data.synthesis.phrase import ADJECTIVES
from bylostalo.data.synthesis.words import Word, cased, words
from bylostalo.inference.grammar import is_one_of
from bylostalo.inference.lists import listed, table

MONEY = re.compile(r"\bденежн(?P<end>ые|ых|ым|ыми)\s+средств(?:а|ами|ам|ах)?\b", re.IGNORECASE)
MONEY_FORMS = {"ые": "деньги", "ых": "денег", "ым": "деньгам", "ыми": "деньгами"}
BECAUSE = r"(?:в\s+связи\s+с\s+тем|ввиду\s+того|вследствие\s+того|по\s+причине\s+того|в\s+силу\s+того),?\s+что\b"
AT_START = re.compile(rf"^{BECAUSE}", re.IGNORECASE)
WITHIN = re.compile(rf",?\s+{BECAUSE}", re.IGNORECASE)
THEREFORE = re.compile(r",\s+(?:в\s+связи\s+с|вследствие|ввиду|в\s+результате)\s+(?:чем|чего)\b", re.IGNORECASE)
UNIT = r"(?:минут\w*|час\w*|дн\w+|день|суток|недел\w+|месяц\w*|лет|года?)"
SINCE = re.compile(rf"(?<=\s)(?P<unit>{UNIT})\s+с\s+момента\b(?!\s*,)", re.IGNORECASE)
UNTIL = re.compile(r"\bдо\s+момента\b(?!\s*,)", re.IGNORECASE)
EXPIRED = re.compile(r"\bпо\s+истечении\b(?P<number>\s+\d)?", re.IGNORECASE)
NAMED = "указать"
OF_VERBS = frozenset({"PRTF", "pssv", "past"})
ONLY = re.compile(r"\bисключительно\b(?!\s+\w+о\b)", re.IGNORECASE)
PLACEHOLDER = r"(?:\$?\{+[^{}]*\}++|\[+[^\[\]]*\]++|%\w+%)(?!\s*(?:раб|дн|час|сут|нед|мес|мин))"
MONTH = r"(?:янв|фев|мар|апр|ма[яй]|июн|июл|авг|сен|окт|ноя|дек)"
BY_DATE = re.compile(rf"\bв\s+срок\s+(?=до\s+(?:\d{{1,2}}(?:\.\d\d|\s+{MONTH})|{PLACEHOLDER}))", re.IGNORECASE)
SHOULD = re.compile(
    r"(?<!как )(?<!этого )\b(?P<no>не\s+)?следует(?=\s+(?:[а-яё]+о\s+)?(?P<deed>[а-яё]+))", re.IGNORECASE
)
ABOUT_THIS = re.compile(r"\b[Оо](?=\sэт(?:о|ом|ой|у|их)\b)")
ABOUT_OTHER = re.compile(r"\b[Оо]б(?=\sдруг)")


def joined(sentence: str) -> str:
    """Clauses joined by plain conjunctions: «…, в связи с чем» → «…, поэтому»."""
    sentence = AT_START.sub("Так как", sentence)
    return THEREFORE.sub(", поэтому", WITHIN.sub(", потому что", sentence))


def terms(sentence: str) -> str:
    """«10 дней с момента оплаты» → «10 дней после оплаты», «по истечении 10 дней» → «через 10 дней»."""
    sentence = SINCE.sub(lambda found: f"{found['unit']} после", sentence)
    sentence = BY_DATE.sub("", sentence)
    sentence = UNTIL.sub(lambda found: cased("до", found[0]), sentence)
    return EXPIRED.sub(
        lambda found: cased("через" if found["number"] else "после", found[0]) + (found["number"] or ""), sentence
    )


def reworded(sentence: str) -> str:
    """Listed phrases, the longest first; «исключительно» where it limits and does not praise."""
    instead = _same()
    sentence = ONLY.sub(lambda found: cased("только", found[0]), sentence)
    return _pattern().sub(lambda found: cased(instead[_plain(found[0])], found[0]), sentence)


def should(sentence: str) -> str:
    """«Следует указать» → «нужно указать», «не следует звонить» → «не стоит звонить»."""
    return SHOULD.sub(_should, sentence)


def _should(found: re.Match[str]) -> str:
    if not words(found["deed"])[0].is_mostly("INFN"):
        return found[0]
    return cased("не стоит" if found["no"] else "нужно", found[0])


def money(sentence: str) -> str:
    """«Денежных средств» → «денег»."""
    return MONEY.sub(lambda found: cased(MONEY_FORMS[found["end"].lower()], found[0]), sentence)


def pointed(sentence: str) -> str:
    """«Данный тариф» → «этот тариф», but not «персональные данные»."""
    return ABOUT_THIS.sub(lambda found: f"{found[0]}б", _each(sentence, _this))


def otherwise_worded(sentence: str) -> str:
    """Listed words in their own form: «приобретён» → «куплен»."""
    return ABOUT_OTHER.sub(lambda found: found[0][0], _each(sentence, _other))


def _each(sentence: str, instead: Callable[[Word, Word | None], str | None]) -> str:
    found = words(sentence)
    pieces, end = [], 0
    for word, following in zip_longest(found, found[1:]):
        if said := instead(word, following):
            pieces += [sentence[end : word.start], cased(said, word.text)]
            end = word.stop
    return "".join([*pieces, sentence[end:]])


def _this(word: Word, following: Word | None) -> str | None:
    """Only beside a word that agrees; «данные» may be a noun."""
    pointing = listed(__package__, "words", "this")
    readings = (one for one in word.parses if one.normal_form in pointing and one.tag.POS in ADJECTIVES)
    said = [one for one in readings if not (one.normal_form == "данный" and one.tag.number == "plur")]
    if not said and following and is_one_of(following, listed(__package__, "words", "named")):
        said = [one for one in word.parses if one.normal_form == NAMED and one.tag.POS == "PRTF"]
    nouns = following.parses if following else ()
    reading = next((one for one in said if any(_agrees(one.tag, noun.tag) for noun in nouns)), None)
    return _in_form("этот", "ADJF", reading) if reading else None


def _agrees(pointing: Any, noun: Any) -> bool:
    alike = (pointing.case, pointing.number) == (noun.case, noun.number)
    living = not pointing.animacy or not noun.animacy or pointing.animacy == noun.animacy
    declined = noun.POS in ("NOUN", "ADJF") and "Fixd" not in noun
    return declined and alike and living and (not pointing.gender or pointing.gender == noun.gender)


def _other(word: Word, following: Word | None) -> str | None:
    """«Направлен на почту» is sent, but «направлен на улучшение» is not."""
    if not word.parses:
        return None
    reading = word.parses[0]
    if reading.tag.POS in ("PRTF", "PRTS") and following and following.lower == "на":
        return None
    other = table(__package__, "words")["words"].get(str(reading.normal_form))
    return _in_form(other, None, reading) if other else None


def _in_form(lemma: str, part: str | None, like: Any) -> str | None:
    """A word in the form of another; None where it has no such form."""
    wanted = like.tag.grammemes & listed(__package__, "words", "form") - (OF_VERBS if part else frozenset())
    for parse in morph().parse(lemma):
        if parse.normal_form == lemma and (part is None or part in parse.tag) and (form := parse.inflect(wanted)):
            return str(form.word)
    return None


@cache
def _same() -> dict[str, str]:
    return {_plain(phrase): instead for phrase, instead in table(__package__, "words")["same"].items()}


@cache
def _pattern() -> re.Pattern[str]:
    phrases = sorted(_same(), key=len, reverse=True)
    joined = "|".join(re.escape(phrase).replace(r"\ ", r"\s+").replace("е", "[её]") for phrase in phrases)
    return re.compile(rf"(?<![\w-])(?:{joined})(?![\w-])", re.IGNORECASE)


def _plain(phrase: str) -> str:
    return " ".join(phrase.lower().replace("ё", "е").split())
