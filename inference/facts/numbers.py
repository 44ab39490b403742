"""Numbers in digits with the unit they count, and ranges of such numbers."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .digits import LEFT, NUMBER, RIGHT, canonical, measure, times
from .fact import Fact, Kind, fold, only_with
from .numerals import CARDINALS, ONE, SCALES
from .units import symbol_before, unit_after

DIGITS = re.compile(LEFT + r"(?:(?<![^\s(])[-−](?=\d))?" + NUMBER + RIGHT)
SCALE = re.compile(
    r"[^\S\n]?(?P<word>тысяч(?:ами|ах|ам|а|и|у|е|ей)?|тыс|миллион[а-яё]*|млн|миллиард[а-яё]*|млрд)(?!\w)\.?",
    re.I,
)
IN_WORDS = re.compile(r"[^\S\n]*\((?P<words>[А-Яа-яЁё\s-]+)\)")
ORDINAL = re.compile(r"-(?:ого|ому|[йяеюм]|го|му|ой|ое|ая|ую|ом|ым|ых)(?!\w)")
CARDINAL = re.compile(r"-(?:х|ти|ми|мя)(?!\w)")
FROM = re.compile(r"(?<!\w)(?:от|со?)[^\S\n]+$", re.I)
TO = re.compile(r"[^\S\n]+(?:до|по)[^\S\n]+(?=\d)")
DASH = re.compile(r"(?:[^\S\n]?–[^\S\n]?|-|—|−|…)(?=\d)")
ITEM_BEFORE = re.compile(r"(?:[а-яё]{5}\.|[;!?])[^\S\n]+$")
MARKER_END = re.compile(r"[.)](?=\s|$)")
ITEM = re.compile(r"[.)][^\S\n]+[А-ЯЁA-Z]|\)[^\S\n]+\w")


class Measured(NamedTuple):
    start: int
    stop: int
    number: str
    unit: str


@only_with(r"\d")
def numbers(text: str) -> Iterator[Fact]:
    """Every number but the markers of lists («1.», «2)»)."""
    for match in DIGITS.finditer(text):
        if not _is_marker(text, match):
            found = _measured(text, match)
            yield _fact("number", text, found, measure(found.number, found.unit))


@only_with(r"\d")
def ranges(text: str) -> Iterator[Fact]:
    """«8–12 часов», «с 9 до 18», «от 5 000 до 10 000 ₽»; the value is «8..12 час»."""
    position = 0
    while match := DIGITS.search(text, position):
        low = _measured(text, match)
        opening = FROM.search(text, max(0, low.start - 5), low.start)
        high = _other_end(text, low, opened=opening is not None)
        position = match.end()
        if high and low.unit in ("", high.unit):
            whole = low._replace(start=opening.start() if opening else low.start, stop=high.stop)
            yield _fact("range", text, whole, measure(f"{low.number}..{high.number}", high.unit))
            position = high.stop


def _other_end(text: str, low: Measured, *, opened: bool) -> Measured | None:
    joint = (TO.match(text, low.stop) if opened else None) or DASH.match(text, low.stop)
    match = DIGITS.match(text, joint.end()) if joint else None
    if joint is None or match is None:
        return None
    high = _measured(text, match)
    if joint.re is TO:
        return high
    return high if _ascend(low.number, high.number, bare=joint.group() == "-" and not high.unit) else None


def _ascend(low: str, high: str, *, bare: bool) -> bool:
    """«55-8812» is an identifier: a bare hyphen joins only short ascending numbers."""
    if bare and (len(high) > 2 or low.startswith("0")):
        return False
    return _is_decimal(low) and _is_decimal(high) and float(low) < float(high)


def _is_decimal(number: str) -> bool:
    return number.replace(".", "", 1).isdecimal()


def _measured(text: str, match: re.Match[str]) -> Measured:
    start, stop = match.span()
    symbol, start = symbol_before(text, start)
    scale = SCALE.match(text, stop)
    stop = scale.end() if scale else stop
    ending = ORDINAL.match(text, stop)
    if ending:
        return Measured(start, ending.end(), match.group(), "-й")
    words = IN_WORDS.match(text, stop)
    stop = words.end() if words and _spell_a_number(words["words"]) else stop
    cardinal = CARDINAL.match(text, stop)
    unit, after = unit_after(text, cardinal.end() if cardinal else stop)
    stop = after if unit or not cardinal else cardinal.end()
    number = canonical(match.group().replace("−", "-"), unit or symbol)
    if scale:
        number = times(canonical(number, "×"), SCALES[fold(scale["word"])])
    return Measured(start, stop, number, unit or symbol)


def _spell_a_number(words: str) -> bool:
    return all(word in CARDINALS or word in SCALES or word in ONE for word in fold(words).split())


def _is_marker(text: str, match: re.Match[str]) -> bool:
    """«1.» or «2)» in front of an item, at the start of a line or after the end of the item before."""
    if len(match.group()) > 2:
        return False
    if not text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip():
        return bool(MARKER_END.match(text, match.end()))
    return bool(ITEM_BEFORE.search(text, max(0, match.start() - 12), match.start()) and ITEM.match(text, match.end()))


def _fact(kind: Kind, text: str, found: Measured, value: str) -> Fact:
    return Fact(kind, found.start, found.stop, text[found.start : found.stop], value)
