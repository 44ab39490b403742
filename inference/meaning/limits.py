"""Limits: which way each number is bounded, and whether «only» and exceptions are still there."""

import re
from collections.abc import Iterator
from functools import lru_cache

from .flip import Flip
from .marks import Lexicon, Mark, names
from .words import Sentence

LESS = r"(?:раньше|ранее|менее|меньше|ниже|младше|моложе|короче|реже|легче|дешевле|ближе|уже|холоднее|тоньше|мельче|слабее|медленнее)"
MORE = (
    r"(?:позднее|позже|более|больше|выше|старше|дольше|дальше|далее|длиннее|чаще|тяжелее|дороже|шире|свыше|теплее|толще|крупнее"
    r"|крепче|быстрее|громче|глубже)"
)
BOUNDS = Lexicon(
    {
        "upper": rf"""не {MORE}|не превы[а-я]+|не может превышать|не должн[а-я]+ превышать|максимум|максимальн[а-я]+|в пределах
            |до|по|к|{LESS}|еще до|лимит[а-я]*|предел[а-я]*|накануне|достиг[а-я]+""",
        "lower": rf"не {LESS}|от|свыше|{MORE}|минимум|минимальн[а-я]+|хотя бы|сверх|превы[а-я]+|начиная с|с|со|после|по истечении|с момента|из",
        "within": r"в течение|течение|за|в срок|срок[а-я]*|на протяжении|на",
        "delay": r"через|спустя|по прошествии",
    }
)
ONLY = Lexicon(
    {
        "idle": r"не только|не исключительно|не единственн[а-я]+|если только|как только|только что|сразу",
        "only": r"только|лишь|исключительно|единственн[а-я]+|строго|одн(?:им|ому|ой) лишь",
        "except": r"кроме|за исключением|исключени[а-я]+|исключая|не считая|помимо",
        "about": r"около|примерно|ориентировочно|приблизительно|порядка|приблизительн[а-я]+|ориентировочн[а-я]+|примерн[а-я]+",
    }
)
"""What may stand for a lost word of a class: it says the same in other words."""
STAND_INS = {
    "only": re.compile(
        r"(?<![а-я])(?:только|лишь|исключительно|единственн|строго|кроме|исключени|нельзя|невозможно|никто|никак|без|не|нет|именно|сам[аио]?|больше)(?![а-я])"
        r"|только|единственн|исключени"
    ),
    "except": re.compile(
        r"кроме|исключени|исключая|не считая|помимо|(?<![а-я])(?:но|а|если|только|остальн[а-я]+|друг[а-я]+|иных|ины[а-я]+|без|не|нет|больше)(?![а-я])"
    ),
    "about": re.compile(
        r"около|пример|ориентир|приблиз|порядка|где-то|может|возможно|скорее|предвар|рассчит|план|должн|скоро|почти|ждем|жда"
    ),
}
NUMBER = re.compile(r"[\ue000-\ue01f]|(?<![\w.,:-])\d[\d .,:/-]*\d|(?<![\w.,:-])\d")
SKIPPED = re.compile(r"^(?:\s*(?:чем|на|за|в|чуть|размере|сумме|сумму|срок|с|до|дня|часа|момента|—|-|:|,))*\s*[«\"(*<b>]*\s*$")
DATED = re.compile(r"^ ?(?:\d{1,2} (?:январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр)|\d\d\.\d\d)")
OPPOSED = {
    ("upper", "lower"),
    ("lower", "upper"),
    ("upper", "delay"),
    ("delay", "upper"),
    ("within", "delay"),
    ("delay", "within"),
    ("upper", ""),
    ("lower", ""),
    ("", "upper"),
    ("", "lower"),
    ("within", "lower"),
    ("lower", "within"),
}
SOFT = {("по", ""), ("с", ""), ("от", ""), ("к", ""), ("со", ""), ("из", "")}


@lru_cache(maxsize=8192)
def directions(sentence: Sentence) -> dict[str, tuple[str, str]]:
    """For each number or slot: how it is bounded («upper», «lower», «within», «delay», «») and by which words."""
    marks = BOUNDS.marks(sentence.text)
    found: dict[str, tuple[str, str]] = {}
    for match in NUMBER.finditer(sentence.text):
        key = re.sub(r"[^\d\ue000-\ue01f]", "", match.group())
        if key in found or not key:
            found[key] = ("?", "")
            continue
        found[key] = bound_of(sentence.text, match.start(), marks)
    return found


def bound_of(text: str, start: int, marks: tuple[Mark, ...]) -> tuple[str, str]:
    """The outermost of the bounds that stand right before a number."""
    place, chain = start, []
    for mark in reversed([mark for mark in marks if mark.stop <= start]):
        if not SKIPPED.match(text[mark.stop : place]):
            break
        chain.append(mark)
        place = mark.start
    if not chain:
        return "", ""
    if chain[-1].text == "от" and DATED.match(text[chain[-1].stop :]):
        return "", ""
    outer = chain[-1]
    strict = [mark for mark in chain if mark.name in ("upper", "lower") and len(mark.text) > 2]
    chosen = strict[-1] if strict else outer
    return chosen.name, chosen.text


def flipped_bounds(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    """The same number bounded another way: «до 10 дней» and «через 10 дней»."""
    here = directions(rewrite)
    for key, (bound, words) in directions(before).items():
        other, other_words = here.get(key, ("?", ""))
        if (bound, other) in OPPOSED and (words, other) not in SOFT and (other_words, bound) not in SOFT:
            yield Flip("limit", f"«{words} {key}» → «{other_words} {key}»")


def lost_or_added(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    """«Only», exceptions and «about» that vanished or came from nowhere."""
    there, here = names(ONLY.marks(before.text)), names(ONLY.marks(rewrite.text))
    for name, stand_in in STAND_INS.items():
        if name in there and name not in here and not stand_in.search(rewrite.text):
            yield Flip("limit", f"пропало «{name}»")
        if name in here and name not in there and not stand_in.search(before.text):
            yield Flip("limit", f"добавлено «{name}»")


RULES = (flipped_bounds, lost_or_added)


def limit_flips(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    for rule in RULES:
        yield from rule(before, rewrite)
