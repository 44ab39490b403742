"""How the replies of a house begin and end: its greeting, its open door, its signature."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bylostalo.inference.branches import Mark, layout
from bylostalo.inference.facts.extract import extract
from bylostalo.inference.facts.fact import BLANK
from bylostalo.inference.frame.addressing import VOCATIVE, address, greeting_span, greets_by_name
from bylostalo.inference.frame.bank import Phrases, bank, choose
from bylostalo.inference.frame.detect import OPEN_DOOR, SENTENCE_END, has_open_door, signature_start
from bylostalo.inference.frame.layout import insert_first, insert_last, prose_start, words_start
from bylostalo.inference.frame.people import PLACEHOLDER
from bylostalo.inference.meaning.content import content
from bylostalo.inference.meaning.words import read

from .formats.splicing import Splice, spliced
from .prose import painted, solids

NAME = "{name}"
BODY = re.compile(r"[\s\S]*?<body\b[^<>]*>", re.I)
MARKS = re.compile(r"(?:\s?[!.,:…]+)?")
ENDED = re.compile(r"[!.,:…]\s*\Z")
LOWER = re.compile(r"\s*([а-яёa-z])")
GOES_ON = re.compile(rf"[^\S\n]*[а-яёa-z,{BLANK}]")
OUTER = re.compile(r"(?:\s|</(?:div|body|html|section|article|main|center|blockquote)\s*>)*\Z", re.I)
PARAGRAPH = re.compile(r"<p\b", re.I)
MACRO_DOORS = (
    "При возникновении дополнительных вопросов обращайтесь в службу поддержки.",
    "Если у вас возникли любые вопросы, обратитесь к нашим операторам.",
    "Рады помочь, всегда готовы ответить.",
)


@dataclass(frozen=True, kw_only=True)
class Ends:
    """The wordings chosen for one text; empty where the house has none. `by_name` holds `{name}`."""

    greeting: str
    by_name: str
    door: str
    signature: str


def ends_of(text: str, *, key: str, greeting: Phrases, by_name: Phrases, door: Phrases, signature: Phrases) -> Ends:
    """Of the wordings of each end the one that the text has, else the one that `key` (or the text) decides on."""

    def one(phrases: Phrases, salt: str) -> str:
        said = (phrase for phrase in phrases if _says(phrase, text))
        return next(said, choose(phrases, key or text, salt=salt)) if phrases else ""

    return Ends(
        greeting=one(greeting, "greeting"),
        by_name=one(by_name, "greeting"),
        door=one(door, "door"),
        signature=one(signature, "signature"),
    )


def _says(phrase: str, text: str) -> bool:
    """Whether the text has the phrase, with any name in the place of `{name}`, in plain text or HTML."""
    name = r"[^\n!.?]{1,60}"
    wanted = name.join(map(re.escape, signature_in(text, phrase).split(NAME)))
    return re.search(rf"(?<!\w){wanted}", text) is not None


@dataclass(frozen=True)
class Greeting:
    """`[start, stop)` of how a text begins (empty where it does not greet) and what the house says there.

    `fixed` where it cannot be said in its place: markup or a statement is in the way.
    """

    start: int
    stop: int
    wanted: str
    fixed: bool


def greeted(text: str, *, greeting: str, by_name: str) -> str:
    """The text with the greeting of the house; `by_name` holds `{name}` for the name that the text greets by."""
    found = [one for one in greetings(text, greeting=greeting, by_name=by_name) if not one.fixed]
    for one in reversed(found):
        if one.start == one.stop:
            text = text[: one.start] + insert_first(text[one.start :], one.wanted)
        else:
            text = spliced(text, [Splice(one.start, one.stop, one.wanted), *_capital(text, one)])
    return text


def greetings(text: str, *, greeting: str, by_name: str) -> list[Greeting]:
    """Where the text does not begin as the house does, in each of its branches."""
    marks = layout(text).marks
    body = BODY.match(text)
    top = _place(text, marks, body.end() if body else 0)
    openings = list(_openings(text, marks, top))
    clear = painted(_with_slots(text), [(mark.start, mark.stop) for mark in marks if mark.role != "block"])
    greeting_ones = [start for start in openings if _span(clear[start:])]
    found = [
        _greeting(text, clear[start:], start, greeting=greeting, by_name=by_name)
        for start in greeting_ones or ([top] if openings != [top] else openings)
    ]
    return [one for one in found if one.wanted and not text.startswith(one.wanted, _words(text, one.start))]


def _with_slots(text: str) -> str:
    """The text of the same length with placeholders of any syntax as those that may stand for a name."""
    slots = [(start, stop) for start, stop in layout(text).solids if text[start] != "<" and stop - start > 2]
    strange = [span for span in slots if not re.fullmatch(PLACEHOLDER, text[slice(*span)])]
    return spliced(text, [Splice(start, stop, f"{{{'x' * (stop - start - 2)}}}") for start, stop in strange])


def _words(text: str, start: int) -> int:
    return words_start(text, start + prose_start(text[start:]))


def _place(text: str, marks: Sequence[Mark], start: int) -> int:
    """Where the words or the first statement that opens branches stand: after comments and single statements."""
    start += prose_start(text[start:])
    mark = _mark_at(marks, start)
    return _place(text, marks, mark.stop) if mark and mark.role in ("aside", "single") else start


def _mark_at(marks: Sequence[Mark], start: int) -> Mark | None:
    return next((mark for mark in marks if mark.start == start), None)


def _openings(text: str, marks: Sequence[Mark], top: int) -> Iterator[int]:
    """Where the words begin on every way through the branches that open the text."""
    mark = _mark_at(marks, top)
    if mark is None or mark.role not in ("open", "branch", "else", "close"):
        yield top
    elif mark.role == "open":
        depth = 0
        for one in marks[marks.index(mark) :]:
            depth += (one.role == "open") - (one.role == "close")
            if depth == 0:
                return
            if (depth == 1 and one.role in ("branch", "else")) or one is mark:
                yield from _openings(text, marks, _place(text, marks, one.stop))


def _span(text: str) -> tuple[int, int] | None:
    """Offsets of all that greets at the beginning: «Здравствуйте, уважаемый клиент!», «Анна,»."""
    hello, whom = greeting_span(text), address(text)
    spans = [span for span in (hello, whom and (whom.start, whom.stop)) if span]
    if not spans and greets_by_name(text):
        spans = [found.span() for found in [VOCATIVE.match(text, _words(text, 0))] if found]
    if not spans:
        return None
    start, stop = min(start for start, _ in spans), max(stop for _, stop in spans)
    marks = MARKS.match(text, stop)
    said = text[start : marks.end() if marks else stop]
    return start, start + len(said.rstrip())


def _greeting(text: str, rest: str, start: int, *, greeting: str, by_name: str) -> Greeting:
    """`rest` is the clear text from `start` on."""
    span, named = _span(rest), greets_by_name(rest)
    at = start + rest.index(named) if named else 0
    name = text[at : at + len(named)] if named else ""
    wanted = by_name.replace(NAME, name) if name else greeting
    if span is None or (not name and _is_half_said(rest, span)):
        return Greeting(start, start, wanted, fixed=False)
    said = rest[slice(*span)]
    stop = start + span[1]
    left = said.replace(named, "") if named else said
    fixed = any(piece != name for piece in _pieces(text, start + span[0], stop)) or "*" in left or "_" in left
    return Greeting(start + span[0], stop, wanted, fixed or not _is_whole(text, rest, span))


def _is_whole(text: str, rest: str, span: tuple[int, int]) -> bool:
    """Whether nothing that belongs to the greeting follows it: neither a placeholder behind its comma nor a branch."""
    said, following = rest[slice(*span)], len(text) - len(rest[span[1] :].lstrip(" "))
    if said.endswith(","):
        return not any(start == following for start, _ in layout(text).solids)
    return bool(ENDED.search(said)) or not GOES_ON.match(rest, span[1])


def _is_half_said(rest: str, span: tuple[int, int]) -> bool:
    """«Рады приветствовать вас в нашем магазине»: the greeting is no sentence of its own."""
    return not ENDED.search(rest[: span[1]]) and re.match(r"[^\S\n]*[а-яё]", rest[span[1] :]) is not None


def _pieces(text: str, start: int, stop: int) -> list[str]:
    return [text[left:right] for left, right in solids(text) if left < stop and right > start]


def _capital(text: str, one: Greeting) -> Iterator[Splice]:
    """What follows a greeting that ends its sentence begins a new one."""
    following = LOWER.match(text, one.stop)
    if following and one.wanted.endswith((".", "!", "?", "…")):
        yield Splice(*following.span(1), following[1].upper())


def closed(text: str, door: str) -> str:
    """The text with the door of the house before its signature, in place of another one that holds no fact; a text
    that asks the customer, or says where to turn, has its door."""
    if not door or door in text:
        return text
    clear = _clear(text)
    start = signature_start(clear)
    stop = len(text) if start is None else start
    if other := _last_door(clear[:stop]):
        left, right = other
        return text[:left] + door + text[right:]
    return text if has_open_door(text) else insert_last(text, stop, door)


def _last_door(body: str) -> tuple[int, int] | None:
    """Offsets of the last sentence where it is an open door that says nothing else."""
    stop = len(body.rstrip())
    starts = [found.end() for found in SENTENCE_END.finditer(body, 0, stop)]
    left = max([0, *(start for start in starts if start < stop)])
    return (left, stop) if _is_mere_door(body[left:stop]) else None


def _is_mere_door(sentence: str) -> bool:
    """«Если остались вопросы, обращайтесь»; but not «Напишите, какой цвет вам нужен», nor one with a number to call."""
    if "?" in sentence or BLANK in sentence or not OPEN_DOOR.search(sentence) or any(extract(sentence)):
        return False
    return {word.lemma for word in content(read(sentence))} <= _door_words()


@cache
def _door_words() -> frozenset[str]:
    """The words of all doors of the bank, and of those that macros have."""
    phrases = [phrase for phrases in bank().doors.values() for phrase in phrases]
    return frozenset(word.lemma for word in content(read(" ".join((*phrases, *MACRO_DOORS)))))


def signature_in(text: str, signature: str) -> str:
    """The signature as the text would say it: with tags for line breaks in HTML."""
    return signature.replace("\n", "<br>") if _is_html(text) else signature


def signed(text: str, signature: str) -> str:
    """The text with the signature at its end, in place of another one unless that holds what may not be lost."""
    said = signature_in(text, signature)
    if said in text:
        return text
    start = _signature_start(text)
    if start is None:
        return _added(text, said)
    stop = len(_clear(text).rstrip())
    if Counter(_pieces(text, start, stop)) - Counter(_pieces(said, 0, len(said))):
        return text
    return text[:start] + said + text[stop:]


def _is_html(text: str) -> bool:
    return any(mark.role == "block" for mark in layout(text).marks)


def _clear(text: str) -> str:
    """The text of the same length with statements and block tags as line ends, other tags as spaces."""
    found = layout(text)
    spans = [(mark.start, mark.stop, "\n") for mark in found.marks]
    spans += [(start, stop, " ") for start, stop in found.solids if text[start] == "<"]
    return spliced(text, [Splice(start, stop, sign * (stop - start)) for start, stop, sign in spans])


def _signature_start(text: str) -> int | None:
    return signature_start(_clear(text))


def _added(text: str, said: str) -> str:
    end = OUTER.search(text)
    stop = end.start() if end and _is_html(text) else len(text.rstrip())
    if not _is_html(text):
        return f"{text[:stop]}\n\n{said}{text[stop:]}"
    added = f"<p>{said}</p>" if PARAGRAPH.search(text) else f"<br><br>{said}"
    return f"{text[:stop]}{added}{text[stop:]}"
