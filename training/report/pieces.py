"""Cuts a text where the spans of its decisions begin and end."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from bylostalo.training.metrics.mistakes import Decision

ORDER = ("extra", "missed", "right")


def pieces(text: str, decisions: Iterable[Decision]) -> Iterator[tuple[str, str]]:
    """Fragments in order with the kind of the decision that covers each, the wrong ones first, or an empty string."""
    shown = sorted(decisions, key=lambda decision: ORDER.index(decision.kind))
    ends = {end for decision in shown for span in decision.spans for end in span}
    cuts = sorted({0, len(text), *ends})
    for start, stop in pairwise(cuts):
        covers = (one.kind for one in shown if any(first <= start and stop <= last for first, last in one.spans))
        yield text[start:stop], next(covers, "")
