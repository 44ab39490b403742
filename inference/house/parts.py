"""A reply taken apart: its sentences, its signature, the name it calls the customer by."""

import re
from dataclasses import dataclass

from bylostalo.inference.frame.addressing import greets_by_name
from bylostalo.inference.frame.detect import has_open_door, signature_start
from bylostalo.inference.plan import STAYS, without_address
from bylostalo.inference.segments import segment
from bylostalo.inference.templates.ends import NAME
from bylostalo.inference.templates.rules import Rules

PERSON = re.compile(r"\[ИМЯ_\d+\]")
LAST_LINE = re.compile(r"\n(?P<line>[^\n]{2,60})\s*$")


@dataclass(frozen=True)
class Parts:
    """`sentences` are all but the signature, in order."""

    sentences: tuple[str, ...]
    signature: str
    name: str | None


def parts_of(reply: str) -> Parts:
    text = without_address(reply)
    stop = signature_place(text)
    said = tuple(piece.text for piece in segment(text[:stop]) if piece.kind == "sentence")
    return Parts(said, text[stop:].strip(), greets_by_name(text))


def signature_place(text: str) -> int:
    """Where the signature begins, known by its words or a short last line that ends no sentence; else the end."""
    start = signature_start(text)
    last = LAST_LINE.search(text)
    if start is None and last and last["line"].rstrip()[-1] not in ".!?…:;":
        start = last.start("line")
    return len(text) if start is None else start


def wording(sentence: str, name: str | None) -> str:
    """A phrase of the frame with `{name}` in the place of the customer's name."""
    said = PERSON.sub(NAME, sentence)
    return said.replace(name, NAME) if name else said


def to_be_said(draft: str) -> list[str]:
    """The sentences of a draft that say something of the matter: no greeting, no open door, no signature."""
    return [one for one in parts_of(draft).sentences if not any(frames(one) for frames in (*STAYS, has_open_door))]


def said(reply: str, house: Rules) -> list[str]:
    """The sentences of a reply that are no phrase of its house."""
    parts, own = parts_of(reply), set(house.wordings)
    return [one for one in parts.sentences if wording(one, parts.name) not in own]
