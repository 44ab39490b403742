"""Fits the heads anew on the finished encoder: logistic regression over standardised states.

The states have a few outlier dimensions a hundred times larger than the rest, so gradient descent through the
encoder leaves the heads far from their optimum; here every dimension has the same scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

from bylostalo.inference.framing import Offsets
from bylostalo.inference.heads import Heads
from bylostalo.training.labels import UNKNOWN, Labelled, code_targets, span_targets

STEPS = 250
LEARNING_RATE = 0.02
Array = NDArray[np.float32]
States = Sequence[tuple[Offsets, Array]]


@dataclass(frozen=True)
class Linear:
    """`[outputs, inputs]` and `[outputs]`, over features as they come (the standardisation is folded in)."""

    weight: Array
    bias: Array


def fit_linear(features: Array, targets: Array, *, penalty: float, positive_weight: float = 1.0) -> Linear:
    """Logistic regression `[rows, inputs]` → `[rows, outputs]`; unknown targets teach nothing."""
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
    inputs = torch.from_numpy((features - mean) / deviation)
    wanted = torch.from_numpy(targets)
    known = wanted != UNKNOWN
    weight = torch.zeros(targets.shape[1], features.shape[1], requires_grad=True)
    bias = torch.full((targets.shape[1],), -2.0, requires_grad=True)
    optimiser = torch.optim.Adam([weight, bias], lr=LEARNING_RATE)
    scale = torch.tensor(positive_weight)
    for step in range(STEPS):
        for group in optimiser.param_groups:
            group["lr"] = LEARNING_RATE * (1 - step / STEPS)
        logits = inputs @ weight.T + bias
        loss = F.binary_cross_entropy_with_logits(logits[known], wanted[known], pos_weight=scale)
        optimiser.zero_grad()
        (loss + penalty * weight.square().sum()).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    plain = weight.detach().numpy() / deviation
    return Linear(plain.astype(np.float32), (bias.detach().numpy() - plain @ mean).astype(np.float32))


def code_features(states: States, spans: Linear) -> Array:
    """What the code head reads of every reply: pooled states and the highest span logits of `spans`."""
    empty = np.zeros((0, 0), dtype=np.float32)
    reader = Heads(empty, empty, spans.weight, spans.bias)
    return np.stack([reader.features(found) for _, found in states])


def fit_codes(features: Array, items: Sequence[Labelled], *, penalty: float) -> Linear:
    """The code head over `code_features`."""
    return fit_linear(features, np.stack([code_targets(item) for item in items]), penalty=penalty)


def fit_spans(states: States, items: Sequence[Labelled], *, penalty: float, most_tokens: int = 120_000) -> Linear:
    """On at most `most_tokens` tokens, those of replies with problems first."""
    order = sorted(range(len(items)), key=lambda index: not items[index].spans)
    features: list[Array] = []
    targets: list[Array] = []
    total = 0
    for index in order:
        if total >= most_tokens:
            break
        offsets, found = states[index]
        features.append(found)
        targets.append(span_targets(offsets, items[index]))
        total += len(offsets)
    return fit_linear(np.concatenate(features), np.concatenate(targets), penalty=penalty, positive_weight=2.0)


def heads_of(codes: Linear, spans: Linear) -> Heads:
    return Heads(codes.weight, codes.bias, spans.weight, spans.bias)
