"""Fits the weights of the choice among candidates: those that bring the chosen texts nearest to the references."""

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from sacrebleu.metrics import CHRF

from bylostalo.data.records import SentencePair
from bylostalo.inference.choice import Features, Source, Weights, features, value
from bylostalo.inference.prompts import DROPPED
from bylostalo.inference.sentences import candidates
from bylostalo.inference.sequence_model import SequenceModel

GRID = {
    "reverse": (0.0, 0.25, 0.5, 1.0),
    "kept": (0.0, 0.5, 1.0, 2.0),
    "added": (0.0, 0.5, 1.0, 2.0),
    "drop": (-0.5, 0.0, 0.5, 1.0, 2.0),
}
_CHRF = CHRF(word_order=2)


@dataclass(frozen=True)
class Trial:
    """The safe candidates of a source, and how near each and the unchanged source are to the reference, 0 to 100."""

    safe: tuple[Features, ...]
    likeness: tuple[float, ...]
    unchanged: float


def likeness(text: str, reference: str) -> float:
    """chrF++ of a text; a dropped sentence is like a dropped one alone."""
    said = "" if text == DROPPED else text
    if not said or not reference:
        return 100.0 * (said == reference)
    return float(_CHRF.sentence_score(said, [reference]).score)


def trials(model: SequenceModel, pairs: Sequence[SentencePair]) -> list[Trial]:
    sources = [Source(pair.before, pair.note or "") for pair in pairs]
    found = []
    for pair, source, safe in zip(pairs, sources, candidates(model, sources), strict=True):
        near = tuple(likeness(option.text, pair.after) for option in safe)
        known = tuple(features(source, option) for option in safe)
        found.append(Trial(known, near, likeness(pair.before, pair.after)))
    return found


def chosen(trial: Trial, weights: Weights) -> float:
    """How near the choice is to the reference."""
    if not trial.safe:
        return trial.unchanged
    best = max(range(len(trial.safe)), key=lambda index: value(trial.safe[index], weights))
    return trial.likeness[best]


def fitted(found: Sequence[Trial]) -> dict[Weights, float]:
    """Mean likeness of every point of the grid, the best first."""
    points = (Weights(**dict(zip(GRID, point, strict=True))) for point in itertools.product(*GRID.values()))
    scores = {point: mean(chosen(trial, point) for trial in found) for point in points}
    return dict(sorted(scores.items(), key=lambda item: -item[1]))


def sample(pairs: Sequence[SentencePair], count: int) -> list[SentencePair]:
    return random.Random(0).sample(list(pairs), min(count, len(pairs)))
