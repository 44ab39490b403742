"""Spans of a reply as a person would quote them: whole, short, each once."""

import re
from collections.abc import Iterator, Sequence

from bylostalo.inference.meaning.deeds import PREPOSITIONS
from bylostalo.inference.results import Span

LONGEST = 8
BETWEEN = re.compile(r"[^\w.!?\n]*(?:\w{1,3}[^\w.!?\n]*)?")
INSIDE = re.compile(r"[\w-]")
TAG = re.compile(r"</?\w[^<>]*>")
EDGES = " \t\r\n.,;:!?…-–—*_#>|/\\\"'"
OPENING = frozenset({"и", "а", "но", "или", "да", "что", "чтобы", "также", "же"})
CLOSING = OPENING | PREPOSITIONS


def phrases(reply: str, spans: Sequence[Span]) -> tuple[str, ...]:
    """What stands in the spans, in order: neighbours joined, words whole, loose ends cut."""
    found: dict[str, str] = {}
    for start, stop in joined(reply, spans):
        said = quoted(reply[start:stop])
        if said:
            found.setdefault(said.casefold(), said)
    return tuple(found.values())


def joined(reply: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans in order; those that only marks or one short word of the same sentence part are one."""
    run: Span | None = None
    for start, stop in sorted(whole(reply, span) for span in spans):
        if run and (start <= run[1] or BETWEEN.fullmatch(reply, run[1], start)):
            run = run[0], max(run[1], stop)
            continue
        if run:
            yield run
        run = start, stop
    if run:
        yield run


def whole(reply: str, span: Span) -> Span:
    """The span widened to whole words."""
    start, stop = span
    while 0 < start < stop and INSIDE.match(reply[start]) and INSIDE.match(reply[start - 1]):
        start -= 1
    while start < stop < len(reply) and INSIDE.match(reply[stop - 1]) and INSIDE.match(reply[stop]):
        stop += 1
    return start, stop


def quoted(text: str) -> str:
    """The text without tags, loose marks and conjunctions at its ends, cut after its first words."""
    words = TAG.sub(" ", text).strip(EDGES).split()
    while len(words) > 1 and words[0].lower() in OPENING:
        words = words[1:]
    while len(words) > 1 and words[-1].strip(EDGES).lower() in CLOSING:
        words = words[:-1]
    said = balanced(" ".join(words[:LONGEST]).strip(EDGES))
    return f"{said}…" if len(words) > LONGEST else said


def balanced(said: str) -> str:
    """The text without a bracket or quotation mark that has lost its pair at an end; «ООО «Парк» gets it back."""
    for opening, closing in ("«»", "()"):
        if said.count(opening) > said.count(closing):
            said = said[1:] if said.startswith(opening) else said + closing
        elif said.count(closing) > said.count(opening):
            said = said.removesuffix(closing)
    return said
