"""How sure a figure is, and a difference of two: the bootstrap (Efron and Tibshirani, 1993), paired for two models
that saw the same replies (Koehn, 2004)."""

from dataclasses import dataclass

import numpy as np

from bylostalo.training.metrics.verdicts import Array

RESAMPLES = 1_000
SEED = 17
TAILS = (2.5, 97.5)


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval; None where the replies cannot tell it."""

    value: float | None
    low: float | None
    high: float | None


def resamples(count: int) -> Array:
    """How often each of `count` replies is drawn, `[RESAMPLES, count]`; always the same draws."""
    drawn = np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), size=RESAMPLES)
    return drawn.astype(np.float64)


def estimate(value: float, drawn: Array) -> Estimate:
    """The figure of all replies with the interval of those of the resamples that have it."""
    defined = drawn[~np.isnan(drawn)]
    if np.isnan(value) or not len(defined):
        return Estimate(None, None, None)
    low, high = np.percentile(defined, TAILS)
    return Estimate(float(value), float(low), float(high))


def p_value(drawn: Array) -> float | None:
    """Two-sided: how often resampled differences fall on the rarer side of zero; None where there are none."""
    defined = drawn[~np.isnan(drawn)]
    if not len(defined):
        return None
    rarer = min(int((defined <= 0).sum()), int((defined >= 0).sum()))
    return min(1.0, 2 * (rarer + 1) / (len(defined) + 1))
