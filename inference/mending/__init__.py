"""Officialese mended in place where grammar makes it sure: for the sentences that the model leaves as they are."""

from .cases import with_other_prepositions
from .doers import with_doers
from .openings import without_opening
from .phrases import joined, money, otherwise_worded, pointed, reworded, terms
from .verbs import without_absence, without_being, without_shells

EDITS = (
    without_opening,
    joined,
    terms,
    reworded,
    money,
    pointed,
    otherwise_worded,
    with_other_prepositions,
    without_shells,
    without_being,
    without_absence,
    with_doers,
)


def mended(sentence: str) -> str:
    """The sentence with plain words for officialese; as it was where there is none, or no sure way to say it."""
    for edit in EDITS:
        sentence = edit(sentence)
    return sentence
