"""How varied the texts of a corpus are: repeated first and last sentences, repeated n-grams, near neighbours."""

from collections import Counter
from collections.abc import Sequence

from razdel import sentenize

from .similarity import jaccard, near_duplicates, normalise, shingles

GRAM = 4
TELLING_WORDS = 3


def telling(text: str) -> list[str]:
    """Normalised sentences of a reply that say more than a bare greeting or signature."""
    found = (normalise(sentence.text) for line in text.splitlines() for sentence in sentenize(line))
    return [sentence for sentence in found if len(sentence.split()) >= TELLING_WORDS]


def commonest(texts: Sequence[str], place: int, *, count: int) -> list[tuple[str, int]]:
    """The commonest telling sentences at a place of the texts (0 first, -1 last), with how often each stands there."""
    found = (telling(text) for text in texts)
    return Counter(sentences[place] for sentences in found if sentences).most_common(count)


def distinct_ratio(texts: Sequence[str]) -> float:
    """Distinct word 4-grams over all of them (Li et al., 2016, «A Diversity-Promoting Objective Function»)."""
    grams: set[tuple[str, ...]] = set()
    total = 0
    for text in texts:
        words = normalise(text).split()
        own = [tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)]
        grams.update(own)
        total += len(own)
    return len(grams) / total if total else 1.0


def nearest(texts: Sequence[str]) -> float:
    """The highest similarity of two texts among near-duplicates; 0 where there are none."""
    pairs = near_duplicates(texts)
    return max((jaccard(shingles(texts[a]), shingles(texts[b])) for a, b in pairs), default=0.0)
