"""Numbers that name a person: which shapes they have, which check digits, which words beside them decide."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .checksums import is_card, is_inn, is_ogrn, is_snils

CONTEXT = 40
_GAP = r"[\s\u00a0\u2009-]"
_START, _END = r"(?<![\d\w.,/-])", r"(?![\d\w]|[.,/-]\d)"


@dataclass(frozen=True)
class NumberRule:
    """A shape, a test of its digits, and words one of which must (`near`) or must not (`unlike`) stand before it.

    Where the digits prove themselves, `near` is empty.
    """

    entity: str
    shape: re.Pattern[str]
    holds: Callable[[str], bool]
    score: float
    near: re.Pattern[str] | None = None
    unlike: re.Pattern[str] | None = None


def words(*stems: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})", re.I)


ORDER = words(
    "заказ", "заявк", "трек", "отправлени", "накладн", "обращени", "договор", "артикул", "счет-фактур", "тикет",
    "чек", "брон", "билет", "полис", "лицев", "сумм", "накладная", "посылк", "rma", "id", "sn", "imei", "серийн",
)  # fmt: skip


def anything(_: str) -> bool:
    return True


def is_mobile_or_city(digits: str) -> bool:
    """Ten digits after the country code; free 8-800 lines belong to companies, not to people."""
    national = digits[-10:]
    return len(digits) in (10, 11) and national[0] in "3489" and not national.startswith("800")


def shape(pattern: str) -> re.Pattern[str]:
    return re.compile(_START + pattern + _END)


GROUPED_PHONE = (
    rf"(?:(?:\+\s?7|8|7){_GAP}*)?\(?\s?\d{{3,4}}\s?\){_GAP}*\d{{2,3}}{_GAP}*\d{{2}}{_GAP}*\d{{2}}"
    rf"|(?:\+\s?7|8|7){_GAP}+\d{{3}}{_GAP}+\d{{3}}{_GAP}*\d{{2}}{_GAP}*\d{{2}}"
)
RULES = (
    NumberRule("ТЕЛЕФОН", shape(rf"(?:\+\s?7{_GAP}*\(?\d(?:{_GAP}*[()]?{_GAP}*\d){{9}})"), is_mobile_or_city, 0.95),
    NumberRule("ТЕЛЕФОН", re.compile(rf"(?<![\d\w.,/])(?:{GROUPED_PHONE}){_END}"), is_mobile_or_city, 0.9),
    NumberRule("ТЕЛЕФОН", shape(r"[78]9\d{9}"), is_mobile_or_city, 0.7, unlike=ORDER),
    NumberRule(
        "ТЕЛЕФОН",
        shape(rf"(?:[78]{_GAP}*)?\(?\d{{3}}\)?(?:{_GAP}?\d){{7}}"),
        is_mobile_or_city,
        0.85,
        near=words("тел", "(?:по|пере)?звон", "набер", "моб", "сот", "вотсап", "whatsapp", "ватсап", "номер:"),
    ),
    NumberRule("ТЕЛЕФОН", shape(rf"\+(?!7)\d{{1,3}}(?:{_GAP}*[()]?\d){{8,11}}\)?"), anything, 0.8),
    NumberRule("СНИЛС", shape(rf"\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}{_GAP}?\d{{2}}"), is_snils, 0.95),
    NumberRule("СНИЛС", shape(r"\d{11}"), is_snils, 0.75, unlike=ORDER),
    NumberRule("СНИЛС", shape(rf"\d(?:{_GAP}?\d){{10}}"), anything, 0.97, near=words("снилс")),
    NumberRule("ИНН", shape(rf"\d(?:{_GAP}?\d){{9}}(?:(?:{_GAP}?\d){{2}})?"), anything, 0.97, near=words("инн")),
    NumberRule("ИНН", shape(r"\d{12}"), is_inn, 0.75, unlike=ORDER),
    NumberRule("КАРТА", shape(rf"\d{{4}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?"), is_card, 0.95),
    NumberRule("КАРТА", shape(r"\d{16}|\d{18,19}"), is_card, 0.8, unlike=ORDER),
    NumberRule("КАРТА", shape(rf"\d(?:{_GAP}{{0,2}}\d){{14,18}}"), is_card, 0.96, near=words("карт", "visa", "мир")),
    NumberRule("ОГРН", shape(rf"\d(?:{_GAP}?\d){{14}}|\d(?:{_GAP}?\d){{12}}"), is_ogrn, 0.97, near=words("огрн")),
    NumberRule("СЧЁТ", shape(r"(?:40[5-8]|42[0-6]|301|302|454|455)(?:[\s.]?\d){17}"), anything, 0.98),
    NumberRule(
        "ПАСПОРТ",
        shape(rf"\d{{2}}\s?\d{{2}},?{_GAP}*(?:(?:№|N|n|номер|ном\.?)\s*)?\d{{3}}\s?\d{{3}}"),
        anything,
        0.9,
        near=words("паспорт", "серия", "серии", "удостоверени", "загран", "документ"),
    ),
)  # fmt: skip
PAIRED_PASSPORT = re.compile(
    r"сери[яию]\s*:?\s*(?P<series>\d{2}\s?\d{2})\W{0,3}(?:номер|№|ном\.?)\s*:?\s*(?P<number>\d{6})(?!\d)", re.I
)


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


def decided(rule: NumberRule, text: str, start: int) -> bool:
    """Whether the words before the number let the rule speak."""
    before = text[max(0, start - CONTEXT) : start].lower().replace("ё", "е")
    if rule.near is not None:
        return rule.near.search(before) is not None
    return rule.unlike is None or rule.unlike.search(before) is None


def found(rule: NumberRule, text: str) -> Iterator[tuple[int, int]]:
    for match in rule.shape.finditer(text):
        if rule.holds(digits_of(match.group())) and decided(rule, text, match.start()):
            yield match.span()
