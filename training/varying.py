"""The same labelled reply as another person would have typed it, or with other values: what must move no label.

Augmentation by the invariances that a behaviour suite tests (Ribeiro et al., 2020)."""

import dataclasses
import re
from collections.abc import Callable, Iterable, Sequence
from random import Random
from zlib import crc32

from bylostalo.inference.facts.extract import extract
from bylostalo.inference.facts.fact import Fact
from bylostalo.training.labels import Labelled

Edit = tuple[int, int, str]
Edits = Callable[[str, Random], Iterable[Edit]]
YOU = re.compile(r"(?<!^)(?<![.!?…»\"\n] )(?<![.!?…\n])\b[Вв](?=(?:ы|ас|ам|ами|аш\w*)\b)")
NAMES = ("Анна", "Мария", "Ольга", "Елена", "Гульнара", "Дарья", "Ксения", "Тимур", "Игорь", "Павел", "Олег", "Рустам")
BRANDS = ("Вега", "Уют", "Молоток", "Звук-Мастер", "Плюс", "Север и Ко", "Лето", "Точка", "Фокус", "Дом 24", "Ромашка")
PLACEHOLDERS = ("{{{{ {} }}}}", "{{{}}}", "%{}%", "${{{}}}", "[[{}]]")
HOLES = {
    "name": ("name", "client", "ИМЯ", "user"),
    "number": ("amount", "sum", "СУММА", "value", "count"),
    "date": ("date", "ДАТА", "day", "deadline"),
    "time": ("time", "ВРЕМЯ"),
    "id": ("order", "ticket", "НОМЕР", "id"),
    "quoted": ("product", "company", "ТОВАР", "plan"),
}
EMOJI = ("🙂", "🙏", "👍", "😊", "☀️")


def replaced(text: str, edits: Sequence[Edit]) -> str:
    for start, stop, new in reversed(edits):
        text = text[:start] + new + text[stop:]
    return text


def moved(place: int, edits: Sequence[Edit], *, end: bool) -> int:
    """Where a character offset stands after the edits; one within an edit goes to its nearer outer side."""
    shift = 0
    for start, stop, new in edits:
        if stop <= place and not (end and start == place):
            shift += len(new) - (stop - start)
        elif start < place:
            return start + shift + (len(new) if end else 0)
    return place + shift


def edited(item: Labelled, of: Edits, rng: Random) -> Labelled:
    """The item with message and text edited by the same choices, its spans on the same words as before."""
    seed = rng.random()
    edits = sorted(of(item.text, Random(seed)))
    spans = {
        code: tuple((moved(start, edits, end=False), moved(stop, edits, end=True)) for start, stop in places)
        for code, places in item.spans.items()
    }
    message = replaced(item.message, sorted(of(item.message, Random(seed)))) if item.message else item.message
    return dataclasses.replace(item, message=message, text=replaced(item.text, edits), spans=spans)


def each(pattern: str | re.Pattern[str], new: Callable[[str, Random], str]) -> Edits:
    found = re.compile(pattern)
    return lambda text, rng: [(*match.span(), new(match.group(), rng)) for match in found.finditer(text)]


def without_yo(text: str, _: Random) -> Iterable[Edit]:
    """ё → е, as half of all writers do."""
    return each("[ёЁ]", lambda letter, _: "е" if letter == "ё" else "Е")(text, _)


def you(text: str, rng: Random) -> Iterable[Edit]:
    """All «вы» small, or all with a capital."""
    first = rng.choice("Вв")
    return each(YOU, lambda *_: first)(text, rng)


def straight_quotes(text: str, rng: Random) -> Iterable[Edit]:
    return each("[«»„“”]", lambda *_: '"')(text, rng)


def other_dashes(text: str, rng: Random) -> Iterable[Edit]:
    dash = rng.choice("-–—")
    return each(r"(?<=\s)[-–—](?=\s)", lambda *_: dash)(text, rng)


def other_breaks(text: str, rng: Random) -> Iterable[Edit]:
    """Sentences begin new lines, or run together."""
    gap = rng.choice(("\n", "\n\n", "  ", " "))
    return each(r"(?<=[.!?])\s+(?=[А-ЯЁ])", lambda *_: gap)(text, rng)


def typo(text: str, rng: Random) -> Iterable[Edit]:
    """A letter lost, doubled or swapped in one long word."""
    words = [match.span() for match in re.finditer(r"[а-яё]{6,}", text)]
    if not words:
        return []
    start, stop = rng.choice(words)
    place = rng.randrange(start + 1, stop - 2)
    pair = text[place : place + 2]
    return [(place, place + 2, rng.choice((pair[0], pair[0] + pair, pair[::-1])))]


def emoji(text: str, rng: Random) -> Iterable[Edit]:
    return [(len(text), len(text), f" {rng.choice(EMOJI)}")]


def other_digits(text: str, rng: Random) -> Iterable[Edit]:
    """Other numbers of the same length, equal ones alike; times of day stay."""
    others = dict(zip("123456789", rng.sample("123456789", 9), strict=True))
    return each(r"(?<![\d:])[1-9](?!\d?:\d)|(?<=\d)(?<!:\d)[1-9](?!:\d)", lambda digit, _: others[digit])(text, rng)


def other_names(text: str, rng: Random) -> Iterable[Edit]:
    """People called or signed by name, and names in quotation marks, are others; equal ones alike."""
    turn = rng.randrange(1000)
    for fact in extract(text):
        if fact.kind == "quoted" and fact.text.startswith("«") and fact.text[1:2].isupper():
            yield fact.start, fact.stop, f"«{another(fact.value, BRANDS, turn)}»"
        elif fact.kind == "name" and " " not in fact.text and (is_called(text, fact) or is_signed(text, fact)):
            yield fact.start, fact.stop, another(fact.text, NAMES, turn)


def another(name: str, names: Sequence[str], turn: int) -> str:
    return names[(crc32(name.lower().encode()) + turn) % len(names)]


def is_called(text: str, fact: Fact) -> bool:
    """First in the text or a line, or after a greeting's comma."""
    before = text[: fact.start].rstrip(" ")
    opens = not before or before[-1] == "\n" or (before[-1] == "," and len(before) < 30)
    return opens and text[fact.stop : fact.stop + 1] in {",", "!"}


def is_signed(text: str, fact: Fact) -> bool:
    return fact.start > 0 and not text[fact.stop :].strip(" .!")


def holes(text: str, rng: Random) -> Iterable[Edit]:
    """Values as placeholders of one syntax, as in a template."""
    syntax = rng.choice(PLACEHOLDERS)
    for fact in extract(text):
        if fact.kind in HOLES and rng.random() < 0.7:
            yield fact.start, fact.stop, syntax.format(rng.choice(HOLES[fact.kind]))


VARIATIONS: tuple[tuple[Edits, float], ...] = (
    (other_names, 0.2),
    (other_digits, 0.2),
    (holes, 0.12),
    (without_yo, 0.4),
    (you, 0.35),
    (straight_quotes, 0.15),
    (other_dashes, 0.25),
    (other_breaks, 0.15),
    (typo, 0.12),
    (emoji, 0.04),
)
"""In this order, each with its probability."""


def varied(item: Labelled, rng: Random) -> Labelled:
    """The item under a random choice of the variations."""
    for variation, probability in VARIATIONS:
        if rng.random() < probability:
            item = edited(item, variation, rng)
    return item
