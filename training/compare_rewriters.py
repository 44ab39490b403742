"""Whether one rewriter is better than another on the same replies."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sacrebleu.metrics import CHRF

from bylostalo.inference.facts.compare import compare
from bylostalo.inference.results import Edit, Request
from bylostalo.training.compare_data import Case
from bylostalo.training.comparison import Difference, difference
from bylostalo.training.labels import MENDABLE
from bylostalo.training.metrics.bootstrap import resamples
from bylostalo.training.metrics.sari import sari
from bylostalo.training.metrics.verdicts import Array

CHUNK = 16
_CHRF = CHRF(word_order=2)
Rewrites = Callable[[Sequence[Request]], list[Edit]]
Parts = Iterable[tuple[Case, ...]]


@dataclass(frozen=True)
class Metric:
    """A figure of a reply, None where it has none; `better` is 1 where more is better, -1 where less is, else 0."""

    title: str
    better: int
    is_share: bool
    of: Callable[[Case, Edit], float | None]


@dataclass(frozen=True)
class Answer:
    """What one model made of a reply, and its figures by metric."""

    text: str
    status: str
    reason: str
    problems: tuple[str, ...]
    figures: Mapping[str, float | None]


@dataclass(frozen=True, kw_only=True)
class Tried:
    """One model's answers to all the replies."""

    title: str
    answers: tuple[Answer, ...]
    seconds_per_reply: float


@dataclass(frozen=True, kw_only=True)
class RewriterComparison:
    """Means of `first` and `second` over the replies and what the second gains over the first, by metric."""

    first: Tried
    second: Tried
    cases: tuple[Case, ...]
    differences: Mapping[str, Difference]


def _chrf(case: Case, edit: Edit) -> float | None:
    if not case.references:
        return None
    return float(_CHRF.sentence_score(edit.rewrite.after, list(case.references)).score)


def _sari(case: Case, edit: Edit) -> float | None:
    return sari(case.request.before, edit.rewrite.after, case.references) if case.references else None


def _broken(case: Case, edit: Edit) -> float:
    request, text = case.request, edit.rewrite.after
    if text == request.before:
        return 0.0
    told = "\n".join(filter(None, (request.client_message, *case.phrases)))
    return float(not compare(text, before=request.before, client_message=told, notes=request.notes).ok)


def _removed(_: Case, edit: Edit) -> float | None:
    """Of the problems that can be mended, the share the classifier no longer sees."""
    before = MENDABLE & edit.diagnosis.codes
    left = {problem.code for problem in edit.problems_after}
    return 1 - len(before & left) / len(before) if before else None


def _status(status: str) -> Callable[[Case, Edit], float]:
    return lambda _, edit: float(edit.rewrite.status == status)


METRICS: Mapping[str, Metric] = {
    "chrf": Metric("chrF++ к эталону", 1, False, _chrf),
    "sari": Metric("SARI к эталону", 1, False, _sari),
    "removed": Metric("снято проблем", 1, True, _removed),
    "broken": Metric("ответов со сломанными фактами", -1, True, _broken),
    "kept": Metric("оставлено без безопасного варианта", -1, True, _status("kept")),
    "unchanged": Metric("не тронуто", 0, True, _status("unchanged")),
    "length": Metric("длина «стало» к «было»", 0, True, lambda c, e: len(e.rewrite.after) / len(c.request.before)),
}


def compare_rewriters(
    first: tuple[str, Rewrites],
    second: tuple[str, Rewrites],
    cases: Sequence[Case],
    *,
    track: Callable[[Sequence[tuple[Case, ...]]], Parts] = iter,
) -> RewriterComparison:
    """Both, by turns on small batches, so that a busy machine slows both alike; `track` shows how far it is."""
    edits: dict[int, list[Edit]] = {0: [], 1: []}
    seconds = [0.0, 0.0]
    models = (first, second)
    parts = [tuple(cases[start : start + CHUNK]) for start in range(0, len(cases), CHUNK)]
    for turn, part in enumerate(track(parts)):
        for place in (turn % 2, 1 - turn % 2):
            started = time.perf_counter()
            edits[place] += models[place][1]([case.request for case in part])
            seconds[place] += time.perf_counter() - started
    tried = [
        Tried(
            title=models[place][0],
            answers=tuple(map(_answer, cases, edits[place])),
            seconds_per_reply=seconds[place] / len(cases),
        )
        for place in (0, 1)
    ]
    return RewriterComparison(
        first=tried[0], second=tried[1], cases=tuple(cases), differences=differences(tried[0], tried[1])
    )


def _answer(case: Case, edit: Edit) -> Answer:
    return Answer(
        text=edit.rewrite.after,
        status=edit.rewrite.status,
        reason=edit.rewrite.reason,
        problems=tuple(problem.code for problem in edit.problems_after),
        figures={name: metric.of(case, edit) for name, metric in METRICS.items()},
    )


def differences(first: Tried, second: Tried) -> dict[str, Difference]:
    """Means of both, and by how much the second is above the first on the same resamples of the replies."""
    drawn = resamples(len(first.answers))
    whole = np.ones((1, len(first.answers)))
    found = {}
    for name in METRICS:
        mine, theirs = (_column(each, name) for each in (second, first))
        gains = means(mine, drawn) - means(theirs, drawn)
        found[name] = difference(float(means(mine, whole)[0]), float(means(theirs, whole)[0]), gains)
    return found


def _column(tried: Tried, name: str) -> Array:
    return np.array([answer.figures[name] for answer in tried.answers], dtype=np.float64)


def means(values: Array, weights: Array) -> Array:
    """Mean of the known `values` `[replies]` under every weighting `[weightings, replies]`; nan where none is known."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.asarray(weights @ np.where(known, values, 0.0) / (weights @ known))
