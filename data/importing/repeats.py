"""Exact and near repeats of a stream of texts, found as it goes by."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from datasketch import MinHash, MinHashLSH

from bylostalo.data.similarity import jaccard, normalise, shingles

REPEAT = 0.8
KIN = 0.6
PERMUTATIONS = 64


@dataclass
class Seen:
    """Texts met so far. Broder, 1997, «On the Resemblance and Containment of Documents», by datasketch."""

    index: MinHashLSH = field(default_factory=lambda: MinHashLSH(threshold=KIN, num_perm=PERMUTATIONS))
    exact: dict[bytes, int] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def kin(self, text: str) -> Iterator[tuple[int, float]]:
        """Numbers of earlier texts at least `KIN` alike, with their exact Jaccard similarity; an exact repeat is
        found first and alone."""
        if (same := self.exact.get(fingerprint(text))) is not None:
            yield same, 1.0
            return
        mine = shingles(text)
        for number in self.index.query(sketch(text)):
            if (likeness := jaccard(mine, shingles(self.texts[number]))) >= KIN:
                yield number, likeness

    def add(self, text: str) -> int:
        """Remember the text; returns its number."""
        number = len(self.texts)
        self.texts.append(text)
        self.exact[fingerprint(text)] = number
        self.index.insert(number, sketch(text))
        return number


def fingerprint(text: str) -> bytes:
    return hashlib.blake2b(normalise(text).encode(), digest_size=16).digest()


@lru_cache(maxsize=1)
def sketch(text: str) -> MinHash:
    """Kept for the text that is looked up and then added."""
    found = MinHash(num_perm=PERMUTATIONS)
    found.update_batch([part.encode() for part in shingles(text)])
    return found
