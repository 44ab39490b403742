"""How well a classifier judges held-out replies, how sure that is, and whether it beats another."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import average_precision_score

from bylostalo.data.records import Reply
from bylostalo.data.taxonomy import codes
from bylostalo.training.comparison import Comparison, compared
from bylostalo.training.contenders import Contender
from bylostalo.training.metrics.bootstrap import Estimate, estimate, resamples
from bylostalo.training.metrics.classification import Scores, Tally, scores, tally
from bylostalo.training.metrics.mistakes import Mistake, swaps, worst
from bylostalo.training.metrics.reliability import Bin, calibration_error, reliability
from bylostalo.training.metrics.verdicts import Array, Gold, Mask, Verdicts, gold, judged


@dataclass(frozen=True, kw_only=True)
class CodeFigures:
    """One code: `support` replies have it. None where the replies cannot tell."""

    support: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    average_precision: float | None
    calibration_error: float | None


@dataclass(frozen=True, kw_only=True)
class ClassifierReport:
    """`swaps` counts the replies where the code of the row was missed and the code of the column given in excess;
    rows and columns in the order of `codes`."""

    model: str
    replies: int
    good_replies: int
    seconds_per_reply: float
    macro_f1: Estimate
    span_f1: Estimate
    false_alarms: Estimate
    calibration_error: float | None
    codes: Mapping[str, CodeFigures]
    reliability: tuple[Bin, ...]
    swaps: tuple[tuple[int, ...], ...]
    mistakes: tuple[Mistake, ...]
    comparison: Comparison | None


@dataclass(frozen=True)
class Trial:
    """What a contender said of the replies, counted."""

    title: str
    verdicts: Verdicts
    counted: Tally
    seconds_per_reply: float


def trial(replies: Sequence[Reply], there: Gold, contender: Contender) -> Trial:
    started = time.perf_counter()
    verdicts = judged(contender.judge, replies)
    seconds_per_reply = (time.perf_counter() - started) / len(replies)
    return Trial(contender.title, verdicts, tally(replies, there, verdicts), seconds_per_reply)


def evaluate_classifier(
    replies: Sequence[Reply], contender: Contender, *, against: Contender | None = None
) -> ClassifierReport:
    """Figures of the contender on replies with their labels, and by how much it beats `against`."""
    there = gold(replies)
    tried = trial(replies, there, contender)
    weights = resamples(len(replies))
    total, drawn = scores(tried.counted, np.ones((1, len(replies)))), scores(tried.counted, weights)
    bins = reliability(tried.verdicts.probabilities[there.known], there.codes[there.known])
    other = trial(replies, there, against) if against else None
    return ClassifierReport(
        model=tried.title,
        replies=len(replies),
        good_replies=int(tried.counted.good.sum()),
        seconds_per_reply=tried.seconds_per_reply,
        macro_f1=estimate(total.macro_f1[0], drawn.macro_f1),
        span_f1=estimate(total.span_f1[0], drawn.span_f1),
        false_alarms=estimate(total.false_alarms[0], drawn.false_alarms),
        calibration_error=calibration_error(bins),
        codes={code: _code_figures(column, there, tried.verdicts, total, drawn) for column, code in enumerate(codes())},
        reliability=bins,
        swaps=tuple(map(tuple, swaps(tried.counted).tolist())),
        mistakes=worst(replies, there, tried.verdicts, tried.counted),
        comparison=_comparison(tried, other, weights) if other else None,
    )


def _comparison(tried: Trial, other: Trial, weights: Array) -> Comparison:
    return compared(
        tried.title,
        tried.counted,
        other.title,
        other.counted,
        weights=weights,
        seconds_per_reply=other.seconds_per_reply,
    )


def _code_figures(column: int, there: Gold, verdicts: Verdicts, total: Scores, drawn: Scores) -> CodeFigures:
    known = there.known[:, column]
    probabilities, present = verdicts.probabilities[known, column], there.codes[known, column]
    return CodeFigures(
        support=int(there.codes[:, column].sum()),
        precision=estimate(total.precision[0, column], drawn.precision[:, column]),
        recall=estimate(total.recall[0, column], drawn.recall[:, column]),
        f1=estimate(total.f1[0, column], drawn.f1[:, column]),
        average_precision=_average_precision(probabilities, present),
        calibration_error=calibration_error(reliability(probabilities, present)),
    )


def _average_precision(probabilities: Array, present: Mask) -> float | None:
    return float(average_precision_score(present, probabilities)) if present.any() else None
