"""Behaviour of a classifier by capability: minimum functionality, invariance, direction (Ribeiro et al., 2020)."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.classifier import Classifier

Case = Mapping[str, Any]
Scores = Mapping[str, float]
Judged = tuple[frozenset[str], Scores]
ANY = "*"
CLEARLY = 0.1
"""A direction holds where the probability moves by at least this much, or already stands beyond `SURE`."""
SURE = 0.9


def has_what_it_must(case: Case, judged: Judged) -> bool:
    codes, _ = judged
    free = not codes if ANY in case["lacks"] else codes.isdisjoint(case["lacks"])
    return free and codes.issuperset(case["has"])


def is_the_same(_: Case, before: Judged, after: Judged) -> bool:
    return before[0] == after[0]


def moves_as_it_must(case: Case, before: Judged, after: Judged) -> bool:
    first, second = before[1][case["code"]], after[1][case["code"]]
    if case["change"] == "down":
        first, second = 1 - first, 1 - second
    return second - first >= CLEARLY or second >= first >= SURE


def judged(classifier: Classifier, texts: Sequence[str], clients: Sequence[str | None]) -> list[Judged]:
    """Codes above their thresholds, and the probability of every code, of each reply."""
    readings = classifier.read(texts, clients)
    return [
        (
            classifier.judge(text, reading, client).codes,
            dict(zip(classifier.codes, map(float, reading.codes), strict=True)),
        )
        for text, reading, client in zip(texts, readings, clients, strict=True)
    ]


def read_cases(path: Path) -> list[Case]:
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise BylostaloError(f"{path}: не читается ({error})") from None


def behaviour(classifier: Classifier, folder: Path) -> dict[str, dict[str, tuple[int, int]]]:
    """Kind of test → capability → (passed, all) of the suite in `folder`."""
    pairwise: Mapping[str, Callable[[Case, Judged, Judged], bool]] = {
        "invariance": is_the_same,
        "direction": moves_as_it_must,
    }
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for kind in ("minimum", *pairwise):
        cases = read_cases(folder / f"{kind}.jsonl")
        clients = [case["client"] for case in cases]
        before = judged(classifier, [case["text"] for case in cases], clients)
        if kind in pairwise:
            after = judged(classifier, [case["other"] for case in cases], clients)
            passed = [pairwise[kind](*three) for three in zip(cases, before, after, strict=True)]
        else:
            passed = [has_what_it_must(*two) for two in zip(cases, before, strict=True)]
        found[kind] = _counted([case["capability"] for case in cases], passed)
    return found


def _counted(names: Sequence[str], passed: Sequence[bool]) -> dict[str, tuple[int, int]]:
    results = defaultdict(list)
    for name, good in zip(names, passed, strict=True):
        results[name].append(good)
    return {name: (sum(all_), len(all_)) for name, all_ in results.items()}
