"""Numbers that name a person: which shapes they have, which check digits, which words beside them decide."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .checksums import is_card, is_inn, is_ogrn, is_snils

CONTEXT = 40
FAR = 120
AFTER = 20
UNLIKE = 25
_GAP = r"[\s\u00a0\u2009().–—-]"
_START, _END = r"(?<![\d.,/+])(?<!\d-)", r"(?![\d]|[.,/-]\d)"


@dataclass(frozen=True)
class NumberRule:
    """A shape, a test of its digits, and words one of which must (`near`) or must not (`unlike`) stand beside it.

    Where the digits prove themselves, `near` is empty. `reach` characters before the number are looked at.
    """

    entity: str
    shape: re.Pattern[str]
    holds: Callable[[str], bool]
    score: float
    near: re.Pattern[str] | None = None
    unlike: re.Pattern[str] | None = None
    reach: int = CONTEXT


def words(*stems: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![а-яёa-z])(?:{'|'.join(stems)})", re.I)


ORDER = words(
    "заказ", "заявк", "трек", "отправлени", "накладн", "обращени", "договор", "артикул", "тикет", "чек", "брон",
    "билет", "полис", "лицев", "сумм", "посылк", "счётчик", "счетчик", "штрих", "rma", "id", "sn", "imei", "серийн",
    "бик", "кпп", "л/с", "лс", "iccid", "vin", "арт", "уин", "кбк",
)  # fmt: skip
CALL = words(
    "тел", "(?:по|пере)?звон", "набер", "моб", "сот", "вотсап", "whatsapp", "ватсап", "номер:", "с номера", "контакт"
)


def anything(_: str) -> bool:
    return True


def is_phone(digits: str) -> bool:
    """Ten digits after the country code; free 8-800 lines belong to companies, not to people."""
    return len(digits) in (10, 11) and digits[-10] in "34789" and not digits[-10:].startswith("800")


def is_long_phone(digits: str) -> bool:
    return len(digits) == 11 and digits[0] in "78" and is_phone(digits)


def is_mobile(digits: str) -> bool:
    return is_phone(digits) and digits[-10] == "9"


def may_be_snils(digits: str) -> bool:
    """Beside its name also with a slip in it, but no telephone."""
    return is_snils(digits) or not is_long_phone(digits)


def shape(pattern: str) -> re.Pattern[str]:
    return re.compile(_START + pattern + _END)


def spaced(count: int) -> str:
    """So many digits with at most three separators between neighbours."""
    return rf"\d(?:{_GAP}{{0,3}}\d){{{count - 1}}}"


GROUPED = rf"[78](?:(?:{_GAP}|/){{1,3}}\(?\d|\d(?={_GAP}|/))(?:(?:{_GAP}|/){{0,3}}\d){{9}}"
FOREIGN = rf"\+(?!7)\d{{1,3}}{_GAP}{{0,2}}(?:{spaced(9)}|{spaced(10)}|{spaced(8)})"
RULES = (
    NumberRule("ТЕЛЕФОН", re.compile(rf"\+\s?7{_GAP}{{0,2}}{spaced(10)}(?!\d)"), is_phone, 0.95),
    NumberRule("ТЕЛЕФОН", shape(GROUPED), is_long_phone, 0.9),
    NumberRule("ТЕЛЕФОН", shape(r"\(?\d{3}\)?[\s-]\s?\d{3}[\s-]\d{2}[\s-]?\d{2}"), is_phone, 0.85, unlike=ORDER),
    NumberRule("ТЕЛЕФОН", shape(r"\(\d{3,4}\)\s?\d{2,3}[\s-]?\d{2}[\s-]?\d{2}"), is_phone, 0.9),
    NumberRule("ТЕЛЕФОН", shape(r"[78]9\d{9}"), is_long_phone, 0.7, unlike=ORDER),
    NumberRule("ТЕЛЕФОН", shape(spaced(10)), is_mobile, 0.85, near=CALL, unlike=ORDER),
    NumberRule("ТЕЛЕФОН", shape(r"9\d{2}\s\d{7}"), is_mobile, 0.8, near=words("номер", "сим"), unlike=ORDER),
    NumberRule("ТЕЛЕФОН", shape(r"9\d{9}"), is_mobile, 0.8, near=re.compile(r"(?:\sна|[/:])\s*$"), unlike=ORDER),
    NumberRule("ТЕЛЕФОН", shape(spaced(11)), is_long_phone, 0.85, near=CALL, unlike=ORDER),
    NumberRule("ТЕЛЕФОН", shape(FOREIGN), anything, 0.8),
    NumberRule("ТЕЛЕФОН", shape(r"[78]9\d{2}(?:[\s-]?\d){7}"), is_long_phone, 0.85, unlike=ORDER),
    NumberRule("ТЕЛЕФОН", shape(r"\d{2,3}-\d{2}-\d{2}"), anything, 0.8, near=CALL),
    NumberRule("СНИЛС", shape(r"\d{3}[\s-]\d{3}[\s-]\d{3}[\s-]?\d{2}"), is_snils, 0.95),
    NumberRule("СНИЛС", shape(r"\d{11}"), is_snils, 0.75, unlike=ORDER),
    NumberRule("СНИЛС", shape(spaced(11)), may_be_snils, 0.97, near=words("снилс", "страхов\\w* номер")),
    NumberRule("ИНН", re.compile(rf"(?<![\d.,])(?:{spaced(12)}|{spaced(10)})(?!\d)"), is_inn, 0.97, near=words("инн")),
    NumberRule("ИНН", shape(r"\d{12}|\d{10}"), is_inn, 0.72, near=words("контрагент", "организаци", "юрлиц")),
    NumberRule("ИНН", shape(r"\d{12}"), is_inn, 0.75, unlike=ORDER),
    NumberRule("КАРТА", shape(r"\d{4}(?:[\s.-]\d{4}){3}(?:[\s.-]\d{1,3})?"), is_card, 0.95),
    NumberRule("КАРТА", shape(r"\d{16}|\d{18,19}"), is_card, 0.8, unlike=ORDER),
    NumberRule("КАРТА", shape(rf"\d(?:{_GAP}{{0,2}}\d){{12,18}}"), is_card, 0.96, near=words("карт", "visa", "мир")),
    NumberRule("ОГРН", shape(f"{spaced(15)}|{spaced(13)}"), is_ogrn, 0.98, near=words("огрн")),
    NumberRule("СЧЁТ", shape(r"(?:40[5-8]|42[0-6]|301|302|454|455)(?:[\s.-]?\d){17}"), anything, 0.985),
    NumberRule(
        "ПАСПОРТ",
        shape(r"\d{2}\s?\d{2},?[\s-]*(?:(?:№|N|номер|ном\.?|н\.?)\s*)?\d{3}\s?\d{3}"),
        anything,
        0.96,
        near=words("пасп", "серия", "серии", "сер\\.", "с\\.", "удостоверени", "загран", "документ"),
        unlike=CALL,
    ),
    NumberRule("ПАСПОРТ", shape(r"\d{2}\s?№?\s?\d{7}"), anything, 0.9, near=words("загран")),
    NumberRule(
        "ПАСПОРТ", shape(r"\d{2}[\s-]?\d{2}[\s№—–-]{1,3}\d{6}"), anything, 0.9,
        near=words("паспорт", "загран", "пропуск", "серию"), unlike=ORDER, reach=FAR,
    ),
)  # fmt: skip
PAIRED_PASSPORT = re.compile(
    r"сери[яию]\s*:?\s*(?P<series>\d{2}\s?\d{2})\W{0,3}(?:номер|№|ном\.?)\s*:?\s*(?P<number>\d{6})(?!\d)", re.I
)


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


def decided(rule: NumberRule, text: str, start: int, stop: int) -> bool:
    """Whether the words beside the number let the rule speak: the nearest before it, or just after it."""
    before = text[max(0, start - rule.reach) : start].lower()
    after = text[stop : stop + AFTER].lower()
    for_it = last(rule.near, before)
    against = last(rule.unlike, before, since=len(before) - UNLIKE)
    if against > for_it:
        return False
    return rule.near is None or for_it >= 0 or rule.near.search(after) is not None


def last(pattern: re.Pattern[str] | None, text: str, *, since: int = 0) -> int:
    """Where the last match ends, -1 without one."""
    return max((match.end() for match in pattern.finditer(text, max(0, since))), default=-1) if pattern else -1


def found(rule: NumberRule, text: str) -> Iterator[tuple[int, int]]:
    for match in rule.shape.finditer(text):
        if rule.holds(digits_of(match.group())) and decided(rule, text, *match.span()):
            yield match.span()
