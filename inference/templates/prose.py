"""What of a template is prose, and what nobody may touch: placeholders, statements, tags, links, code."""

from collections.abc import Iterable
from functools import lru_cache

from bylostalo.inference.branches import layout
from bylostalo.inference.facts.contacts import emails, urls
from bylostalo.inference.facts.fact import BLANK
from bylostalo.inference.facts.markup import commands, html_tags, links, urls_with_holes

Span = tuple[int, int]
FINDERS = (commands, links, html_tags, urls_with_holes, urls, emails)


@lru_cache(maxsize=1000)
def solids(text: str) -> tuple[Span, ...]:
    """The `[start, stop)` of everything that is no prose; some may overlap."""
    found = layout(text)
    marks = ((mark.start, mark.stop) for mark in found.marks)
    facts = ((fact.start, fact.stop) for find in FINDERS for fact in find(text))
    return tuple(sorted({*marks, *found.solids, *facts}))


def painted(text: str, spans: Iterable[Span]) -> str:
    """The text of the same length with the spans painted over."""
    pieces: list[str] = []
    end = 0
    for start, stop in sorted(spans):
        if stop > end:
            pieces += text[end : max(start, end)], BLANK * (stop - max(start, end))
            end = stop
    return "".join([*pieces, text[end:]])


def prose_of(text: str) -> str:
    """The text of the same length with its prose alone."""
    return painted(text, solids(text))
