"""Officialese mended in place where grammar makes it sure: for the sentences that the model leaves as they are."""

from bylostalo.inference.canonical import with_small_you

from .cases import with_causes, with_other_prepositions
from .conditions import with_conditions
from .doers import with_doers
from .faceless import without_faceless
from .hollow import without_hollow_nouns
from .obligations import without_obligations
from .openings import without_opening
from .phrases import joined, money, otherwise_worded, pointed, reworded, should, terms
from .possibilities import with_possibilities
from .purposes import with_purposes
from .requests import with_requests
from .states import without_states
from .verbs import without_absence, without_amounting, without_being, without_shells
from .waiting import with_patience

EDITS = (
    without_opening,
    joined,
    terms,
    reworded,
    money,
    pointed,
    otherwise_worded,
    should,
    without_hollow_nouns,
    with_purposes,
    without_states,
    with_conditions,
    with_other_prepositions,
    with_causes,
    without_being,
    without_amounting,
    without_absence,
    with_doers,
    without_faceless,
    without_obligations,
    with_possibilities,
    without_shells,
    with_requests,
    with_patience,
)


def mended(sentence: str) -> str:
    """The sentence with plain words for officialese; as it was where there is none, or no sure way to say it."""
    plain = sentence
    for edit in EDITS:
        plain = edit(plain)
    return sentence if plain == sentence else with_small_you(mended(plain))
