"""Names of people: what a neural tagger finds, and what the dictionary knows to be a name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from razdel import sentenize

from bylostalo.data.morphology import morph

NAME_PARTS = ("Name", "Patr", "Surn")
SURE = 0.4
WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)?")
CAPITALISED = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?")
INITIALS = re.compile(r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?")
BY_INITIALS = re.compile(r"(?<!\w)[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?([А-ЯЁ][а-яё-]+)|([А-ЯЁ][а-яё-]+)\s[А-ЯЁ]\.\s?[А-ЯЁ]\.")
LATIN = re.compile(
    r"(?i:держател\w+|пассажир\w*|на имя|на карте|cardholder)\s(?P<name>[A-Z]{3,}(?:\s[A-Z]{3,}){1,2})(?!\w)"
)
ALONE = re.compile(r"(?:^|[.!?]\s)(?P<name>[А-ЯЁ][а-яё]+)(?:\s[А-ЯЁ]\.?)?(?=[.,]?\s*$)", re.M)
SURNAME_LIKE = re.compile(
    r"[А-ЯЁ][а-яё]+(?:ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ову|еву|ину|ого|ому|ой|ым|ых|ский|ская|ского|скому|ской|цкий|цкая|"
    r"ко|енко|юк|ук|ич|ян|дзе|швили|чук|чука|чуку)$"
)
THINGS = (
    r"ул\.?|улиц\w+|просп\w*\.?|проспект\w*|пр\.?|пер\.?|переул\w+|площад\w+|пл\.|шоссе|набережн\w+|бульвар\w*|метро|"
    r"станци\w+|им\.?|имени|г\.|город\w*|рек[аиуе]|ЖК|ТЦ|ТРЦ|ООО|АО|ПАО|отел\w+|гостиниц\w+|ресторан\w*|кафе|бар\w*|"
    r"магазин\w*|банк\w*|театр\w*|зал\w*|концерт\w*|музе\w+|теплоход\w*|закон\w*|тариф\w*|шоколад\w*|конфет\w+|чай|чая|"
    r"кофе|сыр\w*|кубик\w*|колонк\w+ с|кухн\w+|книг\w+|роман\w*|сериал\w*|фильм\w*|игр\w+|доктор|дед|принцесс\w+|"
    r"мишк\w+"
)
NOT_A_PERSON = re.compile(rf"(?<!\w)(?:{THINGS})\s*[«\"]?$|[«\"]$", re.I)
WHITHER = re.compile(r"(?<!\w)(?:во?|из|до|под|через)\s$", re.I)
ADDRESSED = re.compile(
    r",\s(?:вы|привет|спасибо|здравствуй|добр(?:ый|ое)|скажите|подскажите|дорог|уважаем|пожалуйста)", re.I
)
AFTER_GREETING = re.compile(
    r"(?:зовут|по имени|здравствуйте,?|добрый (?:день|вечер),?|доброе утро,?|уважаем(?:ый|ая),?|это|имя:?|фио:?|я,?|"
    r"с уважением,?)\s*$",
    re.I,
)
TITLE = re.compile(
    r"(?:господин\w*|госпож\w+|г-н\w*|г-ж\w+|врач\w*|мастер\w*|курьер\w*|водител\w+|менеджер\w*|специалист\w*|"
    r"оператор\w*|инженер\w*|клиент\w*|гражданин\w*|гражданк\w+|на имя|от|фамили\w+:?|тов\.|доктор\w*|тренер\w*|"
    r"администратор\w*|получател\w+|отправител\w+|сосед\w*|мам\w|пап\w|муж\w*|жен\w|сын\w*|доч\w+|брат\w*|сестр\w)\s*$",
    re.I,
)


@dataclass(frozen=True)
class Word:
    text: str
    start: int
    stop: int
    part: str | None
    normal: str


@lru_cache(maxsize=200_000)
def name_reading(word: str) -> tuple[str | None, str, float]:
    """The likeliest name part of a word, its normal form, and the share of its readings that are names."""
    parses = morph().parse(word)
    names = [parse for parse in parses if any(part in parse.tag for part in NAME_PARTS)]
    if not names:
        return None, parses[0].normal_form, 0.0
    best = max(names, key=lambda parse: parse.score)
    part = next(part for part in NAME_PARTS if part in best.tag)
    return part, best.normal_form.replace("ё", "е"), sum(parse.score for parse in names)


def words(text: str) -> list[Word]:
    """Words with the part of a name each may be; «Роман» is sure before «Сергеевич» though not alone."""
    raw = [(match, *name_reading(match.group())) for match in WORD.finditer(text)]
    backed = [share >= SURE and match.group()[0].isupper() for match, _, _, share in raw[1:]] + [False]
    return [
        Word(
            match.group(),
            *match.span(),
            part if share >= SURE or (share and (backed[place] or addressed(text, match))) else None,
            normal,
        )
        for place, (match, part, normal, share) in enumerate(raw)
        if len(match.group()) > 1
    ]


def addressed(text: str, match: re.Match[str]) -> bool:
    """«Слава, привет»: a sentence that begins with a name and a word to its owner."""
    begins = not text[: match.start()].rstrip() or text[: match.start()].rstrip()[-1] in ".!?"
    return begins and match.group()[0].isupper() and ADDRESSED.match(text, match.end()) is not None


def is_place(town: str) -> bool:
    """«г. Казань», «Набережные Челны»: the dictionary knows a town in it."""
    found = WORD.findall(town)
    return any("Geox" in parse.tag for word in found for parse in morph().parse(word) if parse.is_known)


def adjacent(text: str, left: Word, right: Word) -> bool:
    return text[left.stop : right.start].strip(" \u00a0") == "" and right.start - left.stop <= 2


def runs(text: str, found: Sequence[Word]) -> Iterator[list[Word]]:
    """Neighbouring words that may each be a part of a name."""
    run: list[Word] = []
    for word in found:
        if word.part and (not run or adjacent(text, run[-1], word)):
            run.append(word)
        else:
            if run:
                yield run
            run = [word] if word.part else []
    if run:
        yield run


def is_person(text: str, run: Sequence[Word]) -> bool:
    """A capitalised name, or a full name in any letters, or a name said where a name is said."""
    before = text[: run[0].start]
    if NOT_A_PERSON.search(before[-20:]) or (len(run) == 1 and WHITHER.search(before[-6:])):
        return False
    parts = {word.part for word in run}
    capital = all(word.text[0].isupper() for word in run)
    if len(parts) >= 2:
        return capital or "Patr" in parts or titled(before) or AFTER_GREETING.search(before[-30:]) is not None
    only = run[0]
    if only.text.isupper():
        return False
    if not capital:
        return only.part == "Name" and AFTER_GREETING.search(before[-30:].lower()) is not None and certain(only)
    if only.part == "Surn":
        return bool(INITIALS.match(text[only.stop :].lstrip()) or INITIALS.search(before[-6:]) or titled(before))
    return certain(only) or ADDRESSED.match(text, only.stop) is not None


def certain(word: Word) -> bool:
    """Hardly anything but a name: «Роман» and «Вера» are, «роман» and «вера» are not."""
    return name_reading(word.text)[2] >= (SURE if word.text[0].isupper() else 0.8)


def titled(before: str) -> bool:
    return TITLE.search(before[-25:]) is not None


def with_initials(text: str, start: int, stop: int) -> tuple[int, int]:
    """The span widened by initials beside it: «Петрова А. И.», «А. И. Петрова»."""
    if after := re.match(r"\s?[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?", text[stop:]):
        stop += after.end()
    if before := re.search(r"(?<!\w)[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.\s?)?$", text[:start]):
        start = before.start()
    return start, stop


def dictionary_names(text: str) -> Iterator[tuple[int, int]]:
    for run in runs(text, words(text)):
        if is_person(text, run):
            yield with_initials(text, run[0].start, run[-1].stop)
    yield from (match.span() for match in BY_INITIALS.finditer(text) if not NOT_A_PERSON.search(text[: match.start()]))
    yield from (match.span("name") for match in LATIN.finditer(text))
    yield from (match.span("name") for match in ALONE.finditer(text) if SURNAME_LIKE.match(match.group("name")))


@cache
def _tagger() -> Any:
    from natasha import NewsEmbedding, NewsNERTagger

    return NewsNERTagger(NewsEmbedding())


@lru_cache(maxsize=20_000)
def tagged_spans(sentence: str) -> tuple[tuple[int, int], ...]:
    """Spans of people by natasha's tagger (slovnet)."""
    return tuple((span.start, span.stop) for span in _tagger()(sentence).spans if span.type == "PER")


def tagged_names(text: str) -> Iterator[tuple[int, int]]:
    """Spans of people where the dictionary or the words before support them: the tagger takes brands for people.
    A sentence without a word that could be supported is not even read by it."""
    for sentence in sentenize(text):
        if not any(
            supported(match.group(), text[: match.start()])
            for match in CAPITALISED.finditer(text, sentence.start, sentence.stop)
        ):
            continue
        for first, last in tagged_spans(sentence.text):
            start, stop = sentence.start + first, sentence.start + last
            if not NOT_A_PERSON.search(text[:start][-20:]) and supported(text[start:stop], text[:start]):
                yield with_initials(text, start, stop)


def supported(name: str, before: str) -> bool:
    """A word of it can be a name for the dictionary, or is shaped like a surname, or stands where names stand."""
    found = [word for word in WORD.findall(name) if len(word) > 1 and not word.isupper()]
    known = any(name_reading(word)[2] >= SURE or SURNAME_LIKE.match(word) for word in found)
    return bool(found) and (known or titled(before) or AFTER_GREETING.search(before[-30:].lower()) is not None)


def parts_of(name: str) -> frozenset[str]:
    """Normal forms of the parts of a name; «Ивану» and «Иван» are the same."""
    found = (match.group() for match in WORD.finditer(name) if len(match.group()) > 1)
    return frozenset(name_reading(word.capitalize())[1].lower() for word in found)
