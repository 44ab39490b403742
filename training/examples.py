"""Training examples of the rewriter: prompt and target as text with reserved characters."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bylostalo.data.records import SentencePair
from bylostalo.inference.facts.protect import brittle_spans
from bylostalo.inference.prompts import (
    heard_prompt,
    reverse_prompt,
    sentence_prompt,
    target,
)
from bylostalo.inference.reserved import SLOTS
from bylostalo.training.swapping import swapped


@dataclass(frozen=True)
class Example:
    prompt: str
    target: str


def mask_shared(texts: Sequence[str]) -> list[str]:
    """Sources and, last, their target with brittle facts as slots; only what stands on both sides is masked."""
    found = [[(start, stop, text[start:stop]) for start, stop in brittle_spans(text)] for text in texts]
    asked = {surface for spans in found[:-1] for *_, surface in spans}
    shared = list(dict.fromkeys(surface for *_, surface in found[-1] if surface in asked))
    slots = dict(zip(shared, SLOTS, strict=False))
    masked = []
    for text, spans in zip(texts, found, strict=True):
        pieces, end = [], 0
        for start, stop, surface in spans:
            if surface in slots:
                pieces += [text[end:start], slots[surface]]
                end = stop
        masked.append("".join(pieces) + text[end:])
    return masked


def shuffle_slots(texts: Sequence[str], rng: random.Random) -> list[str]:
    """The texts with their slots renamed alike, so that every slot is met equally often."""
    table = str.maketrans(dict(zip(SLOTS, rng.sample(SLOTS, len(SLOTS)), strict=True)))
    return [text.translate(table) for text in texts]


def forward(pair: SentencePair, rng: random.Random) -> Example:
    """Cold sentence (and a note, where there is one) → plain sentence, or the sign to drop it; message → what shows
    that it was heard."""
    before, note, after = shuffle_slots(mask_shared([pair.before, pair.note or "", pair.after]), rng)
    return Example(heard_prompt(before) if pair.kind == "heard" else sentence_prompt(before, note), target(after))


def backward(pair: SentencePair, rng: random.Random) -> Example:
    """Plain sentence → cold sentence: the direction that scores whether a rewrite lost something."""
    after, before = shuffle_slots(mask_shared([pair.after, pair.before]), rng)
    return Example(reverse_prompt(after), target(before))


def is_reversible(pair: SentencePair) -> bool:
    return bool(pair.before and pair.after) and pair.kind not in ("note", "heard")


def build(
    pairs: Iterable[SentencePair], *, seed: int, reverse_share: float, swap_share: float = 0.0
) -> Iterator[Example]:
    """Every pair forward, a share of the reversible ones backward; a share of the pairs is about something else."""
    rng = random.Random(seed)
    for pair in pairs:
        if rng.random() < swap_share:
            pair = swapped(pair, rng)
        yield forward(pair, rng)
        if is_reversible(pair) and rng.random() < reverse_share:
            yield backward(pair, rng)
