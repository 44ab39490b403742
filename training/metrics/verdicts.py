"""What a model, and what the people who labelled, say of replies: the one shape that every metric takes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bylostalo.data.records import Reply
from bylostalo.data.taxonomy import codes, load
from bylostalo.inference.results import Span

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Spans = Mapping[str, tuple[Span, ...]]


@dataclass(frozen=True)
class Verdicts:
    """The probability of each code of the taxonomy and whether the model gives it, `[replies, codes]`; of each reply
    the spans of the codes given, or None where the model points at no place."""

    probabilities: Array
    found: Mask
    spans: tuple[Spans, ...] | None = None


Judge = Callable[[Sequence[str], Sequence[str | None]], Verdicts]
"""Replies and the customers' messages → verdicts."""


@dataclass(frozen=True)
class Gold:
    """The codes of each reply and whether they can be told at all (those about the customer's message need one),
    `[replies, codes]`; and their spans."""

    codes: Mask
    known: Mask
    spans: tuple[Spans, ...]


def marked(given: Sequence[Collection[str]]) -> Mask:
    """The codes of each reply as `[replies, codes]`."""
    return np.array([[code in one for code in codes()] for one in given], dtype=bool).reshape(len(given), len(codes()))


def gold(replies: Sequence[Reply]) -> Gold:
    alone = marked([[code.code for code in load() if not code.needs_client_message]] * len(replies))
    answered = np.array([bool(reply.client_message) for reply in replies], dtype=bool)
    spans = ({label.code: label.spans(reply.before) for label in reply.problems if label.quotes} for reply in replies)
    return Gold(marked([reply.codes for reply in replies]), alone | answered[:, None], tuple(spans))


def judged(judge: Judge, replies: Sequence[Reply]) -> Verdicts:
    return judge([reply.before for reply in replies], [reply.client_message for reply in replies])
