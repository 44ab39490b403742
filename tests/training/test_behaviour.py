"""The behaviour suite is whole, and its checks tell right from wrong."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from bylostalo.data.taxonomy import load
from bylostalo.training.behaviour import (
    Outcome,
    behaviour,
    has_what_it_must,
    is_the_same,
    moves_as_it_must,
    rates,
    read_cases,
)
from bylostalo.training.metrics.verdicts import Verdicts, marked

SUITE = Path(__file__).parents[2] / "data" / "behaviour"
CODES = {entry.code for entry in load()}
KEYS = {
    "minimum": {"capability", "text", "client", "has", "lacks"},
    "invariance": {"capability", "text", "other", "client"},
    "direction": {"capability", "text", "other", "client", "code", "change"},
}


@pytest.mark.parametrize(("kind", "least"), [("minimum", 230), ("invariance", 110), ("direction", 110)])
def test_the_suite_is_whole(kind, least):
    cases = read_cases(SUITE / f"{kind}.jsonl")
    assert len(cases) >= least and all(case.keys() == KEYS[kind] for case in cases)
    named = {code for case in cases for code in (*case.get("has", ()), *case.get("lacks", ()), case.get("code", "*"))}
    assert named <= CODES | {"*"}
    assert min(Counter(case["capability"] for case in cases).values()) >= 9


def judged(**scores):
    return frozenset(code for code, score in scores.items() if score >= 0.5), scores


@pytest.mark.parametrize(
    ("has", "lacks", "codes", "holds"),
    [
        (["blame"], [], {"blame": 0.9}, True),
        (["blame"], [], {"blame": 0.1}, False),
        ([], ["blame"], {"blame": 0.9}, False),
        ([], ["*"], {"rudeness": 0.9}, False),
        ([], ["*"], {"rudeness": 0.1}, True),
    ],
)
def test_minimum(has, lacks, codes, holds):
    assert has_what_it_must({"has": has, "lacks": lacks}, judged(**codes)) == holds


def test_invariance():
    assert is_the_same({}, judged(blame=0.9), judged(blame=0.6))
    assert not is_the_same({}, judged(blame=0.9), judged(blame=0.4))


@pytest.mark.parametrize(
    ("change", "first", "second", "holds"),
    [("up", 0.2, 0.8, True), ("up", 0.2, 0.25, False), ("up", 0.95, 0.96, True), ("down", 0.8, 0.2, True),
     ("down", 0.2, 0.8, False), ("down", 0.05, 0.02, True)],
)  # fmt: skip
def test_direction(change, first, second, holds):
    assert moves_as_it_must({"code": "blame", "change": change}, judged(blame=first), judged(blame=second)) == holds


def test_a_model_that_sees_nothing_passes_where_nothing_is_to_be_seen():
    def blind(texts, clients):
        found = marked([set()] * len(texts))
        return Verdicts(np.where(found, 1.0, 0.5), found)

    for outcome in behaviour(blind, SUITE):
        must_see = outcome.kind == "direction" or outcome.case.get("has")
        assert outcome.passed == (not must_see)
        assert (outcome.after is None) == (outcome.kind == "minimum")


def test_rates():
    nothing = judged()
    lines = [("minimum", "a", True), ("minimum", "a", False), ("minimum", "b", True), ("direction", "a", False)]
    outcomes = [Outcome(kind, {"capability": name}, nothing, None, passed) for kind, name, passed in lines]
    assert rates(outcomes) == {"minimum": {"a": (1, 2), "b": (1, 1)}, "direction": {"a": (0, 1)}}
