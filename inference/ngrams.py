"""What the phrases of a reply say by themselves: a linear model over hashed n-grams (Weinberger et al., 2009), the
«wide» part beside the encoder's «deep» one (Cheng et al., 2016)."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bylostalo.inference.canonical import canonical

BUCKETS = 1 << 18
LETTERS = range(2, 6)
Array = NDArray[np.float32]
_WORD = re.compile(r"\w\w+")


def plain(text: str) -> str:
    """Case and which digits stand there make no difference, nor what `canonical` levels."""
    return re.sub(r"\d", "0", canonical(text).text.lower())


def words(text: str, field: str) -> Iterator[str]:
    found = _WORD.findall(text)
    yield from (f"{field} {word}" for word in found)
    yield from (f"{field} {first} {second}" for first, second in pairwise(found))


def letters(text: str) -> Iterator[str]:
    """Two to five neighbouring characters of a word and the spaces around it."""
    for word in text.split():
        padded = f" {word} "
        for size in LETTERS:
            yield from (padded[place : place + size] for place in range(max(1, len(padded) - size + 1)))


def hashed(terms: Iterator[str]) -> tuple[NDArray[np.int64], Array]:
    """Buckets in order, and one plus the logarithm of how often each occurs."""
    counts = Counter(crc32(term.encode()) % BUCKETS for term in terms)
    buckets = np.array(sorted(counts), dtype=np.int64)
    return buckets, 1 + np.log(np.array([counts[bucket] for bucket in buckets], dtype=np.float32))


@dataclass(frozen=True)
class Ngrams:
    """`weights` float16 `[buckets, codes]`, `rarity` float16 `[buckets]` (inverse document frequency)."""

    weights: NDArray[np.float16]
    rarity: NDArray[np.float16]

    def logits(self, reply: str, client_message: str) -> Array:
        """`[codes]`; the words of the reply, its letters and the words of the message weigh alike."""
        buckets, values = features(reply, client_message, self.rarity)
        found: Array = values @ self.weights[buckets].astype(np.float32)
        return found


def features(reply: str, client_message: str, rarity: NDArray[np.float16]) -> tuple[NDArray[np.int64], Array]:
    """Buckets and their values, each of the three groups of unit length."""
    said, asked = plain(reply), plain(client_message)
    groups = [hashed(words(said, "r")), hashed(letters(said)), hashed(words(asked, "m"))]
    weighed = [counts * rarity[buckets].astype(np.float32) for buckets, counts in groups]
    values = [one / max(float(np.linalg.norm(one)), 1e-9) for one in weighed]
    return np.concatenate([buckets for buckets, _ in groups]), np.concatenate(values)
