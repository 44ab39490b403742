"""Days, months, years and days of the week."""

import re
from collections.abc import Iterator

from .fact import Fact, blank, fact, finder, fold, only_with

MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
MONTH_OF_DAY = (
    r"(?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    r"|(?:янв|февр?|мар|апр|авг|сент?|окт|нояб?|дек)(?:\.|(?!\w)))(?!\w)"
)
MONTH = (
    r"(?:(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)(?:ь|я|ю|ем|е)"
    r"|(?:март|август)(?:ом|а|у|е)?|ма(?:ем|й|я|ю|е))(?!\w)"
)
YEAR_WORD = r"(?:гг?\.(?:г\.)?|год(?:ами|ах|ам|ов|ом|а|у|е|ы)?(?!\w)|г(?!\w))"
YEAR = rf"(?:[^\S\n]+(?P<year>\d{{4}})(?![\d-])(?:[^\S\n]?{YEAR_WORD})?)?"
LEFT = r"(?<![\w№])(?<!\d[.,:/])"
DAY = rf"{LEFT}(?P<day>[0-3]?\d|перво(?:го|е))(?:-?(?:го|ого|е|ое|му|м))?(?![\w.:])"
AND = r"[^\S\n]*(?:,|и|или|либо|[–—-]|по|на|до|/)[^\S\n]*(?:с[^\S\n]+|до[^\S\n]+|по[^\S\n]+)?"
MORE_DAYS = rf"(?:{AND}[0-3]?\d(?:-?(?:го|ого|е|ое))?(?!\w)){{1,6}}"

NUMERIC = re.compile(
    rf"{LEFT}(?P<day>[0-3]?\d)(?P<dot>[./])(?P<month>[01]?\d)(?P=dot)(?P<year>\d{{4}}|\d{{2}})(?![\d.]\d|\d)"
    r"(?:[^\S\n]?(?:г\.|года?(?!\w)))?"
)
ISO = re.compile(r"(?<![\w-])(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w-])")
SHORT = re.compile(
    r"(?<!\w)(?:до|со?|по|от|на|за)[^\S\n]+(?P<date>(?P<day>[0-3]\d)\.(?P<month>0[1-9]|1[0-2]))(?![\d.]\d|[\d:%])"
    r"(?![^\S\n]?(?:₽|руб|%))"
)
DAY_MONTH = re.compile(rf"{DAY}[^\S\n]+(?P<month>{MONTH_OF_DAY}){YEAR}", re.I)
DAY_OF_LIST = re.compile(rf"{DAY}(?={MORE_DAYS}[^\S\n]+(?P<month>{MONTH_OF_DAY}){YEAR})", re.I)
DAY_NUMBER = re.compile(rf"{DAY}(?:[^\S\n]+|-?[^\S\n]*)числ(?:ами|ах|ам|ом|а|у|е|о)?(?!\w)", re.I)
DAY_NUMBER_OF_LIST = re.compile(rf"{DAY}(?={MORE_DAYS}[^\S\n]+числ)", re.I)
MONTH_YEAR = re.compile(rf"(?<![\w-])(?P<month>{MONTH}){YEAR}", re.I)
YEAR_ALONE = re.compile(
    rf"{LEFT}(?P<year>(?:19|20)\d\d)(?:[^\S\n]?{YEAR_WORD}|-?(?:го|м|й|му)(?!\w)"
    rf"|(?=[^\S\n]?(?:[–—,-]|и|или)[^\S\n]?(?:19|20)\d\d[^\S\n]?(?:гг?\.|год)))"
)

WEEKDAYS = {
    "пн": r"понедельник(?:ами|ах|ам|ов|ом|а|у|е|и)?|пн",
    "вт": r"вторник(?:ами|ах|ам|ов|ом|а|у|е|и)?|вт(?=\s?[,–—-])",
    "ср": r"сред(?:у|ам|ами|ах)|(?<=[сдоСДО]о\s)среды|(?<=с\s)среды|ср(?!\.)"
    r"|среда(?=,|[^\S\n]?[–—-]|[^\S\n](?:и|с|до)[^\S\n])",
    "чт": r"четверг(?:ами|ах|ам|ов|ом|а|у|е|и)?|чт",
    "пт": r"пятниц(?:ами|ах|ам|ей|а|ы|е|у)?|пт",
    "сб": r"суббот(?:ами|ах|ам|ой|а|ы|е|у)?|сб",
    "вс": r"воскресень(?:ями|ях|ям|ем|е|я|ю)|воскресений|вс",
    "будни": r"будн(?:ями|ях|ям|ей|и|ий|ие|ие дни|ий день|их дней|им дням|их днях)|будний|будние",
    "выходные": r"выходн(?:ыми|ых|ым|ые|ой|ого|ому|ом)",
    "сегодня": r"сегодня(?!ш)|(?<!\sна )(?<!\Aна )(?<!\sпо )сегодня(?:шн(?:его|ему|ий|ем|яя|юю|ей|ие|их))?"
    r"|текущ(?:его|ему|ий|им|ем) д(?:ня|ню|нём|не|ень)",
    "завтра": r"завтра(?:шн(?:его|ему|ий|ем|яя|юю|ей|ие|их))?",
    "послезавтра": r"послезавтра",
    "вчера": r"вчера(?:шн(?:его|ему|ий|ем|яя|юю|ей|ие|их))?",
    "позавчера": r"позавчера",
}
_DAYS = "|".join(rf"(?P<d{i}>{forms})" for i, forms in enumerate(WEEKDAYS.values()))
NAMED_DAY = re.compile(rf"(?<!\w)(?<![а-яё]{{3}}-)(?=[бвзпстч])(?:{_DAYS})(?!\w)", re.I)


def _date(match: re.Match[str]) -> str:
    """Like ISO 8601 with what is unknown left out: 2025-06-05, --06-05, ---25, 2025-06, --06, 2025."""
    parts = match.groupdict()
    year, month, day = _year(parts.get("year")), _month(parts.get("month")), _day(parts.get("day"))
    if not day:
        return f"{year or '-'}-{month}" if month else year
    return f"{year}-{month}-{day}" if year else f"--{month}-{day}" if month else f"---{day}"


def _year(text: str | None) -> str:
    return f"20{text}" if text and len(text) == 2 else text or ""


def _month(text: str | None) -> str:
    if not text or text.isdecimal():
        return text.zfill(2) if text else ""
    word = fold(text)
    index = next(i for i, stem in enumerate(MONTHS, 1) if word.startswith(stem) and (stem != "ма" or word[:3] != "мар"))
    return f"{index:02d}"


def _day(text: str | None) -> str:
    return "" if not text else text.zfill(2) if text.isdecimal() else "01"


_in_digits = only_with(r"\d|[Пп]ерво")(
    finder("date", ISO, NUMERIC, DAY_OF_LIST, DAY_MONTH, DAY_NUMBER_OF_LIST, DAY_NUMBER, canon=_date)
)
_months = only_with(r"(?i:янв|фев|мар|апр|ма[йяюе]|июн|июл|авг|сен|окт|ноя|дек)")(
    finder("date", MONTH_YEAR, canon=_date)
)
_years = only_with(r"(?:19|20)\d\d")(finder("date", YEAR_ALONE, canon=_date))


def dates(text: str) -> Iterator[Fact]:
    rest = text
    for find in (_in_digits, _months, _years, _short, _named_days):
        found = list(find(rest))
        if found:
            yield from found
            rest = blank(rest, found)


@only_with(r"\d\.\d")
def _short(text: str) -> Iterator[Fact]:
    return (fact("date", match, _date(match), "date") for match in SHORT.finditer(text))


def _named_days(text: str) -> Iterator[Fact]:
    return (fact("date", match, _name(match)) for match in NAMED_DAY.finditer(text))


def _name(match: re.Match[str]) -> str:
    return next(name for i, name in enumerate(WEEKDAYS) if match[f"d{i}"])
