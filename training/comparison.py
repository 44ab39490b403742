"""Whether one model is better than another on the same replies."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bylostalo.data.taxonomy import codes
from bylostalo.training.metrics.bootstrap import Estimate, estimate, p_value
from bylostalo.training.metrics.classification import Tally, scores
from bylostalo.training.metrics.verdicts import Array
from bylostalo.training.numbers import decimal, percent, signed, signed_interval

CERTAIN = 0.05


@dataclass(frozen=True)
class Difference:
    """A figure of both, what the first gains over the second with its 95 % interval, and the two-sided p-value."""

    model: float | None
    against: float | None
    gain: Estimate
    p: float | None

    @property
    def is_certain(self) -> bool:
        return self.p is not None and self.p < CERTAIN


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Gains over the model `against`; `verdict` is one line for people."""

    against: str
    seconds_per_reply: float
    macro_f1: Difference
    span_f1: Difference
    false_alarms: Difference
    codes: Mapping[str, Difference]
    verdict: str


def compared(
    title: str, mine: Tally, against: str, theirs: Tally, *, weights: Array, seconds_per_reply: float
) -> Comparison:
    """Both counted on the same replies and the same resamples `weights` `[resamples, replies]`."""
    whole = np.ones((1, weights.shape[1]))
    (first, drawn), (second, other) = ((scores(each, whole), scores(each, weights)) for each in (mine, theirs))
    macro_f1 = difference(first.macro_f1[0], second.macro_f1[0], drawn.macro_f1 - other.macro_f1)
    false_alarms = difference(first.false_alarms[0], second.false_alarms[0], drawn.false_alarms - other.false_alarms)
    return Comparison(
        against=against,
        seconds_per_reply=seconds_per_reply,
        macro_f1=macro_f1,
        span_f1=difference(first.span_f1[0], second.span_f1[0], drawn.span_f1 - other.span_f1),
        false_alarms=false_alarms,
        codes={
            code: difference(first.f1[0, column], second.f1[0, column], drawn.f1[:, column] - other.f1[:, column])
            for column, code in enumerate(codes())
        },
        verdict=verdict(title, against, macro_f1, false_alarms),
    )


def difference(first: float, second: float, drawn: Array) -> Difference:
    model, against = (None if np.isnan(value) else float(value) for value in (first, second))
    return Difference(model, against, estimate(first - second, drawn), p_value(drawn))


def verdict(title: str, against: str, macro_f1: Difference, false_alarms: Difference) -> str:
    """«Лучше TF-IDF. macro-F1: TF-IDF 0,725, правила 0,441, разница …»"""
    gain = macro_f1.gain
    winner = title if gain.value is not None and gain.value > 0 else against
    said = f"Лучше {winner}." if macro_f1.is_certain else "Разница не доказана."
    alarms = (
        f" Ложные тревоги на хороших ответах: {title} {percent(false_alarms.model)}, "
        f"{against} {percent(false_alarms.against)}, {_p(false_alarms)}."
    )
    return (
        f"{said} macro-F1: {title} {decimal(macro_f1.model, 3)}, {against} {decimal(macro_f1.against, 3)}, "
        f"разница {signed(gain.value, 3)} (95 %: {signed_interval(gain, 3)}), {_p(macro_f1)}."
        f"{alarms if false_alarms.is_certain else ''}"
    )


def _p(found: Difference) -> str:
    return f"p = {decimal(found.p, 3)}".replace(" ", "\N{NO-BREAK SPACE}")
