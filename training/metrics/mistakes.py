"""Which replies a model judges worst, and which codes it gives instead of those it misses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bylostalo.data.records import Reply
from bylostalo.data.taxonomy import codes
from bylostalo.inference.results import Span
from bylostalo.training.metrics.classification import Tally
from bylostalo.training.metrics.verdicts import Array, Gold, Verdicts

WORST = 20
_SURE = 1e-4
"""No probability is taken to be nearer to 0 or 1 than this, or one wrong certainty would hide all else."""
Kind = Literal["right", "extra", "missed"]


@dataclass(frozen=True)
class Decision:
    """A code that is there or was given, with the model's probability and its spans (those of the labels where it was
    missed)."""

    code: str
    kind: Kind
    probability: float
    spans: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A reply judged wrongly and its mean log-loss a decision."""

    id: str
    domain: str
    channel: str
    client_message: str | None
    text: str
    loss: float
    decisions: tuple[Decision, ...]

    @property
    def is_false_alarm(self) -> bool:
        """Whether the reply is good."""
        return all(decision.kind == "extra" for decision in self.decisions)


def losses(gold: Gold, verdicts: Verdicts) -> Array:
    """Mean log-loss of the known decisions of each reply, `[replies]`."""
    likely = np.clip(np.where(gold.codes, verdicts.probabilities, 1 - verdicts.probabilities), _SURE, 1 - _SURE)
    return np.asarray(-np.log(likely).mean(axis=1, where=gold.known))


def worst(replies: Sequence[Reply], gold: Gold, verdicts: Verdicts, counted: Tally) -> tuple[Mistake, ...]:
    """At most `WORST` false alarms on good replies, then as many other mistakes; the largest loss first."""
    loss = losses(gold, verdicts)
    order = [int(index) for index in np.argsort(-loss, kind="stable")]
    alarms = [index for index in order if counted.alarmed[index]]
    wrong = np.asarray((counted.extra | counted.missed).any(axis=1))
    others = [index for index in order if wrong[index] and not counted.good[index]]
    return tuple(
        Mistake(
            id=replies[index].id,
            domain=replies[index].domain,
            channel=replies[index].channel,
            client_message=replies[index].client_message,
            text=replies[index].before,
            loss=float(loss[index]),
            decisions=_decisions(index, gold, verdicts, counted),
        )
        for index in (*alarms[:WORST], *others[:WORST])
    )


def _decisions(row: int, gold: Gold, verdicts: Verdicts, counted: Tally) -> tuple[Decision, ...]:
    """The wrong ones first, the surest first."""
    kinds: dict[Kind, NDArray[np.bool_]] = {
        "extra": counted.extra[row],
        "missed": counted.missed[row],
        "right": counted.right[row],
    }
    shown = verdicts.spans[row] if verdicts.spans is not None else {}
    found = []
    for kind, given in kinds.items():
        spans = gold.spans[row] if kind == "missed" else shown
        here = [
            Decision(codes()[column], kind, float(verdicts.probabilities[row, column]), spans.get(codes()[column], ()))
            for column in map(int, np.flatnonzero(given))
        ]
        found += sorted(here, key=lambda decision: -decision.probability)
    return tuple(found)


def swaps(counted: Tally) -> NDArray[np.int64]:
    """`[codes, codes]`: replies where the code of the row was missed while the code of the column was given in
    excess."""
    return counted.missed.astype(np.int64).T @ counted.extra.astype(np.int64)


def frequent(counts: Sequence[Sequence[int]]) -> list[tuple[str, str, int]]:
    """Code missed, code given instead and in how many replies, where that happened more than once; the most frequent
    first."""
    found = [
        (missed, extra, count)
        for missed, row in zip(codes(), counts, strict=True)
        for extra, count in zip(codes(), row, strict=True)
        if count > 1
    ]
    return sorted(found, key=lambda three: -three[2])
