"""Thresholds of the classifier, fitted on the validation split."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bylostalo.inference.classifier import Reading
from bylostalo.training.labels import CODES, SPAN_CODES, UNKNOWN, Labelled, code_targets

GRID = np.arange(0.30, 0.91, 0.02)
BETA = 0.7
"""Below one: a false alarm on a good reply costs more than a miss."""
PRIOR = 2.0
"""Pseudo-counts that keep the threshold of a rare code near the middle."""
SPAN_GRID = np.arange(0.20, 0.81, 0.05)


def f_beta(found: NDArray[np.bool_], gold: NDArray[np.bool_], beta: float) -> float:
    right = float((found & gold).sum())
    weight = beta * beta
    total = weight * gold.sum() + found.sum()
    return (1 + weight) * right / total if total else 0.0


def best_threshold(
    scores: NDArray[np.float32], gold: NDArray[np.bool_], *, grid: NDArray[np.float64], beta: float
) -> float:
    """The threshold with the best F-beta; of near equals the one nearest to a half."""
    if not gold.any():
        return 0.5
    values = [f_beta(scores >= threshold, gold, beta) for threshold in grid]
    pulled = [
        value - PRIOR / (PRIOR + gold.sum()) * 0.2 * abs(threshold - 0.5)
        for value, threshold in zip(values, grid, strict=True)
    ]
    return round(float(grid[int(np.argmax(pulled))]), 2)


def code_thresholds(readings: Sequence[Reading], items: Sequence[Labelled]) -> list[float]:
    scores = np.stack([reading.codes for reading in readings])
    targets = np.stack([code_targets(item) for item in items])
    thresholds = []
    for column in range(len(CODES)):
        known = targets[:, column] != UNKNOWN
        gold = targets[known, column] == 1.0
        thresholds.append(best_threshold(scores[known, column], gold, grid=GRID, beta=BETA))
    return thresholds


def span_thresholds(readings: Sequence[Reading], items: Sequence[Labelled]) -> list[float]:
    """By tokens of the replies that have the code."""
    thresholds = []
    for column, code in enumerate(SPAN_CODES):
        scores, gold = [], []
        for reading, item in zip(readings, items, strict=True):
            for (start, stop), row in zip(reading.offsets, reading.tokens, strict=True):
                if code in item.codes:
                    scores.append(row[column])
                    gold.append(any(a < stop and b > start for a, b in item.spans.get(code, ())))
        found = np.array(scores, dtype=np.float32), np.array(gold, dtype=bool)
        thresholds.append(best_threshold(*found, grid=SPAN_GRID, beta=1.0))
    return thresholds
