"""Training examples of the rewriter: prompt and target as text with reserved characters."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bylostalo.data.records import SentencePair
from bylostalo.inference.masking import mask_pair
from bylostalo.inference.prompts import DROPPED, note_prompt, reverse_prompt, sentence_prompt
from bylostalo.inference.reserved import SLOTS


@dataclass(frozen=True)
class Example:
    prompt: str
    target: str


def shuffle_slots(texts: Sequence[str], rng: random.Random) -> list[str]:
    """The texts with their slots renamed alike, so that every slot is met equally often."""
    table = str.maketrans(dict(zip(SLOTS, rng.sample(SLOTS, len(SLOTS)), strict=True)))
    return [text.translate(table) for text in texts]


def forward(pair: SentencePair, rng: random.Random) -> Example:
    """Cold sentence (and a note, where there is one) → plain sentence, or the sign to drop it."""
    sources, target = mask_pair([pair.before, pair.note or ""], pair.after)
    before, note, after = shuffle_slots([*sources, target], rng)
    prompt = note_prompt(before, note) if pair.note else sentence_prompt(before)
    return Example(prompt, after or DROPPED)


def backward(pair: SentencePair, rng: random.Random) -> Example:
    """Plain sentence → cold sentence: the direction that scores whether a rewrite lost something."""
    (after,), before = mask_pair([pair.after], pair.before)
    before, after = shuffle_slots([before, after], rng)
    return Example(reverse_prompt(after), before)


def is_reversible(pair: SentencePair) -> bool:
    return bool(pair.before and pair.after) and not pair.note


def build(pairs: Iterable[SentencePair], *, seed: int, reverse_share: float) -> Iterator[Example]:
    """Every pair forward, and a share of the reversible ones backward."""
    rng = random.Random(seed)
    for pair in pairs:
        yield forward(pair, rng)
        if is_reversible(pair) and rng.random() < reverse_share:
            yield backward(pair, rng)
