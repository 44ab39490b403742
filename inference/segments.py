"""A reply cut into sentences, the gaps between them, and passages nobody may touch.

Paragraphs and list items are cut by razdel; rules of this module mend what razdel does not know.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from razdel import sentenize

from .branches import Layout, layout, prose, ties
from .facts.extract import extract
from .facts.fact import Fact, blank

Kind = Literal["sentence", "gap", "verbatim"]
Span = tuple[Kind, int, int]

LONG = 400
WRAPPED = 60
WRAPS = ("\n", "\r\n")
SOLID = frozenset(
    {"placeholder", "tag", "url", "email", "command", "quoted", "phone", "id", "date", "number", "clause"}
)
ALONE = frozenset({"placeholder", "url", "email", "command", "phone"})

LINE = re.compile(r"[^\n]+")
QUOTED_LINE = re.compile(r"[ \t]*>+(?:[\s\w«\"]|$)")
RULE = re.compile(r"[\s|:=_*+-]+$")
TABLE_ROW = re.compile(r"\s*\|.*\|\s*$|.*\S\s\|\s\S")
PIPE = re.compile(r"\s*(?<!\\)\|\s*")
MARKER = re.compile(
    r"\s*(?:(?:\d{1,3}[.)]|[-–—•*·▪●◦‣+]|[а-яa-z]\)|#{1,6}|\[[ xх]\])[^\S\n]+"
    r"|[✅✔☑➡👉▶🔹🔸]\ufe0f?[^\S\n]*)+(?=\S)"
)
NUMBERED = re.compile(r"\s*(?:\d{1,2}[.)]\s+(?=[^\W\d]))?")
OPEN_END = re.compile(r"[^.!?:;…»)>]\s*$")
CONTINUES = re.compile(r"\s*[а-яё]")

ABBREVIATION = re.compile(
    r"(?<!\w)(?:г|гг|в|вв|р|руб|коп|тыс|млн|млрд|ул|пер|просп|пр|пл|наб|ш|д|дом|корп|к|стр|кв|оф|эт|под|обл"
    r"|респ|п|пп|ст|ч|гл|разд|прил|см|ср|т|тел|моб|доб|вн|вх|исх|им|др|проч|напр|рис|табл|мин|сек|час|дн|нед"
    r"|мес|раб|кал|шт|ок|изм|ред|соотв|след|янв|фев|мар|апр|авг|сент|окт|нояб|дек|гос|зам|пом|отд|упр|ин|эл"
    r"|инд|лиц|сч|арт|с)\.\s*$",
    re.I,
)
LOWER_OR_DIGIT = re.compile(r"\s*[а-яёa-z\d№]")
MORE_STARTS = (
    re.compile(r"[.!?…](?:</[a-z]+>|\*{1,3}|_{1,2}|~~)+\s+(?=[А-ЯЁ«\"{])"),
    re.compile(r"(?<=\d{4} г\.)\s+(?=[А-ЯЁ])|(?<=\d{4}г\.)\s+(?=[А-ЯЁ])|(?<=\d р\.)\s+(?=[А-ЯЁ])"),
    re.compile(r"(?<=[а-яё]{2}[.!?])(?=[А-ЯЁ][а-яё]*[\s,])|(?<=[а-яё]{2}[.!?]{2})(?=[А-ЯЁ][а-яё]*[\s,])"),
    re.compile(r"(?<=[а-яё]{4}[.!?])\s+(?=[а-яё])|(?<=[а-яё]{3}[!?])\s+(?=[а-яё])"),
)
BREAK = re.compile(r"(?<=;)\s+|\n\s*")
ENTITY_BEFORE = re.compile(r"&#?\w{2,10};\s*$")
FINISH = re.compile(r"[»\")]*[.!?…]+[»\")]*(?=\s)")
HIDDEN = str.maketrans("\n\r|", "   ")


@dataclass(frozen=True)
class Segment:
    kind: Kind
    text: str


def segment(text: str) -> tuple[Segment, ...]:
    """The text as segments; joined, they give it back to the byte."""
    merged: list[Segment] = []
    for kind, start, stop in _spans(text):
        if merged and kind == merged[-1].kind != "sentence":
            merged[-1] = Segment(kind, merged[-1].text + text[start:stop])
        elif start < stop:
            merged.append(Segment(kind, text[start:stop]))
    return tuple(merged)


def _spans(text: str) -> Iterator[Span]:
    """Prose and what stands between; a sentence that a statement cuts is verbatim together with the statement."""
    found = layout(text)
    shape = _shape(text, found.solids)
    tied = ties(text, found.marks)
    end = 0
    for start, stop in prose(text, found.marks):
        if end in tied.stops or start in tied.starts:
            yield "verbatim", end, start
        else:
            yield from _between(found, end, start)
        finish = _after(FINISH, text, start, stop) if start in tied.starts else start
        yield "verbatim", start, finish
        said = list(_lines(text, shape, finish, stop))
        yield from _untied(said, first=start == finish and start in tied.starts, last=stop in tied.stops)
        end = stop
    yield from _between(found, end, len(text))


def _shape(text: str, solids: Iterable[tuple[int, int]]) -> str:
    """The text with placeholders and tags that neither end a line nor a cell."""
    parts: list[str] = []
    end = 0
    for start, stop in solids:
        parts += text[end:start], text[start:stop].translate(HIDDEN)
        end = stop
    return "".join(parts) + text[end:]


def _between(found: Layout, start: int, stop: int) -> Iterator[Span]:
    for mark in found.marks:
        if start <= mark.start and mark.stop <= stop:
            yield "gap", start, mark.start
            yield "verbatim" if mark.role in ("aside", "wall") else "gap", mark.start, mark.stop
            start = mark.stop
    yield "gap", start, stop


def _untied(spans: Sequence[Span], *, first: bool, last: bool) -> Iterator[Span]:
    """The spans of one stretch of prose with its first or last sentence made verbatim."""
    said = [index for index, (kind, start, stop) in enumerate(spans) if kind != "gap" and start < stop]
    head = (said[0] if said else len(spans) - 1) if first else -1
    tail = (said[-1] if said else 0) if last else len(spans)
    for index, (kind, start, stop) in enumerate(spans):
        yield kind if head < index < tail else "verbatim", start, stop


def _lines(text: str, shape: str, start: int, stop: int) -> Iterator[Span]:
    """Lines one by one, but a line wrapped in the middle of a sentence together with the next."""
    run = end = start
    for line in LINE.finditer(shape, start, stop):
        if run < end and _is_wrapped(shape, run, end, line):
            end = line.end()
            continue
        yield from _sentences(text, run, end)
        yield "gap", end, line.start()
        run, end = line.end(), line.end()
        if QUOTED_LINE.match(line.group()):
            yield "verbatim", *line.span()
        elif RULE.match(line.group()):
            yield "gap", *line.span()
        elif TABLE_ROW.match(line.group()):
            yield from _cells(text, shape, *line.span())
        else:
            run = _after(MARKER, shape, *line.span())
            yield "gap", line.start(), run
    yield from _sentences(text, run, end)
    yield "gap", end, stop


def _is_wrapped(text: str, run: int, end: int, line: re.Match[str]) -> bool:
    last = text[run:end].rpartition("\n")[2]
    return bool(
        len(last) >= WRAPPED
        and OPEN_END.search(last)
        and CONTINUES.match(line.group())
        and text[end : line.start()] in WRAPS
    )


def _after(marker: re.Pattern[str], text: str, start: int, stop: int) -> int:
    found = marker.match(text, start, stop)
    return found.end() if found else start


def _cells(text: str, shape: str, start: int, stop: int) -> Iterator[Span]:
    for pipe in PIPE.finditer(shape, start, stop):
        yield from _sentences(text, start, pipe.start())
        yield "gap", *pipe.span()
        start = pipe.end()
    yield from _sentences(text, start, stop)


def _sentences(text: str, start: int, stop: int) -> Iterator[Span]:
    run = text[start:stop]
    facts = [fact for fact in extract(run) if fact.kind in SOLID]
    bounds = [0, *_starts(run, [(fact.start, fact.stop) for fact in facts]), len(run)]
    for left, right in pairwise(bounds):
        finish = left + len(run[left:right].rstrip())
        begin = min(_after(NUMBERED, run, left, len(run)), finish)
        inside = [fact for fact in facts if begin <= fact.start < finish]
        yield "gap", start + left, start + begin
        yield _kind(run, begin, finish, inside), start + begin, start + finish
        yield "gap", start + finish, start + right


def _kind(run: str, start: int, stop: int, facts: Sequence[Fact]) -> Kind:
    """A lone link or placeholder is verbatim; punctuation and smileys alone are a gap."""
    words = blank(run, facts)[start:stop]
    if any(character.isalnum() for character in words):
        return "sentence"
    if any(fact.kind in ALONE for fact in facts):
        return "verbatim"
    return "sentence" if any(fact.kind != "tag" for fact in facts) else "gap"


def _starts(run: str, solid: Sequence[tuple[int, int]]) -> list[int]:
    """Where sentences but the first begin."""
    found = {piece.start for piece in sentenize(run)} | {
        start.end() for rule in MORE_STARTS for start in rule.finditer(run)
    }
    starts = sorted(start for start in found if start and not any(joins(run, start, solid) for joins in JOINS))
    return sorted({*starts, *_breaks(run, starts, solid)})


def _breaks(run: str, starts: Sequence[int], solid: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Where to cut sentences that are too long to be rewritten as one."""
    for left, right in pairwise([0, *starts, len(run)]):
        if right - left > LONG:
            cuts = (cut.end() for cut in BREAK.finditer(run, left, right))
            yield from (cut for cut in cuts if not inside_fact(run, cut, solid) and not after_entity(run, cut, solid))


def inside_fact(run: str, start: int, solid: Sequence[tuple[int, int]]) -> bool:
    return any(left < start < right for left, right in solid)


def after_abbreviation(run: str, start: int, solid: Sequence[tuple[int, int]]) -> bool:
    """«доб. 123», «руб. за штуку», «ул.Ленина»."""
    before = run[max(0, start - 12) : start]
    glued = before[-1:] == "."
    return bool(ABBREVIATION.search(before) and (glued or LOWER_OR_DIGIT.match(run, start)))


def after_entity(run: str, start: int, solid: Sequence[tuple[int, int]]) -> bool:
    """The semicolon of «&nbsp;» ends nothing."""
    return ENTITY_BEFORE.search(run, max(0, start - 14), start) is not None


JOINS = (inside_fact, after_abbreviation, after_entity)
