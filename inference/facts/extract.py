"""All facts of a text: numbers, dates, contacts, names, markup."""

from .clauses import clauses, laws
from .contacts import emails, files, phones, urls
from .dates import dates
from .fact import Fact, Finder, blank
from .ids import figures, masks, mixed, numbered
from .markup import commands, emoji, html_tags, links, markdown_tags, placeholders, urls_with_holes
from .names import abbreviations, proper_names
from .numbers import numbers, ranges
from .quoted import latin, quoted, straight_quoted
from .spelled import compounds, lone_units, spelled
from .times import times

FINDERS: tuple[Finder, ...] = (
    commands,
    links,
    html_tags,
    quoted,
    urls_with_holes,
    placeholders,
    masks,
    markdown_tags,
    straight_quoted,
    emails,
    urls,
    files,
    phones,
    laws,
    clauses,
    dates,
    times,
    numbered,
    ranges,
    mixed,
    figures,
    numbers,
    lone_units,
    compounds,
    spelled,
    latin,
    proper_names,
    abbreviations,
    emoji,
)
"""In this order: what an earlier finder takes, the later ones do not see."""


def extract(text: str) -> tuple[Fact, ...]:
    """The facts of the text in order; no two overlap."""
    found: list[Fact] = []
    rest = text
    for find in FINDERS:
        new = list(find(rest))
        if new:
            found += new
            rest = blank(rest, new)
    return tuple(sorted(found, key=lambda fact: fact.start))
