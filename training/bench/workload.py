"""What is measured: templates made of held-out sentences, as the rewriter's plan would hand them to the model."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bylostalo.data.records import SentencePair
from bylostalo.inference.choice import Source
from bylostalo.inference.engine.vocabulary import BOS, embedded_vocabulary
from bylostalo.inference.sentences import masked

LONGEST = 5
"""Most sentences of a template that have to be said anew; the fewest is one."""


@dataclass(frozen=True)
class Task:
    """A sentence to be said anew: as the rewriter takes it, and as token ids of the prompt that every engine gets."""

    source: Source
    ids: tuple[int, ...]


Template = tuple[Task, ...]


def task(pair: SentencePair) -> Task:
    """The prompt of a sentence and its note, brittle facts as slots, BOS included."""
    note = pair.note or ""
    ids = embedded_vocabulary().encode(masked(pair.before, note).prompt)
    return Task(Source(pair.before, note), (BOS, *ids))


def library(pairs: Sequence[SentencePair], *, templates: int, seed: int = 0) -> list[Template]:
    """Templates of one to five sentences each, drawn alike for equal seeds; `pairs` are at least five."""
    rng = random.Random(seed)
    tasks = [task(pair) for pair in pairs]
    return [tuple(rng.sample(tasks, rng.randint(1, LONGEST))) for _ in range(templates)]


def distinct(templates: Iterable[Template]) -> list[Task]:
    """Every sentence of the templates once, in order: an equal one need not be said again."""
    return list(dict.fromkeys(one for template in templates for one in template))
