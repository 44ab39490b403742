"""The paired comparison of two models."""

from dataclasses import replace

import numpy as np
import pytest

from bylostalo.data.taxonomy import codes
from bylostalo.training.comparison import Difference, compared, verdict
from bylostalo.training.metrics.bootstrap import Estimate, resamples
from bylostalo.training.metrics.classification import Tally

COUNT = 300
RNG = np.random.default_rng(5)
THERE = RNG.random((COUNT, len(codes()))) < 0.2
THERE[:60] = False


def said(error):
    """What a model says that is wrong about this share of decisions."""
    found = THERE ^ (np.random.default_rng(int(1000 * error)).random(THERE.shape) < error)
    good = ~THERE.any(axis=1)
    return Tally(found & THERE, found & ~THERE, ~found & THERE, None, good, good & found.any(axis=1))


def against(mine, theirs):
    return compared("первая", mine, "вторая", theirs, weights=resamples(COUNT), seconds_per_reply=0.1)


def test_a_better_model_is_called_better():
    found = against(said(0.02), said(0.1))
    assert found.macro_f1.is_certain and found.macro_f1.gain.low > 0
    assert found.macro_f1.gain.value == pytest.approx(found.macro_f1.model - found.macro_f1.against)
    assert found.verdict.startswith("Лучше первая.") and "Ложные тревоги" in found.verdict


def test_a_worse_model_is_called_worse():
    found = against(said(0.1), said(0.02))
    assert found.verdict.startswith("Лучше вторая.") and found.macro_f1.gain.high < 0


def test_exchanging_the_two_turns_the_signs():
    one, other = against(said(0.05), said(0.06)), against(said(0.06), said(0.05))
    assert one.macro_f1.gain.value == pytest.approx(-other.macro_f1.gain.value)
    assert one.macro_f1.gain.low == pytest.approx(-other.macro_f1.gain.high)
    assert one.macro_f1.p == other.macro_f1.p
    assert [each.p for each in one.codes.values()] == [each.p for each in other.codes.values()]


def test_a_model_is_no_better_than_itself():
    found = against(said(0.05), said(0.05))
    assert found.macro_f1.gain == Estimate(0.0, 0.0, 0.0) and found.macro_f1.p == 1.0
    assert found.verdict.startswith("Разница не доказана.") and "Ложные тревоги" not in found.verdict


def test_pairing_sees_what_two_intervals_cannot():
    """The second model makes the errors of the first and two more a code: a small but steady loss."""
    mine = said(0.05)
    missed = mine.missed.copy()
    for column in range(len(codes())):
        missed[np.flatnonzero(mine.right[:, column])[:2], column] = True
    worse = replace(mine, right=mine.right & ~missed, missed=missed)
    found = against(mine, worse)
    assert found.macro_f1.is_certain
    assert found.macro_f1.model - found.macro_f1.against < 0.05


def test_models_without_spans_differ_in_nothing_there():
    found = against(said(0.05), said(0.06)).span_f1
    assert found == Difference(None, None, Estimate(None, None, None), None) and not found.is_certain


def test_the_verdict_is_one_plain_line():
    macro = Difference(0.705, 0.58, Estimate(0.125, 0.1, 0.15), 0.002)
    alarms = Difference(0.03, 0.08, Estimate(-0.05, -0.1, 0.01), 0.2)
    assert verdict("модель", "правила", macro, alarms) == (
        "Лучше модель. macro-F1: модель 0,705, правила 0,580, "
        "разница +0,125 (95 %: от +0,100 до +0,150), p\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}0,002."
    )
