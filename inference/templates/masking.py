"""Template code out of the way of HTML and Markdown parsers: one private character for each piece."""

import re
from dataclasses import dataclass
from typing import Literal

from bylostalo.inference.branches import ASIDE, FENCE, STATEMENT, UNTOUCHED
from bylostalo.inference.facts.markup import ENTITY, PLACEHOLDER

Kind = Literal["part", "entity", "placeholder"]

FIRST = 0xF0000
PIECE = re.compile(
    rf"(?P<part>{FENCE}|{UNTOUCHED}|{ASIDE}|{STATEMENT})|(?P<placeholder>{PLACEHOLDER})|(?P<entity>{ENTITY})", re.M
)
PRIVATE = re.compile("[\U000f0000-\U000ffffd]")


@dataclass(frozen=True)
class Piece:
    """A placeholder, an entity, or a `part`: a statement, comment or code, which parts what stands around it."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Masked:
    """`text` with the character chr(FIRST + i) in place of pieces[i]."""

    text: str
    pieces: tuple[Piece, ...]

    def piece(self, character: str) -> Piece | None:
        index = ord(character) - FIRST
        return self.pieces[index] if 0 <= index < len(self.pieces) else None

    def unmasked(self, text: str) -> str:
        return PRIVATE.sub(lambda found: piece.text if (piece := self.piece(found.group())) else "", text)


def mask(text: str) -> Masked:
    """What begins first takes what it encloses. Private characters of the text itself go."""
    pieces: list[Piece] = []

    def hide(found: re.Match[str]) -> str:
        kind: Kind = "part" if found["part"] else "placeholder" if found["placeholder"] else "entity"
        pieces.append(Piece(kind, found.group()))
        return chr(FIRST + len(pieces) - 1)

    return Masked(PIECE.sub(hide, PRIVATE.sub("", text)), tuple(pieces))
