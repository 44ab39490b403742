"""Which sentences of a draft became which sentences of the reply: a monotone alignment, the best of all.

Gale and Church, 1993, «A Program for Aligning Sentences in Bilingual Corpora», with shared words and facts in the
place of lengths.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bylostalo.inference.facts.extract import extract
from bylostalo.inference.meaning import coverage

SHAPES = ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1))
"""How many sentences of the draft become how many of the reply."""
LEAST = 0.3
"""Sentences less alike than this are no pair."""
JOINED = 0.05
"""Two for one have to be alike by so much more."""
Likeness = Callable[[str, str], float]


@dataclass(frozen=True)
class Bead:
    """Sentences `draft` of one text are sentences `reply` of the other; either may be empty."""

    draft: tuple[str, ...]
    reply: tuple[str, ...]


@lru_cache(maxsize=65_536)
def likeness(draft: str, reply: str) -> float:
    """0 to 1: the mean of what is kept of the one and of what the other adds, of words and, where there are any, of
    facts."""
    found = coverage(draft, reply)
    words = (found.kept + 1 - found.added) / 2
    there, here = _facts(draft), _facts(reply)
    return (words + len(there & here) / len(there | here)) / 2 if there or here else words


@lru_cache(maxsize=8_192)
def _facts(text: str) -> frozenset[str]:
    return frozenset(fact.value for fact in extract(text))


def aligned(draft: Sequence[str], reply: Sequence[str], alike: Likeness = likeness) -> list[Bead]:
    """Beads in order that hold every sentence once; the sum of their gains is the greatest."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for left in range(len(draft) + 1):
        for right in range(len(reply) + 1):
            for rows, columns in SHAPES:
                start = left - rows, right - columns
                if start in best:
                    gain = best[start][0] + _gain(draft[start[0] : left], reply[start[1] : right], alike)
                    if (left, right) not in best or gain > best[left, right][0]:
                        best[left, right] = gain, start
    return _traced(draft, reply, best)


def _gain(draft: Sequence[str], reply: Sequence[str], alike: Likeness) -> float:
    if not (draft and reply):
        return 0.0
    return alike(" ".join(draft), " ".join(reply)) - LEAST - JOINED * (len(draft) + len(reply) - 2)


def _traced(
    draft: Sequence[str], reply: Sequence[str], best: dict[tuple[int, int], tuple[float, tuple[int, int]]]
) -> list[Bead]:
    beads: list[Bead] = []
    place = len(draft), len(reply)
    while place != (0, 0):
        start = best[place][1]
        beads.append(Bead(tuple(draft[start[0] : place[0]]), tuple(reply[start[1] : place[1]])))
        place = start
    return beads[::-1]
