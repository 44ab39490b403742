"""Sentence pairs by the hundred thousand."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import count as counting
from itertools import islice
from pathlib import Path
from random import Random

from bylostalo.data.records import Label, SentencePair

from .change import Spoilt
from .sources import sentences
from .spoil import variants

VARIANTS = 3


def labels(found: Spoilt) -> tuple[Label, ...]:
    """The marks of a spoilt sentence as labels, in order of codes."""
    codes = dict.fromkeys(code for code, *_ in found.marks)
    return tuple(
        Label(code=code, quotes=tuple(found.text[start:stop] for one, start, stop in found.marks if one == code))
        for code in codes
    )


def pairs_of(texts: Iterable[str], *, seed: int, turn: int = 0) -> Iterator[SentencePair]:
    """Spoilt forms of every sentence, others at every turn; they do not depend on what stands around it."""
    for text in texts:
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        rng = Random(f"{seed}{digest}{turn or ''}")
        for number, found in enumerate(variants(text, rng, count=VARIANTS), turn * VARIANTS):
            yield SentencePair(
                id=f"syn-{digest}-{number}",
                kind="plain",
                before=found.text,
                after=text,
                group=f"syn-{digest}",
                problems=labels(found),
            )


def unlike_pairs(texts: Sequence[str], *, seed: int) -> Iterator[SentencePair]:
    """Pairs without repeats, turn after turn, until a turn brings nothing new."""
    seen: set[bytes] = set()
    for turn in counting():
        before = len(seen)
        for pair in pairs_of(texts, seed=seed, turn=turn):
            key = hashlib.blake2b(pair.before.encode(), digest_size=12).digest()
            if key not in seen:
                seen.add(key)
                yield pair
        if len(seen) == before:
            return


def synthesized(path: Path, *, count: int, seed: int) -> Iterator[SentencePair]:
    """At most `count` pairs from the distinct clean sentences of a file or folder."""
    order = list(dict.fromkeys(sentences(path)))
    Random(seed).shuffle(order)
    return islice(unlike_pairs(order, seed=seed), count)
