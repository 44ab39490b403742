"""Files of prose, and the templates in them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from .decoding import Decoded
from .fitting import Fit
from .notes import NAMES, Notes
from .splicing import Splice, spliced

FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
RULE = re.compile(r"^(?:-{3,}|={3,})[ \t]*\r?(?:\n|\Z)", re.M)
BLANK_LINES = re.compile(r"\n(?:[ \t]*\r?\n)+")
AFTER = NAMES[0]


@dataclass(frozen=True)
class Passage:
    """A template at `[start, stop)` of a text."""

    key: str
    start: int
    stop: int


@dataclass(frozen=True)
class Page:
    """A file, its relative path, and the templates in it; `tight` where a blank line would end a template."""

    name: str
    source: Decoded
    passages: tuple[Passage, ...]
    tight: bool = False

    def fit(self, text: str) -> Fit:
        return self.source.fit(BLANK_LINES.sub("\n", text) if self.tight else text)

    def replaced(self, texts: Mapping[str, str]) -> bytes:
        splices = (
            Splice(passage.start, passage.stop, _line_ends(texts[passage.key], self.source.line_end))
            for passage in self.passages
            if passage.key in texts
        )
        return self.source.encoded(spliced(self.source.text, splices))

    def report(self, notes: Mapping[str, Notes]) -> bytes:
        """What was found in each template, as UTF-8."""
        found = [(passage.key, notes[passage.key]) for passage in self.passages if passage.key in notes]
        return "\n".join(f"{key}\n{_listed(note)}" for key, note in found).encode()

    def rewritten(self, notes: Mapping[str, Notes]) -> bytes:
        keys = (passage.key for passage in self.passages)
        return self.replaced({key: notes[key][AFTER] for key in keys if key in notes})


def _line_ends(text: str, line_end: str) -> str:
    return re.sub(r"(?<!\r)\n", line_end, text)


def _listed(note: Notes) -> str:
    return "".join(f"{name}: {value}\n" for name, value in note.items() if value and name != AFTER)


def whole(text: str, key: str) -> Iterator[Passage]:
    """All of it but the front matter."""
    front = FRONT_MATTER.match(text)
    yield from _stripped(text, front.end() if front else 0, len(text), key)


def is_tight(text: str) -> bool:
    return not RULE.search(text)


def parts(text: str, name: str) -> Iterator[Passage]:
    rule = BLANK_LINES if is_tight(text) else RULE
    cuts = [0, *(bound for cut in rule.finditer(text) for bound in cut.span()), len(text)]
    pieces = (_stripped(text, start, stop, "") for start, stop in zip(cuts[::2], cuts[1::2], strict=True))
    for number, piece in enumerate(chain.from_iterable(pieces), 1):
        yield replace(piece, key=f"{name}#{number}")


def _stripped(text: str, start: int, stop: int, key: str) -> Iterator[Passage]:
    """The piece without the white space around it, if anything is left."""
    piece = text[start:stop]
    if piece.strip():
        yield Passage(key, start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))
