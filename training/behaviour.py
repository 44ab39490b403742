"""Behaviour of a classifier by capability: minimum functionality, invariance, direction (Ribeiro et al., 2020)."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Any

from bylostalo.data.errors import BylostaloError
from bylostalo.data.taxonomy import codes
from bylostalo.training.metrics.verdicts import Judge

Case = Mapping[str, Any]
Scores = Mapping[str, float]
Judged = tuple[frozenset[str], Scores]
ANY = "*"
CLEARLY = 0.1
"""A direction holds where the probability moves by at least this much, or already stands beyond `SURE`."""
SURE = 0.9


def has_what_it_must(case: Case, judged: Judged) -> bool:
    found, _ = judged
    free = not found if ANY in case["lacks"] else found.isdisjoint(case["lacks"])
    return free and found.issuperset(case["has"])


def is_the_same(_: Case, before: Judged, after: Judged) -> bool:
    return before[0] == after[0]


def moves_as_it_must(case: Case, before: Judged, after: Judged) -> bool:
    first, second = before[1][case["code"]], after[1][case["code"]]
    if case["change"] == "down":
        first, second = 1 - first, 1 - second
    return second - first >= CLEARLY or second >= first >= SURE


MINIMUM = "minimum"
PAIRWISE: Mapping[str, Callable[[Case, Judged, Judged], bool]] = {
    "invariance": is_the_same,
    "direction": moves_as_it_must,
}
KINDS = (MINIMUM, *PAIRWISE)


@dataclass(frozen=True)
class Outcome:
    """A line of the suite with what was found in its text, and in the other one where it has two."""

    kind: str
    case: Case
    before: Judged
    after: Judged | None
    passed: bool


def read_cases(path: Path) -> list[Case]:
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise BylostaloError(f"{path}: не читается ({error})") from None


def behaviour(judge: Judge, folder: Path) -> list[Outcome]:
    """How the model does on the suite in `folder`, every line in order."""
    return [outcome for kind in KINDS for outcome in _outcomes(judge, kind, read_cases(folder / f"{kind}.jsonl"))]


def _outcomes(judge: Judge, kind: str, cases: Sequence[Case]) -> Iterator[Outcome]:
    before = _judged(judge, cases, "text")
    after = _judged(judge, cases, "other") if kind in PAIRWISE else [None] * len(cases)
    for case, first, second in zip(cases, before, after, strict=True):
        passed = PAIRWISE[kind](case, first, second) if second else has_what_it_must(case, first)
        yield Outcome(kind, case, first, second, passed)


def _judged(judge: Judge, cases: Sequence[Case], key: str) -> list[Judged]:
    verdicts = judge([case[key] for case in cases], [case["client"] for case in cases])
    return [
        (frozenset(compress(codes(), found)), dict(zip(codes(), map(float, probabilities), strict=True)))
        for found, probabilities in zip(verdicts.found, verdicts.probabilities, strict=True)
    ]


def rates(outcomes: Iterable[Outcome]) -> dict[str, dict[str, tuple[int, int]]]:
    """Kind of test → capability → (passed, all)."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for outcome in outcomes:
        capabilities = found.setdefault(outcome.kind, {})
        passed, count = capabilities.get(outcome.case["capability"], (0, 0))
        capabilities[outcome.case["capability"]] = passed + outcome.passed, count + 1
    return found
