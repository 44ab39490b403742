"""Names in quotation marks and names in Latin letters."""

import re
from collections.abc import Iterator

from .fact import Fact, fact, finder, fold, only_with, outside
from .markup import PLACEHOLDER

TYPOGRAPHIC = (
    outside(PLACEHOLDER, r"«(?:[^«»\0\n]|«[^«»\0\n]{1,100}»){1,200}»"),
    outside(PLACEHOLDER, r"“[^“”\0\n]{1,200}”|„[^„“”\0\n]{1,200}[“”]"),
)
STRAIGHT = re.compile(r"(?<![\w\"])\"(?=[^\s\"])[^\"\0\n]{1,200}(?<=[^\s\"])\"(?![\w\"])")
LATIN_WORD = r"[A-Za-z][A-Za-z\d]*(?:['’.+&_-][A-Za-z\d]+)*[+#]*"
LATIN = re.compile(rf"(?<![\w\0]){LATIN_WORD}(?:[^\S\n]{LATIN_WORD})*(?![^\W\d_])")


def _inside(match: re.Match[str]) -> str:
    return " ".join(match.group()[1:-1].split())


quoted = only_with("[«“„]")(finder("quoted", *TYPOGRAPHIC, canon=_inside))
straight_quoted = only_with('"')(finder("quoted", STRAIGHT, canon=_inside))


@only_with("[A-Za-z]{2}")
def latin(text: str) -> Iterator[Fact]:
    """A run of Latin words with two letters at least."""
    for match in LATIN.finditer(text):
        if sum(letter.isalpha() for letter in match.group()) > 1:
            yield fact("latin", match, fold(match.group()))
