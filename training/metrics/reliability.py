"""Whether a probability means what it says: equal-width bins and the expected calibration error (Naeini et al., 2015;
Guo et al., 2017)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bylostalo.training.metrics.verdicts import Array, Mask

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Decisions whose probability lies between `low` and `high`: the mean of the probabilities, and the share of the
    decisions where the code is there."""

    low: float
    high: float
    count: int
    predicted: float
    observed: float


def reliability(probabilities: Array, present: Mask) -> tuple[Bin, ...]:
    """The bins that hold any of the decisions `[decisions]`, the least probable first."""
    places = np.minimum((probabilities * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(
            low=place / BINS,
            high=(place + 1) / BINS,
            count=int((places == place).sum()),
            predicted=float(probabilities[places == place].mean()),
            observed=float(present[places == place].mean()),
        )
        for place in map(int, np.unique(places))
    )


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """The mean distance of probability and share, each bin by its count; None where there are no decisions."""
    total = sum(each.count for each in bins)
    return sum(each.count * abs(each.predicted - each.observed) for each in bins) / total if total else None
