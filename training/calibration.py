"""Calibration and thresholds of the classifier, fitted on the validation split."""

import dataclasses
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bylostalo.inference.classifier import Reading, sigmoid
from bylostalo.inference.heads import Heads
from bylostalo.inference.ngrams import Ngrams
from bylostalo.training.labels import CODES, SPAN_CODES, UNKNOWN, Labelled, code_targets

GRID = np.arange(0.10, 0.91, 0.02)
BETA = 1.0
PRIOR = 10.0
"""Pseudo-counts that keep the threshold of a rare code near half of its best F-score."""
PULL = 2.0
"""How firmly a calibration is held at doing nothing, in examples."""
FALSE_ALARMS = 0.08
"""Largest share of the good texts of validation in which anything may be found."""
SPAN_GRID = np.arange(0.20, 0.81, 0.05)
Scores = NDArray[np.float32]


def platt(logits: Scores, targets: Scores) -> NDArray[np.float32]:
    """Weights of several logits `[texts, sources]`, and a shift last, whose sum has the least log-loss (Platt, 1999);
    held near equal parts and no shift."""
    equal = np.log(1 / logits.shape[1])

    def loss(values: NDArray[np.float64]) -> float:
        mixed = logits @ np.exp(equal + values[:-1]) + values[-1]
        fit = np.logaddexp(0.0, np.where(targets == 1.0, -mixed, mixed)).sum()
        return float(fit + PULL * (values**2).sum())

    found = minimize(loss, np.zeros(logits.shape[1] + 1)).x
    return np.array([*np.exp(equal + found[:-1]), found[-1]], dtype=np.float32)


def mixed(
    heads: Heads, ngrams: Ngrams, biases: Scores, read: Scores, said: Scores, items: Sequence[Labelled]
) -> tuple[Heads, Ngrams]:
    """Heads and n-grams whose sum is a probability's log-odds: each code's logits from the encoder and from the
    n-grams (with their `biases` `[codes]`), both `[items, codes]`, are weighed and shifted for good."""
    targets = np.stack([code_targets(item) for item in items])
    known = targets != UNKNOWN
    both = np.stack([read, said + biases], axis=2).astype(np.float64)
    fits = np.stack([platt(both[known[:, i], i], targets[known[:, i], i]) for i in range(len(CODES))])
    deep, wide, shift = fits.T
    bias = heads.codes_bias * deep + biases * wide + shift
    codes = dataclasses.replace(heads, codes=heads.codes * deep[:, None], codes_bias=bias)
    weights = (ngrams.weights.astype(np.float32) * wide).astype(np.float16)
    return codes, dataclasses.replace(ngrams, weights=weights)


def f_beta(found: NDArray[np.bool_], gold: NDArray[np.bool_], beta: float) -> float:
    right = float((found & gold).sum())
    weight = beta * beta
    total = weight * gold.sum() + found.sum()
    return (1 + weight) * right / total if total else 0.0


def best_threshold(scores: Scores, gold: NDArray[np.bool_], *, grid: NDArray[np.float64], beta: float) -> float:
    """The threshold with the best F-score, drawn to half of that score, where it lies for true probabilities
    (Lipton et al., 2014), the more so the rarer the code."""
    if not gold.any():
        return 0.5
    values = np.array([f_beta(scores >= threshold, gold, beta) for threshold in grid])
    half = values.max() / 2
    pulled = values - PRIOR / (PRIOR + gold.sum()) * 0.5 * np.abs(grid - half)
    return round(float(grid[int(np.argmax(pulled))]), 2)


def code_thresholds(readings: Sequence[Reading], items: Sequence[Labelled]) -> list[float]:
    """One a code, from the replies as they were sent; all are raised together until few enough good texts, rewritten
    ones too, raise an alarm."""
    scores = np.stack([reading.codes for reading in readings])
    targets = np.stack([code_targets(item) for item in items])
    sent = np.array([not item.rewritten for item in items])
    thresholds = []
    for column in range(len(CODES)):
        known = sent & (targets[:, column] != UNKNOWN)
        gold = targets[known, column] == 1.0
        thresholds.append(best_threshold(scores[known, column], gold, grid=GRID, beta=BETA))
    return without_alarms(np.array(thresholds), scores, targets)


def without_alarms(thresholds: NDArray[np.float64], scores: Scores, targets: Scores) -> list[float]:
    """The thresholds moved alike by the least log-odds that keep good texts clean."""
    good = ~(targets == 1.0).any(axis=1)
    odds = np.log(thresholds / (1 - thresholds))
    for raised in np.arange(0.0, 4.0, 0.1):
        moved = sigmoid((odds + raised).astype(np.float32))
        alarms = (scores[good] >= moved) & (targets[good] != UNKNOWN)
        if not good.any() or alarms.any(axis=1).mean() <= FALSE_ALARMS:
            break
    return [round(float(threshold), 3) for threshold in moved]


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
