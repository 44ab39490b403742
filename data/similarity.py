"""Near-duplicate texts: an exact Jaccard join of character shingles."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import chain
from typing import Any

SHINGLE = 5
THRESHOLD = 0.6
COMMON = THRESHOLD / (1 + THRESHOLD)  # the share of both sizes that near sets have in common


def normalise(text: str) -> str:
    """Lower case, ё as е, every number as 0, everything but letters and digits as one space."""
    text = re.sub(r"\d+", "0", text.lower().replace("ё", "е"))
    return " ".join(re.findall(r"[^\W_]+", text))


def shingles(text: str) -> frozenset[str]:
    """Character 5-grams of the normalised text; a shorter text is its own only shingle."""
    text = normalise(text)
    return frozenset(text[i : i + SHINGLE] for i in range(max(1, len(text) - SHINGLE + 1)))


def near_duplicates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Index pairs of texts whose shingles have a Jaccard similarity of at least `THRESHOLD`.

    Exact. Prefix filtering (Xiao, Wang, Lin, Yu: Efficient Similarity Joins for Near Duplicate Detection,
    2008): only the rarest shingles of a set are indexed, and two near sets must share enough of those.
    """
    sets = ranked([shingles(text) for text in texts])
    sizes = [len(item) for item in sets]
    index: dict[int, list[int]] = {}
    for current in sorted(range(len(sets)), key=sizes.__getitem__):
        size = sizes[current]
        rest = at_least(THRESHOLD * size) - 1
        rarest = sorted(sets[current])[: size - rest]
        met = Counter(chain.from_iterable(index.get(shingle, ()) for shingle in rarest))
        for other, shared in met.items():
            if shared + rest >= COMMON * (size + sizes[other]) and jaccard(sets[current], sets[other]) >= THRESHOLD:
                yield min(current, other), max(current, other)
        for shingle in rarest:
            index.setdefault(shingle, []).append(current)


def ranked(sets: Sequence[frozenset[str]]) -> list[frozenset[int]]:
    """The sets with every shingle as its rank, the rarest first."""
    frequency = Counter(chain.from_iterable(sets))
    ranks = {shingle: rank for rank, shingle in enumerate(sorted(frequency, key=lambda one: (frequency[one], one)))}
    return [frozenset(ranks[shingle] for shingle in item) for item in sets]


def at_least(overlap: float) -> int:
    """The least whole number not below `overlap`, whatever the last bits of the float say."""
    return math.ceil(round(overlap, 6))


def jaccard(a: Set[Any], b: Set[Any]) -> float:
    common = len(a & b)
    return common / (len(a) + len(b) - common)
