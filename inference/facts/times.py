"""Hours of the day and the zone they are told in."""

import re
from collections.abc import Iterator

from .fact import Fact, fact, only_with
from .units import unit_after

COLON = re.compile(r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:]*\d)")
DOT = re.compile(
    r"(?<!\w)(?:[св]|со|до|к|после|около|на)[^\S\n]+"
    r"(?P<time>(?P<hour>[01]?\d|2[0-4])[.-](?P<minute>[0-5][05]))(?![\d.:-]*\d|%)",
    re.I,
)
PART_OF_DAY = re.compile(
    r"(?<!\w)(?:[св]|со|до|к|после|около)[^\S\n]+(?P<time>(?P<hour>1[0-2]|\d)(?:[^\S\n]+час(?:ов|ам|а|у)?)?[^\S\n]+"
    r"(?P<part>утра|вечера|ночи))(?!\w)",
    re.I,
)
NOON = re.compile(r"(?<!\w)(?:(?P<noon>полдень|полудня|полудню)|полночь|полуночи)(?!\w)", re.I)
ZONE = re.compile(
    r"(?<!\w)(?:(?P<moscow>мск|по москве|(?:по )?московско(?:му|го) времен[ия])"
    r"|(?:по )?местно(?:му|го) времен[ия])(?!\w)",
    re.I,
)


def times(text: str) -> Iterator[Fact]:
    """The value is «18:00»; a zone is «мск» or «местное»."""
    yield from _hours(text)
    yield from _words(text)


@only_with(r"\d")
def _hours(text: str) -> Iterator[Fact]:
    yield from (fact("time", match, _clock(match)) for match in COLON.finditer(text))
    yield from (
        fact("time", match, _clock(match), "time") for match in DOT.finditer(text) if _counts_nothing(text, match)
    )
    yield from (fact("time", match, _clock(match), "time") for match in PART_OF_DAY.finditer(text))


@only_with(r"полд|полуд|полн|полун|[Мм][Сс][Кк]|Москв|московск|местн")
def _words(text: str) -> Iterator[Fact]:
    yield from (fact("time", match, "12:00" if match["noon"] else "00:00") for match in NOON.finditer(text))
    yield from (fact("time", match, "мск" if match["moscow"] else "местное") for match in ZONE.finditer(text))


def _clock(match: re.Match[str]) -> str:
    parts = match.groupdict()
    hour = int(match["hour"])
    if parts.get("part") == "вечера" and hour < 12:
        hour += 12
    if parts.get("part") == "ночи" and hour == 12:
        hour = 0
    return f"{hour:02d}:{parts.get('minute') or '00'}"


def _counts_nothing(text: str, match: re.Match[str]) -> bool:
    """«до 18.00» is a time, «до 18.50 ₽» is a sum."""
    return unit_after(text, match.end())[0] in ("", "час")
