"""Fits the n-gram part of the classifier: a logistic regression a code."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bylostalo.inference.ngrams import BUCKETS, Ngrams, features
from bylostalo.training.labels import CODES, UNKNOWN, Labelled, code_targets

STRENGTH = 3.0
RAREST = 3
"""An n-gram of fewer texts says nothing: its rarity is nought."""
SEED = 17


def matrix(items: Sequence[Labelled], rarity: NDArray[np.float16]) -> csr_matrix:
    """`[items, buckets]`"""
    found = [features(item.text, item.message or "", rarity) for item in items]
    ends = np.cumsum([0, *(len(buckets) for buckets, _ in found)])
    values = np.concatenate([values for _, values in found])
    buckets = np.concatenate([buckets for buckets, _ in found])
    return csr_matrix((values, buckets, ends), shape=(len(items), BUCKETS))


def rarities(items: Sequence[Labelled]) -> NDArray[np.float16]:
    """Smoothed inverse document frequency of every bucket."""
    ones = matrix(items, np.ones(BUCKETS, dtype=np.float16))
    texts = np.bincount(ones.indices, minlength=BUCKETS)
    found = np.log((1 + len(items)) / (1 + texts)) + 1
    return np.where(texts >= RAREST, found, 0).astype(np.float16)


def fit_ngrams(items: Sequence[Labelled]) -> tuple[Ngrams, NDArray[np.float32]]:
    """The n-gram part, and its biases `[codes]`, which belong to the head."""
    rarity = rarities(items)
    inputs = matrix(items, rarity)
    targets = np.stack([code_targets(item) for item in items])
    weights = np.zeros((BUCKETS, len(CODES)), dtype=np.float16)
    biases = np.zeros(len(CODES), dtype=np.float32)
    for column in range(len(CODES)):
        known = targets[:, column] != UNKNOWN
        model = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, random_state=SEED)
        model.fit(inputs[known], targets[known, column])
        weights[:, column], biases[column] = model.coef_[0], model.intercept_[0]
    return Ngrams(weights, rarity), biases
