"""A clean sentence made bureaucratic: some of all the changes it allows, at random."""

import re
from collections.abc import Iterator
from random import Random

from . import cliche, nominal, passive, voice
from .change import Change, Spoilt, apart, apply
from .words import words

FAMILIES = (*cliche.FAMILY, *nominal.FAMILY, *passive.FAMILY, *voice.FAMILY)
MOST = 3
QUOTED = re.compile(r'«[^»]*»|"[^"]*"|\([^)]*\)')
CAPITAL_YOU = 0.5


def possible(text: str, rng: Random) -> list[Change]:
    """Every change that some family can make of the sentence."""
    found = words(text)
    quoted = [match.span() for match in QUOTED.finditer(text)]
    changes = (change for family in FAMILIES for change in family(found, rng)) if found else ()
    return [change for change in changes if _is_prose(text, change, quoted)]


def _is_prose(text: str, change: Change, quoted: list[tuple[int, int]]) -> bool:
    """No part of a quotation, and no capitalised name in the middle of the sentence."""
    named = (
        change.start > 0
        and text[change.start].isupper()
        and text[change.start - 2 : change.start - 1] not in {".", "!"}
    )
    return not named and all(change.stop <= start or change.start >= stop for start, stop in quoted)


def spoilt(text: str, rng: Random) -> Spoilt | None:
    """The sentence with one to three changes that do not overlap; None where none is possible."""
    chosen: list[Change] = []
    options = possible(text, rng)
    rng.shuffle(options)
    for change in options[: 2 * MOST]:
        if len(chosen) < MOST and apart([*chosen, change]):
            chosen.append(change)
    if not chosen:
        return None
    result = apply(text, chosen)
    if rng.random() < CAPITAL_YOU:
        return Spoilt(voice.capital_you(result.text), result.marks)
    return result


def variants(text: str, rng: Random, *, count: int) -> Iterator[Spoilt]:
    """Up to `count` different spoilt forms of a sentence."""
    seen = {text}
    for _ in range(count):
        found = spoilt(text, rng)
        if found and found.text not in seen:
            seen.add(found.text)
            yield found
