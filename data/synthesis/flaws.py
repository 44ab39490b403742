"""A faithful rewrite made unfaithful by one small slip, such as a small model makes; it stays good Russian."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random

from .words import Word, cased, inflected, words

Edit = tuple[int, int, str]
"""Characters `[start, stop)` become the text."""
TURNED = (
    ("можно", "нельзя"),
    ("можно", "нужно"),
    ("можете", "должны"),
    ("можем", "должны"),
    ("может", "должен"),
    ("больше", "меньше"),
    ("раньше", "позже"),
    ("после", "до"),
    ("бесплатно", "платно"),
    ("частично", "полностью"),
    ("каждый", "любой"),
    ("сначала", "потом"),
    ("всегда", "иногда"),
    ("включили", "отключили"),
    ("списали", "зачислили"),
    ("одобрили", "отклонили"),
    ("приняли", "отклонили"),
    ("открыли", "закрыли"),
    ("вернули", "списали"),
    ("отправили", "получили"),
    ("отправитель", "получатель"),
    ("или", "и"),
)
PEOPLE = """
    курьер продавец банк мастер оператор менеджер водитель клиент получатель отправитель покупатель владелец поставщик
    перевозчик партнёр сотрудник специалист администратор
"""
THINGS = """
    заказ счёт договор платёж билет товар заявка карта посылка квитанция справка услуга скидка комиссия подписка
    страховка обращение заявление письмо уведомление
"""
BINDING = frozenset(
    (
        *("потому", "почему", "поэтому", "затем", "когда", "откуда", "также"),
        *("сколько", "столько", "насколько", "более", "менее", "больше", "меньше"),
    )
)
"""Adverbs that hold the sentence together."""
TAIL = re.compile(r", (?:если|когда|потому что|чтобы|кроме|пока|хотя|а не|но не) [^,.;:!?]+(?=[.,;!?])")
HEAD = re.compile(r"^(?:Если|Когда|Чтобы|После того как|Из-за|Хотя) [^,.;:!?]+, ")
COORDINATED = re.compile(r"(?<=[а-яё]) (?:и|или) [а-яё]+(?: [а-яё]+)?(?=[.,;!?]| (?:до|по|в|с|на|за|от)\b)")
PLACED = re.compile(
    r" (?:в|на|по|из|для|от|через|без) (?:[а-яё]+(?:ого|ему|ом|ой|ую|ых|ым|ем|ей) )?[а-яё]{4,}(?=[.,;!?])"
)


def turned(found: list[Word], _: str) -> Iterator[Edit]:
    """A word becomes its opposite, or another force."""
    for before, word in zip([None, *found], found, strict=False):
        for one, other in TURNED:
            for here, there in ((one, other), (other, one)):
                if word.lower == here and (before is None or before.lower != "не"):
                    yield word.start, word.stop, cased(there, word.text)


def negated(found: list[Word], _: str) -> Iterator[Edit]:
    """A negation goes, or comes before a verb."""
    for before, word in zip([None, *found], found, strict=False):
        if word.lower == "не" and before is not None and before.lower not in ("а", "но"):
            yield before.stop, word.stop, ""
        elif word.is_mostly("VERB") and (before is None or before.lower != "не"):
            yield word.start, word.start, "не "


def unlimited(found: list[Word], _: str) -> Iterator[Edit]:
    """A word that limits goes: «только», «лишь», «хотя бы», an adverb."""
    for before, word in pairwise(found):
        if word.lower in ("только", "лишь") or (
            word.is_mostly("ADVB") and len(word.text) > 4 and word.lower not in BINDING
        ):
            yield before.stop, word.stop, ""


def unqualified(found: list[Word], _: str) -> Iterator[Edit]:
    """An adjective before its noun goes."""
    for word, noun in pairwise(found):
        if word.start and word.is_mostly("ADJF") and noun.is_mostly("NOUN") and not word.reading("Apro"):
            yield word.start, noun.start, ""


def _swapped(word: Word, names: str) -> Iterator[Edit]:
    here = word.reading("NOUN")
    if here is None or here.normal_form not in names.split():
        return
    for other in words(names):
        noun = other.reading("NOUN", "nomn")
        if noun is None or other.lower == here.normal_form or noun.tag.gender != here.tag.gender:
            continue
        if form := inflected(noun, here.tag.case, here.tag.number):
            yield word.start, word.stop, cased(form, word.text)


def others(found: list[Word], _: str) -> Iterator[Edit]:
    """Another person or another thing."""
    for word in found:
        yield from _swapped(word, PEOPLE)
        yield from _swapped(word, THINGS)


def sides(found: list[Word], _: str) -> Iterator[Edit]:
    """«Мы» and «вы» change places before a past tense."""
    for word, verb in pairwise(found):
        if word.lower in ("мы", "вы") and verb.is_mostly("VERB", "past"):
            yield word.start, word.stop, cased("вы" if word.lower == "мы" else "мы", word.text)


def times(found: list[Word], _: str) -> Iterator[Edit]:
    """What is done will be done, and the other way round."""
    person = "1per" if any(word.lower == "мы" for word in found) else "3per"
    for word in found:
        if word.is_mostly("VERB", "perf", "past"):
            form = inflected(word.parses[0], "futr", person, "plur" if "plur" in word.parses[0].tag else "sing")
        elif word.is_mostly("VERB", "perf", "futr", "plur"):
            form = inflected(word.parses[0], "past", "plur")
        else:
            continue
        if form and word.text.islower():
            yield word.start, word.stop, form


def shortened(_: list[Word], text: str) -> Iterator[Edit]:
    """A clause, one of two coordinated things or a place goes."""
    for pattern in (TAIL, COORDINATED, PLACED):
        for match in pattern.finditer(text):
            yield *match.span(), ""
    for match in HEAD.finditer(text):
        stop = match.end()
        yield 0, stop + 1, text[stop : stop + 1].upper()


FLAWS: tuple[Callable[[list[Word], str], Iterator[Edit]], ...] = (
    turned,
    negated,
    unlimited,
    unqualified,
    others,
    sides,
    times,
    shortened,
)


def flawed(text: str, rng: Random) -> str | None:
    """The text with one slip, of a kind taken at random among those it allows; None where it allows none."""
    found = words(text)
    for flaw in rng.sample(FLAWS, len(FLAWS)):
        if edits := list(flaw(found, text)):
            start, stop, new = rng.choice(edits)
            made = f"{text[:start]}{new}{text[stop:]}"
            return made[:1].upper() + made[1:] if text[:1].isupper() else made
    return None
