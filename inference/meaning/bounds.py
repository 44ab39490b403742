"""Bounds of numbers: «до 10», «не ранее чем через 10», «от 10»."""

import re
from functools import lru_cache

from .marks import Lexicon, Mark
from .words import Sentence

BOUNDS = Lexicon("bounds")
NUMBER = re.compile(r"[\ue000-\ue01f]|(?<![\w.,:-])\d[\d .,:/-]*\d|(?<![\w.,:-])\d")
NOT_IN_KEY = re.compile(r"[^\d\ue000-\ue01f]")
SKIPPED = re.compile(
    r"^(?:\s*(?:чем|на|за|в|чуть|размере|сумме|сумму|срок|период|с|до|дня|часа|момента))*\s*[«\"(*<b>№]*\s*$"
)
DATED = re.compile(
    r"^ ?(?:\d{1,2} (?:январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр)"
    r"|\d\d\.\d\d|№|\d{4})"
)
REACH = r"[а-я]*(?: [^,;.]{0,45})? ?$"
AFAR = {
    "at least": re.compile(rf"(?<![а-я])миним{REACH}"),
    "at most": re.compile(rf"(?<![а-я])(?:огранич|лимит|максим|предел){REACH}"),
    "vague": re.compile(
        rf"(?:исте[кч]|прекра|оконч|заканч|законч|дости[гж]|превы|порог|прошеств|увелич|сокра|сни[жз]|повы|округл"
        rf"|досрочн|кратчайш|меньше|больше){REACH}"
    ),
}
CHANGED = re.compile(r"(?:увелич|сокра|сни[жз]|повы|округл|уменьш|расшир|вырос|упал)[а-я]*(?: [^,;.]{0,45})? до $")
REFUSED = re.compile(r"(?<![а-я])(?:не|нельзя|невозможн[а-я]+|запре[а-я]+)(?![а-я])[^,;.]*$")
RANGE = re.compile(r"^[^,;.а-я]*(?:[–—-]\s*[\d\ue000-\ue01f]|(?: [а-я]+\.?)? (?:до|по|на) [\d\ue000-\ue01f])|^\s*или\s")
RANGE_END = re.compile(r"[\d\ue000-\ue01f]\s*[–—-]\s*$|(?<![а-я])(?:с|со|от) [^,;.]{1,12} (?:до|по|на) $|\d × $")
OPEN = ("vague", "")
# Prepositions with too many senses to be missed, or to be taken for a bound.
LIGHT = frozenset({"с", "со", "от", "к"})


@lru_cache(maxsize=8192)
def directions(sentence: Sentence) -> dict[str, tuple[str, str]]:
    """For each number or slot how it is bounded and by which words.

    «upper», «lower», «within» (a span of time), «delay», «at least», «at most», «vague» (left open) or «».
    """
    marks = BOUNDS.marks(sentence.text)
    found: dict[str, tuple[str, str]] = {}
    for match in NUMBER.finditer(sentence.text):
        key = NOT_IN_KEY.sub("", match.group())
        found[key] = OPEN if key in found else bound_of(sentence.text, match, marks)
    return found


def bound_of(text: str, number: re.Match[str], marks: tuple[Mark, ...]) -> tuple[str, str]:
    """The outermost of the bounds that stand right before a number."""
    before = text[: number.start()]
    if RANGE.search(text[number.end() :]) or RANGE_END.search(before) or CHANGED.search(before):
        return OPEN
    chain = _chain(text, number.start(), marks)
    if not chain:
        return next(((name, "…") for name, words in AFAR.items() if words.search(before)), ("", ""))
    chosen = next((mark for mark in reversed(chain) if mark.name in ("upper", "lower")), chain[0])
    if chosen.text == "от" and DATED.match(text[chosen.stop :]):
        return "", ""
    if chosen.name == "lower" and chosen.text not in LIGHT and REFUSED.search(text[: chosen.start]):
        return OPEN
    return chosen.name, chosen.text


def _chain(text: str, place: int, marks: tuple[Mark, ...]) -> list[Mark]:
    """Bounds that lead up to a place, innermost first: «не ранее чем через» 10."""
    chain = []
    for mark in reversed([mark for mark in marks if mark.stop <= place]):
        if not SKIPPED.match(text[mark.stop : place]):
            break
        chain.append(mark)
        place = mark.start
    return chain
