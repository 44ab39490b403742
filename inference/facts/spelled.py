"""Numbers in words: «двух рабочих дней», «полгода», «трёхдневный», «один раз», «через час»."""

import re
from collections.abc import Iterator

from .digits import measure
from .fact import Fact, fact, fold
from .numerals import CARDINALS, LONE_SCALES, MEASURES, ONE, ONE_OF_PLURAL, ORDINALS, PREFIXES, SCALES
from .units import COUNTED_ADJECTIVE, counted, unit_after

WORD = re.compile(r"(?<![\w-])[А-Яа-яЁё]+(?!\w)(?!-\w)")
COMPOUND = re.compile(rf"(?<![\w-])(?P<prefix>{'|'.join(PREFIXES)}){COUNTED_ADJECTIVE}(?!\w)", re.I)
_LONE_FORMS = """
    час часа часу часом минута минуту минуты минутой день дня дню днем днём сутки суток неделя неделю недели
    неделей месяц месяца месяцу месяцем год года году годом квартал квартала
"""
LONE_FORMS = tuple(_LONE_FORMS.split())
LONE = re.compile(
    r"(?<!\w)(?:в течени[еи]|через|спустя|за|более|больше|менее|меньше|дольше|позднее|позже|раньше|ранее|до"
    r"|раз в)\s+"
    rf"(?P<span>(?:рабоч[а-яё]+ |календарн[а-яё]+ )?(?:{'|'.join(LONE_FORMS)}))(?!\w)",
    re.I,
)
LIMIT = re.compile(
    r"(?<!\w)(?:только|лишь|не более|не больше|не менее|не меньше|чем|до|максимум|минимум|ровно|всего)\s+$",
    re.I,
)
OTHER_PARTY = re.compile(r"\s+(?:лиц|сторон|персон)", re.I)
GAP = re.compile(r"[^\S\n]+")


def spelled(text: str) -> Iterator[Fact]:
    words = list(WORD.finditer(text))
    index = 0
    while index < len(words):
        used, found = _cardinal(text, words, index) or _single_word(text, words[index])
        if found:
            yield found
        index += used


def compounds(text: str) -> Iterator[Fact]:
    """«трёхдневный», «двухнедельного»; «одноразовый» counts nothing."""
    for match in COMPOUND.finditer(text.replace("ё", "е")):
        if not fold(match.group()).startswith("одноразов"):
            start, stop = match.span()
            value = measure(str(PREFIXES[fold(match["prefix"])]), counted(match["stem"]))
            yield Fact("number", start, stop, text[start:stop], value)


def lone_units(text: str) -> Iterator[Fact]:
    """«через час», «в течение рабочего дня»: one of the unit, the word left out."""
    for match in LONE.finditer(text):
        unit, _ = unit_after(text, match.start("span"))
        if not (match.group().lower().startswith("до") and unit == "день"):
            yield fact("number", match, measure("1", unit), "span")


def _cardinal(text: str, words: list[re.Match[str]], index: int) -> tuple[int, Fact | None] | None:
    """The longest run of words that make one number: «две тысячи пятьсот рублей»."""
    first = fold(words[index].group())
    if words[index].group() == "СТО":
        return None
    if first in ONE or first in ONE_OF_PLURAL:
        return _one(text, words, index)
    if first not in CARDINALS and first not in LONE_SCALES:
        return None
    used, worth = 0, _Worth()
    while index + used < len(words) and (used == 0 or _adjacent(text, words, index + used)):
        if not worth.add(fold(words[index + used].group())):
            break
        used += 1
    return used, _number(text, words[index].start(), words[index + used - 1].end(), str(worth.total))


class _Worth:
    """Adds number words up, refusing a word that cannot follow the words before it."""

    def __init__(self) -> None:
        self.done = self.group = 0
        self.room = 1000

    @property
    def total(self) -> int:
        return self.done + self.group

    def add(self, word: str) -> bool:
        if word in SCALES:
            return self._scale(SCALES[word])
        value = CARDINALS.get(word, 1 if word in ONE and self.group else 0)
        if not value or value >= self.room:
            return False
        self.group += value
        self.room = next(place for place in (100, 10, 1) if value >= place) if value >= 20 else 0
        return True

    def _scale(self, scale: int) -> bool:
        if self.done and not self.group:
            return False
        self.done, self.group, self.room = self.done + (self.group or 1) * scale, 0, 1000
        return True


def _adjacent(text: str, words: list[re.Match[str]], index: int) -> bool:
    return GAP.fullmatch(text, words[index - 1].end(), words[index].start()) is not None


def _number(text: str, start: int, stop: int, number: str) -> Fact:
    unit, stop = unit_after(text, stop)
    return Fact("number", start, stop, text[start:stop], measure(number, unit))


def _one(text: str, words: list[re.Match[str]], index: int) -> tuple[int, Fact | None]:
    """«один день», «не более одного»: a number; «один из», «одному клиенту»: a pronoun."""
    word = words[index]
    found = _number(text, word.start(), word.end(), "1")
    if found.stop > word.end():
        return 1, found
    following = fold(words[index + 1].group()) if index + 1 < len(words) else ""
    limited = LIMIT.search(text, max(0, word.start() - 12), word.start())
    return 1, found if limited and following != "из" and fold(word.group()) in ONE else None


def _single_word(text: str, match: re.Match[str]) -> tuple[int, Fact | None]:
    word = fold(match.group())
    if word in MEASURES:
        number, unit = MEASURES[word]
        if unit:
            return 1, fact("number", match, measure(number, unit))
        return 1, _number(text, match.start(), match.end(), number)
    if word in ORDINALS and not (ORDINALS[word] == 3 and OTHER_PARTY.match(text, match.end())):
        return 1, fact("number", match, measure(str(ORDINALS[word]), "-й"))
    return 1, None
