"""Sentence pairs by the hundred thousand."""

import hashlib
from collections.abc import Iterable, Iterator
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


def pairs_of(texts: Iterable[str], *, seed: int) -> Iterator[SentencePair]:
    """Spoilt forms of every sentence; a sentence gives the same ones whatever stands around it."""
    for text in texts:
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        for number, found in enumerate(variants(text, Random(f"{seed}{digest}"), count=VARIANTS)):
            yield SentencePair(
                id=f"syn-{digest}-{number}",
                kind="plain",
                before=found.text,
                after=text,
                group=f"syn-{digest}",
                problems=labels(found),
            )


def synthesized(path: Path, *, count: int, seed: int) -> Iterator[SentencePair]:
    """At most `count` pairs from the distinct clean sentences of a file or folder."""
    order = list(dict.fromkeys(sentences(path)))
    Random(seed).shuffle(order)
    return islice(pairs_of(order, seed=seed), count)
