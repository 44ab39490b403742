"""Training examples of the rewriter: prompt and target as text with reserved characters."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bylostalo.data.records import SentencePair
from bylostalo.data.synthesis.flaws import flawed
from bylostalo.inference.facts.protect import brittle_spans
from bylostalo.inference.prompts import (
    DROPPED,
    FAITHFUL,
    UNFAITHFUL,
    judge_prompt,
    note_prompt,
    reverse_prompt,
    sentence_prompt,
)
from bylostalo.inference.reserved import SLOTS


@dataclass(frozen=True)
class Example:
    """`judged`: the target is a verdict, not a text."""

    prompt: str
    target: str
    judged: bool = False


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
    """Cold sentence (and a note, where there is one) → plain sentence, or the sign to drop it."""
    before, note, after = shuffle_slots(mask_shared([pair.before, pair.note or "", pair.after]), rng)
    prompt = note_prompt(before, note) if pair.note else sentence_prompt(before)
    return Example(prompt, after or DROPPED)


def backward(pair: SentencePair, rng: random.Random) -> Example:
    """Plain sentence → cold sentence: the direction that scores whether a rewrite lost something."""
    after, before = shuffle_slots(mask_shared([pair.after, pair.before]), rng)
    return Example(reverse_prompt(after), before)


def is_reversible(pair: SentencePair) -> bool:
    return bool(pair.before and pair.after) and not pair.note


def verdict(before: str, rewrite: str, *, faithful: bool, rng: random.Random) -> Example:
    """Cold sentence and a rewrite of it → whether they say the same."""
    before, rewrite = shuffle_slots(mask_shared([before, rewrite]), rng)
    return Example(judge_prompt(before, rewrite), FAITHFUL if faithful else UNFAITHFUL, judged=True)


def verdicts(pair: SentencePair, rng: random.Random, *, share: float) -> Iterator[Example]:
    """Of a pair with an authored slip both verdicts; of a share of the others one, the slip made by program."""
    if not share or not is_reversible(pair):
        return
    if pair.unfaithful:
        yield verdict(pair.before, pair.after, faithful=True, rng=rng)
        yield verdict(pair.before, pair.unfaithful, faithful=False, rng=rng)
    elif rng.random() < share:
        slip = flawed(pair.after, rng) if rng.random() < 0.5 else None
        yield verdict(pair.before, slip or pair.after, faithful=slip is None, rng=rng)


def build(
    pairs: Iterable[SentencePair], *, seed: int, reverse_share: float, judge_share: float = 0.0
) -> Iterator[Example]:
    """Every pair forward, a share of the reversible ones backward, a share with a verdict."""
    rng = random.Random(seed)
    for pair in pairs:
        yield forward(pair, rng)
        if is_reversible(pair) and rng.random() < reverse_share:
            yield backward(pair, rng)
        yield from verdicts(pair, rng, share=judge_share)
