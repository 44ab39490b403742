"""Precision, recall and F1 of codes and of the words that their spans cover, of many weightings of replies at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from razdel import tokenize

from bylostalo.data.records import Reply
from bylostalo.inference.results import Span
from bylostalo.training.metrics.verdicts import Array, Gold, Mask, Spans, Verdicts


@dataclass(frozen=True)
class Tally:
    """What can be counted of each reply: codes given rightly, in excess and not given, `[replies, codes]`; words under
    their spans likewise, `[replies, 3]`, or None; whether it is good, and whether it is good but raised an alarm."""

    right: Mask
    extra: Mask
    missed: Mask
    words: Array | None
    good: Mask
    alarmed: Mask


@dataclass(frozen=True)
class Scores:
    """Figures of every weighting: `[weightings, codes]` the first three, `[weightings]` the rest; nan where nothing
    can be said. Macro-F1 is the plain mean over the codes that occur."""

    precision: Array
    recall: Array
    f1: Array
    macro_f1: Array
    span_f1: Array
    false_alarms: Array


def tally(replies: Sequence[Reply], gold: Gold, verdicts: Verdicts) -> Tally:
    found = verdicts.found
    words = None
    if verdicts.spans is not None:
        texts = [reply.before for reply in replies]
        words = np.array([word_counts(*three) for three in zip(texts, verdicts.spans, gold.spans, strict=True)])
    good = np.asarray(~gold.codes.any(axis=1))
    return Tally(
        right=found & gold.codes,
        extra=found & ~gold.codes,
        missed=~found & gold.codes,
        words=words,
        good=good,
        alarmed=np.asarray(good & found.any(axis=1)),
    )


def scores(counted: Tally, weights: Array) -> Scores:
    """Figures of the replies taken as often as each row of `weights` `[weightings, replies]` says."""
    each = (counted.right, counted.extra, counted.missed)
    right, extra, missed = (weights @ which.astype(np.float64) for which in each)
    f1 = ratio(2 * right, 2 * right + extra + missed)
    occurs = right + missed > 0
    words = np.zeros((len(weights), 3)) if counted.words is None else weights @ counted.words
    return Scores(
        precision=ratio(right, right + extra),
        recall=ratio(right, right + missed),
        f1=f1,
        macro_f1=ratio(np.where(occurs, f1, 0.0).sum(axis=1), occurs.sum(axis=1)),
        span_f1=ratio(2 * words[:, 0], words @ np.array([2.0, 1.0, 1.0])),
        false_alarms=ratio(weights @ counted.alarmed, weights @ counted.good),
    )


def ratio(part: Array, whole: Array) -> Array:
    """`part / whole`, nan where there is no whole."""
    return np.asarray(np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole > 0))


def words_of(text: str) -> list[Span]:
    return [(token.start, token.stop) for token in tokenize(text) if any(map(str.isalnum, token.text))]


def covered(words: Sequence[Span], spans: Iterable[Span]) -> set[int]:
    """Indices of the words that any of the spans touches."""
    return {
        index for start, stop in spans for index, (first, last) in enumerate(words) if first < stop and start < last
    }


def word_counts(text: str, found: Spans, gold: Spans) -> tuple[float, float, float]:
    """Words under the spans of each code: covered by both, by `found` alone, by `gold` alone."""
    words = words_of(text)
    mine = {(code, word) for code, spans in found.items() for word in covered(words, spans)}
    theirs = {(code, word) for code, spans in gold.items() for word in covered(words, spans)}
    return float(len(mine & theirs)), float(len(mine - theirs)), float(len(theirs - mine))
