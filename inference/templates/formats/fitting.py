"""Texts as an encoding can hold them."""

import unicodedata
from dataclasses import dataclass

PLAIN = {
    "₽": "руб.",
    "\u2009": " ",
    "\u200a": " ",
    "\u202f": "\u00a0",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "–",
    "\u2212": "-",
    "→": "->",
    "←": "<-",
    "≤": "<=",
    "≥": ">=",
    "≠": "не равно",
    "≈": "около",
    "×": "x",
    "÷": ":",
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
    "″": '"',
    "′": "'",
    "✓": "+",
    "✔": "+",
    "●": "•",
    "▪": "•",
    "◦": "•",
}
"""What a character is called without it."""


@dataclass(frozen=True)
class Fit:
    """A text that can be written, and a line about what had to be left out (empty if nothing)."""

    text: str
    remark: str = ""


def fitted(text: str, encoding: str) -> Fit:
    """Characters that `encoding` does not hold become plainer ones, or go if there are none; never «?»."""
    if holds(encoding, text):
        return Fit(text)
    pieces = [(character, _plainer(character, encoding)) for character in text]
    gone = "".join(dict.fromkeys(character for character, piece in pieces if not piece))
    return Fit("".join(piece for _, piece in pieces), f"нет в кодировке {encoding}: {_named(gone)}" if gone else "")


def holds(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _plainer(character: str, encoding: str) -> str:
    for form in (character, PLAIN.get(character, ""), unicodedata.normalize("NFKC", character)):
        if form and holds(encoding, form):
            return form
    return ""


def _named(characters: str) -> str:
    """The code points, since the characters themselves cannot be shown."""
    return ", ".join(f"U+{ord(character):04X}" for character in characters)
