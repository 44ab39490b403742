"""JSON as a tree of places, and strings in the style of a file."""

import json
import re
from dataclasses import dataclass

from .fitting import holds
from .splicing import Splice
from .tree import Node

SPACE = re.compile(r"[ \t\r\n]*")
DECODER = json.JSONDecoder()
ESCAPES = {
    "/": r"\/",
    "<": r"\u003c",
    ">": r"\u003e",
    "&": r"\u0026",
    "'": r"\u0027",
    "\u2028": r"\u2028",
    "\u2029": r"\u2029",
}
"""Characters that some writers escape without need."""


def parse(text: str, start: int = 0, stop: int | None = None) -> Node:
    """The one value in `text[start:stop]`. Raises `ValueError`, `RecursionError`."""
    stop = len(text) if stop is None else stop
    node = _value(text, _skip(text, start))
    if node.stop > stop or _skip(text, node.stop) < stop:
        raise json.JSONDecodeError("Extra data", text, min(node.stop, stop))
    return node


def _skip(text: str, at: int) -> int:
    found = SPACE.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int) -> Node:
    match text[at : at + 1]:
        case '"':
            return _string(text, at)
        case "{":
            return _object(text, at)
        case "[":
            return _array(text, at)
    return Node(at, DECODER.raw_decode(text, at)[1])


def _string(text: str, at: int) -> Node:
    if text[at : at + 1] != '"':
        raise json.JSONDecodeError("Expecting property name", text, at)
    value, stop = DECODER.raw_decode(text, at)
    return Node(at, stop, text=value)


def _object(text: str, start: int) -> Node:
    members: list[tuple[Node, Node]] = []
    at = _skip(text, start + 1)
    while text[at : at + 1] != "}" or members:
        key = _string(text, at)
        value = _value(text, _skip(text, _expected(":", text, _skip(text, key.stop))))
        members.append((key, value))
        at = _skip(text, value.stop)
        if text[at : at + 1] == "}":
            break
        at = _skip(text, _expected(",", text, at))
    return Node(start, at + 1, members=tuple(members))


def _array(text: str, start: int) -> Node:
    items: list[Node] = []
    at = _skip(text, start + 1)
    while text[at : at + 1] != "]" or items:
        items.append(_value(text, at))
        at = _skip(text, items[-1].stop)
        if text[at : at + 1] == "]":
            break
        at = _skip(text, _expected(",", text, at))
    return Node(start, at + 1, items=tuple(items))


def _expected(mark: str, text: str, at: int) -> int:
    if text[at : at + 1] != mark:
        raise json.JSONDecodeError(f"Expecting '{mark}' delimiter", text, at)
    return at + 1


@dataclass(frozen=True)
class Style:
    """How a file writes its strings."""

    ascii_only: bool
    escapes: tuple[tuple[str, str], ...]
    encoding: str

    def written(self, value: str) -> str:
        literal = json.dumps(value, ensure_ascii=self.ascii_only or not holds(self.encoding, value))
        for character, escape in self.escapes:
            literal = literal.replace(character, escape)
        return literal


def style_of(text: str, encoding: str) -> Style:
    lowered = text.lower()
    return Style(text.isascii(), tuple(pair for pair in ESCAPES.items() if pair[1] in lowered), encoding)


def member_added(text: str, owner: Node, name: str, value: str, style: Style) -> Splice:
    """A new last member of an object that has some already, spaced as its last one is."""
    key, last = owner.members[-1]
    before = owner.members[-2][1].stop if len(owner.members) > 1 else owner.start + 1
    space = text[before : key.start].rpartition(",")[2]
    colon = text[key.stop : last.start]
    if len(owner.members) == 1 and not space and colon.endswith(" "):
        space = " "
    return Splice(last.stop, last.stop, f",{space}{style.written(name)}{colon}{style.written(value)}")
