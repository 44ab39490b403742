"""Phrases found in any of their forms: «денежными средствами» is «денежные средства»."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from .formats.splicing import Splice, spliced
from .forms import WORD, in_form_of, lemmas
from .prose import Span, painted, prose_of


@cache
def wanted(phrase: str) -> tuple[frozenset[str], ...]:
    return tuple(lemmas(match.group()) for match in WORD.finditer(phrase))


def occurrences(phrase: str, text: str) -> Iterator[Span]:
    """Where the words of the phrase stand side by side, each in any form; none overlap."""
    parts = wanted(phrase)
    words = list(WORD.finditer(text))
    end = 0
    for first in range(len(words) - len(parts) + 1 if parts else 0):
        run = words[first : first + len(parts)]
        beside = all(text[left.end() : right.start()].isspace() for left, right in pairwise(run))
        said = beside and all(part & lemmas(word.group()) for part, word in zip(parts, run, strict=True))
        if said and run[0].start() >= end:
            end = run[-1].end()
            yield run[0].start(), end


def holds(phrase: str, text: str) -> bool:
    """Whether the prose of a text says the phrase."""
    return any(True for _ in occurrences(phrase, prose_of(text)))


def without(phrases: Sequence[str], text: str) -> str:
    """The prose of a text of the same length with the phrases painted over."""
    prose = prose_of(text)
    return painted(prose, [span for phrase in phrases for span in occurrences(phrase, prose)])


def replaced(terms: Mapping[str, str], text: str, *, keep: Sequence[str]) -> str:
    """The text with terms replaced, the longer ones first, in the form in which they stood.

    What is kept, what is said already, and what would not agree with its neighbours stays.
    """
    for term in sorted(terms, key=len, reverse=True):
        prose = without([*keep, terms[term]], text)
        splices = (_said(term, terms[term], prose, span) for span in occurrences(term, prose))
        text = spliced(text, filter(None, splices))
    return text


def _said(term: str, other: str, prose: str, span: Span) -> Splice | None:
    start, stop = span
    found = prose[start:stop]
    said = in_form_of(other, found, term, before=prose[:start], after=prose[stop:])
    if said is None:
        return None
    if found.isupper() and len(found) > 1 and not term.isupper():
        said = said.upper()
    elif found[0].isupper() and not term[0].isupper():
        said = said[:1].upper() + said[1:]
    return Splice(start, stop, said)
