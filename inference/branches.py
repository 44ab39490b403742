"""Block statements of template engines, and which prose they join into one sentence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from .facts.markup import ATTRIBUTES, PLACEHOLDER, TAG

Role = Literal["open", "branch", "else", "close", "single", "aside", "block", "wall"]
Loose = frozenset[tuple[int, bool]]
"""Where prose ended that may be read right before the place in question, and whether its line ended since."""

BLOCK_NAME = (
    r"(?:p|br|div|ul|ol|li|dl|dt|dd|h[1-6]|table|caption|colgroup|col|thead|tbody|tfoot|tr|td|th|hr|blockquote|section"
    r"|article|main|nav|aside|figure|figcaption|address|header|footer|html|body|head|title|meta|link|center)"
)
FENCE = r"^[ \t]*(?P<fence>```|~~~)[^\n]*\n(?:.*\n)*?[ \t]*(?P=fence)[ \t]*$"
UNTOUCHED = r"(?i:<(?P<element>pre|style|script)\b[^>]*>[\s\S]*?</(?P=element)>)|<[!?][A-Za-z\[][^>]*>"
REFERENCE = r"^\[[^\]\n]+\]:[ \t]+<?(?:https?:|mailto:|[/#]|\{\{)\S*.*$"
ASIDE = (
    r"<!--[\s\S]*?-->|\{#(?:(?!#\})[\s\S])*#\}|\{\{~?!--[\s\S]*?--~?\}\}|\{\{~?![^{}]*\}\}"
    r"|\{%[-+~]?\s*(?P<raw>comment|raw|verbatim)\b[^%]*%\}[\s\S]*?\{%[-+~]?\s*end(?P=raw)\b[^%]*%\}"
    r"|\{{4}(?P<stache>[\w-]+)[^{}]*\}{4}[\s\S]*?\{{4}/(?P=stache)\}{4}"
)
STATEMENT = r"\{%(?:(?!%\}|\{%)[\s\S])*%\}|\{\{~?(?:[#/^]|else\b)[^{}]*\}\}|<%(?!=)(?:(?!%>)[\s\S])*%>"
MARK = re.compile(
    rf"(?P<wall>{FENCE}|{UNTOUCHED}|{REFERENCE})|(?P<aside>{ASIDE})|(?P<statement>{STATEMENT})"
    rf"|(?P<block>(?i:</?{BLOCK_NAME}\b{ATTRIBUTES}>))|(?P<solid>{PLACEHOLDER}|{TAG})",
    re.M,
)

NAME = re.compile(r"(?:\{%[-+~]?|<%-?|\{\{~?)\s*(?P<sign>[#/^]?)[>*]?\s*(?P<name>\w*)")
END_NAME = re.compile(r"\{%[-+~]?\s*end(\w+)")
BRANCHES = ("elif", "elsif", "elseif", "when", "plural")
ELSE = ("else", "empty")
ASSIGNED = re.compile(r"\{%[-+~]?\s*set\b[^=]*=")
SCRIPT_OPENS = re.compile(r"<%-?\s*(?:if|unless|case|for|while)\b|\bdo\s*(?:\|[^|]*\|)?\s*-?%>")

ENDED = re.compile(r"[.!?…](?:</\w+>|&\w+;|[^\w,;:({}\[«<])*$")
ENDED_LINE = re.compile(r"[.!?…:;](?:</\w+>|&\w+;|[^\w,({}\[«<])*$")
ABBREVIATED = re.compile(
    r"(?<!\w)(?:[А-ЯЁ]|г|гг|руб|коп|тыс|млн|млрд|ул|пер|просп|пр|пл|д|дом|корп|к|стр|кв|оф|п|пп|ст|ч|см|т|тел|доб|им"
    r"|мин|сек|час|дн|шт)\.\s*$"
)
CONTINUES = re.compile(r"(?:<[^<>]*>|&\w+;|[*_~«\"(\[\s])*(?:[а-яёa-z]|[,.;:!?…)»%](?!\w))")
TAIL = 60


@dataclass(frozen=True)
class Mark:
    """`text[start:stop]` is no prose: a statement by its role, a comment or raw passage (`aside`), a block tag, or a
    passage that stands alone like code (`wall`)."""

    role: Role
    start: int
    stop: int


@dataclass
class _Frame:
    """A statement still open: what may be read before its branches, and what its branches end with."""

    entry: Loose
    exits: Loose = frozenset()
    exhaustive: bool = False


@dataclass(frozen=True)
class Layout:
    """`marks` of a text and the `[start, stop)` of `solids` (placeholders, inline tags), in order."""

    marks: tuple[Mark, ...]
    solids: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Ties:
    """Where prose stops and where it starts in the middle of a sentence that a statement cuts."""

    stops: set[int] = field(default_factory=set)
    starts: set[int] = field(default_factory=set)


def layout(text: str) -> Layout:
    """What of the text is not prose; what begins first takes what it encloses."""
    ended = frozenset(END_NAME.findall(text))
    marks, solids = [], []
    for found in MARK.finditer(text):
        if found["solid"] is not None:
            solids.append(found.span())
        else:
            marks.append(Mark(_role(found, ended), *found.span()))
    return Layout(tuple(marks), tuple(solids))


def _role(found: re.Match[str], ended: frozenset[str]) -> Role:
    if found["statement"] is not None:
        return _statement_role(found["statement"], ended)
    if found["aside"] is not None:
        return "aside"
    return "wall" if found["wall"] is not None else "block"


def _statement_role(statement: str, ended: frozenset[str]) -> Role:
    named = NAME.match(statement)
    sign, name = (named["sign"], named["name"]) if named else ("", "")
    if sign == "/" or name.startswith("end"):
        return "close"
    if name in BRANCHES or re.match(r"\{\{~?else\s+\w", statement):
        return "branch"
    if name in ELSE or (sign == "^" and not name):
        return "else"
    opens = sign or (name in ended and not ASSIGNED.match(statement)) or SCRIPT_OPENS.search(statement)
    return "open" if opens else "single"


def prose(text: str, marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """The `[start, stop)` of what stands between the marks, without white space around it."""
    bounds = [0, *(bound for mark in marks for bound in (mark.start, mark.stop)), len(text)]
    for start, stop in zip(bounds[::2], bounds[1::2], strict=True):
        stripped = text[start:stop].strip()
        if stripped:
            begin = text.index(stripped, start)
            yield begin, begin + len(stripped)


def ties(text: str, marks: Sequence[Mark]) -> Ties:
    """Follows every way through the branches: prose that no sentence end parts from what follows it is tied to it."""
    found = Ties()
    frames: list[_Frame] = []
    loose: Loose = frozenset()
    place = 0
    for mark in (*marks, Mark("wall", len(text), len(text))):
        between = text[place : mark.start]
        said = between.strip()
        if said:
            start = text.index(said, place)
            stop = start + len(said)
            for end, line_ended in _over(text[place:start], loose):
                if not _parted(text[max(0, end - TAIL) : end], text[start:stop], line_ended=line_ended):
                    found.stops.add(end)
                    found.starts.add(start)
            loose, between = frozenset({(stop, False)}), text[stop : mark.start]
        loose = _through(mark.role, _over(between, loose), frames)
        place = mark.stop
    return found


def _over(space: str, loose: Loose) -> Loose:
    """What is still loose after white space: nothing after a blank line."""
    lines = space.count("\n")
    if lines > 1:
        return frozenset()
    return frozenset((end, True) for end, _ in loose) if lines else loose


def _through(role: Role, loose: Loose, frames: list[_Frame]) -> Loose:
    if role in ("block", "wall"):
        return frozenset()
    if role == "open":
        frames.append(_Frame(loose))
    elif role in ("branch", "else") and frames:
        frames[-1].exits |= loose
        frames[-1].exhaustive |= role == "else"
        return frames[-1].entry
    elif role == "close" and frames:
        frame = frames.pop()
        return loose | frame.exits | (frozenset() if frame.exhaustive else frame.entry)
    return loose


def _parted(before: str, after: str, *, line_ended: bool) -> bool:
    if line_ended:
        return ENDED_LINE.search(before) is not None or not CONTINUES.match(after)
    return ENDED.search(before) is not None and not ABBREVIATED.search(before) and not CONTINUES.match(after)
