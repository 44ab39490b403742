"""Metrics on cases that can be counted by hand, and against slower ways to count them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import precision_recall_fscore_support

from bylostalo.data.records import Label, Reply
from bylostalo.data.taxonomy import codes
from bylostalo.training.baselines import copied, replaced
from bylostalo.training.metrics.bootstrap import Estimate, estimate, p_value, resamples
from bylostalo.training.metrics.classification import Tally, scores, tally, word_counts
from bylostalo.training.metrics.mistakes import Decision, frequent, losses, swaps, worst
from bylostalo.training.metrics.reliability import Bin, calibration_error, reliability
from bylostalo.training.metrics.sari import sari
from bylostalo.training.metrics.verdicts import Verdicts, gold, marked
from bylostalo.training.metrics.word_lists import hits, places

NAN = float("nan")
COUNT = 6
MASKS = arrays(bool, (COUNT, len(codes())))


def reply(before="Ждите.", *labels, client="Где заказ?", name="r"):
    return Reply(
        id=name, domain="почта", channel="чат", client_message=client, before=before, after=before, notes=(),
        problems=labels, group=name,
    )  # fmt: skip


def verdicts(*found, spans=None):
    mask = marked(found)
    return Verdicts(np.where(mask, 0.9, 0.1), mask, spans)


def counted(found, there):
    good = ~there.any(axis=1)
    return Tally(found & there, found & ~there, ~found & there, None, good, good & found.any(axis=1))


def test_scores_of_a_small_case():
    replies = [reply("а", Label(code="blame")), reply("б", Label(code="rudeness")), reply("в"), reply("г")]
    found = verdicts({"blame"}, {"blame", "rudeness"}, {"blame"}, set())
    got = scores(tally(replies, gold(replies), found), np.ones((1, 4)))
    blame, rudeness, excuse = map(codes().index, ("blame", "rudeness", "excuse"))
    assert got.precision[0, blame] == pytest.approx(1 / 3) and got.recall[0, blame] == 1.0
    assert got.f1[0, [blame, rudeness]] == pytest.approx([0.5, 1.0])
    assert np.isnan(got.f1[0, excuse]) and np.isnan(got.precision[0, excuse])
    assert got.macro_f1 == pytest.approx([0.75]) and got.false_alarms == pytest.approx([0.5])
    assert np.isnan(got.span_f1[0])


@given(MASKS, MASKS)
def test_scores_agree_with_scikit_learn(found, there):
    got = scores(counted(found, there), np.ones((1, COUNT)))
    precision, recall, f1, support = precision_recall_fscore_support(there, found, zero_division=np.nan)
    np.testing.assert_allclose(got.precision[0], precision)
    np.testing.assert_allclose(got.recall[0], recall)
    np.testing.assert_allclose(got.f1[0], f1)
    assert got.macro_f1[0] == pytest.approx(f1[support > 0].mean() if support.any() else NAN, nan_ok=True)


@given(MASKS, MASKS, arrays(int, COUNT, elements=st.integers(0, 3)))
def test_a_weight_is_a_reply_taken_so_often(found, there, times):
    weighted = scores(counted(found, there), times[None].astype(float))
    repeated = scores(counted(found.repeat(times, 0), there.repeat(times, 0)), np.ones((1, times.sum())))
    for one, other in zip(vars(weighted).values(), vars(repeated).values(), strict=True):
        np.testing.assert_allclose(one, other)


def test_span_words():
    text = "был заблокирован ваш сервер"
    assert word_counts(text, {"x": ((0, 16),)}, {"x": ((4, 20),)}) == (1, 1, 1)
    assert word_counts(text, {}, {"x": ((0, 3),)}) == (0, 0, 1)
    assert word_counts(text, {"y": ((0, 3),)}, {"x": ((0, 3),)}) == (0, 1, 1)
    replies = [reply(text, Label(code="passive_voice", quotes=("был заблокирован",))), reply("да")]
    found = verdicts({"passive_voice"}, {"blame"}, spans=({"passive_voice": ((0, 20),)}, {"blame": ((0, 2),)}))
    got = scores(tally(replies, gold(replies), found), np.ones((1, 2)))
    assert got.span_f1 == pytest.approx([2 * 2 / (2 * 2 + 2)])


def test_what_depends_on_the_customer_is_unknown_without_her():
    there = gold([reply(client=None), reply(client=""), reply()])
    column = codes().index("ignores_details")
    assert there.known[:, column].tolist() == [False, False, True]
    assert np.delete(there.known, column, axis=1).all()


def test_resamples_are_whole_and_the_same():
    drawn = resamples(50)
    assert drawn.shape == (1_000, 50) and (drawn.sum(axis=1) == 50).all()
    np.testing.assert_array_equal(drawn, resamples(50))
    assert len({row.tobytes() for row in drawn}) == 1_000


def test_an_interval_is_as_wide_as_theory_says():
    alarms = np.arange(400) < 100
    drawn = resamples(400) @ alarms / 400
    found = estimate(0.25, drawn)
    reach = 1.96 * (0.25 * 0.75 / 400) ** 0.5
    assert found.low == pytest.approx(0.25 - reach, abs=0.006)
    assert found.high == pytest.approx(0.25 + reach, abs=0.006)


def test_a_figure_nobody_can_tell_has_no_interval():
    assert estimate(NAN, np.array([NAN, NAN])) == estimate(NAN, np.array([0.5])) == Estimate(None, None, None)
    assert estimate(0.5, np.array([NAN, 0.5, NAN])) == Estimate(0.5, 0.5, 0.5)
    assert p_value(np.array([NAN])) is None


def test_p_values():
    assert p_value(np.full(999, 0.1)) == pytest.approx(0.002)
    assert p_value(np.zeros(999)) == 1.0
    assert p_value(np.r_[np.full(20, -0.1), np.full(979, 0.1)]) == pytest.approx(0.042)
    assert p_value(np.array([0.1, -0.1, NAN])) == 1.0


def test_reliability_of_a_small_case():
    bins = reliability(np.array([0.05, 0.05, 0.95, 1.0]), np.array([False, True, True, True]))
    assert bins == (Bin(0.0, 0.1, 2, 0.05, 0.5), Bin(0.9, 1.0, 2, 0.975, 1.0))
    assert calibration_error(bins) == pytest.approx((0.45 + 0.025) / 2)
    assert calibration_error(reliability(np.array([]), np.array([], dtype=bool))) is None


def test_honest_probabilities_are_calibrated_and_boastful_ones_are_not():
    rng = np.random.default_rng(0)
    probabilities = rng.random(20_000)
    present = rng.random(20_000) < probabilities
    assert calibration_error(reliability(probabilities, present)) < 0.02
    assert calibration_error(reliability(np.where(probabilities > 0.5, 0.99, 0.01), present)) > 0.2


@given(arrays(float, 40, elements=st.floats(0, 1)), arrays(bool, 40))
def test_bins_hold_every_decision_once(probabilities, present):
    bins = reliability(probabilities, present)
    assert sum(each.count for each in bins) == 40
    assert all(each.low <= each.predicted <= each.high + 1e-9 for each in bins)
    assert sum(each.count * each.observed for each in bins) == pytest.approx(present.sum())


def test_losses_are_of_known_decisions():
    replies = [reply("а", Label(code="blame")), reply("а", Label(code="blame"), client=None)]
    said = verdicts(set(), set())
    said.probabilities[:, codes().index("ignores_details")] = 0.8
    alone = -(17 * np.log(0.9) + np.log(0.1) - np.log(0.9)) / 17
    assert losses(gold(replies), said)[1] == pytest.approx(alone)
    assert losses(gold(replies), said)[0] == pytest.approx((17 * alone - np.log(0.2)) / 18)


def test_false_alarms_come_first_then_the_surest_mistakes():
    replies = [
        reply("верно", Label(code="blame"), name="верно"),
        reply("Вы сами", Label(code="blame", quotes=("сами",)), name="пропуск"),
        reply("хуже", Label(code="excuse"), Label(code="redirect"), name="хуже"),
        reply("да", name="тревога"),
        reply("да", name="чисто"),
    ]
    there = gold(replies)
    found = verdicts({"blame"}, {"rudeness"}, {"lecturing"}, {"blame"}, set(), spans=({}, {}, {}, {}, {}))
    mistakes = worst(replies, there, found, tally(replies, there, found))
    assert [mistake.id for mistake in mistakes] == ["тревога", "хуже", "пропуск"]
    assert [mistake.is_false_alarm for mistake in mistakes] == [True, False, False]
    assert mistakes[2].decisions == (
        Decision("rudeness", "extra", 0.9, ()),
        Decision("blame", "missed", 0.1, ((3, 7),)),
    )


def test_swaps_pair_what_was_missed_with_what_was_given():
    replies = [reply("а", Label(code="blame"), Label(code="excuse"))] * 2 + [reply("б")]
    there = gold(replies)
    found = verdicts({"rudeness", "excuse"}, {"rudeness"}, {"lecturing"})
    table = swaps(tally(replies, there, found))
    assert table.sum() == 3 and table[codes().index("blame"), codes().index("rudeness")] == 2
    assert frequent(table.tolist()) == [("blame", "rudeness", 2)]


def test_a_certain_error_does_not_make_the_loss_endless():
    replies = [reply("а", Label(code="blame"))]
    said = replace(verdicts(set()), probabilities=np.zeros((1, len(codes()))))
    assert losses(gold(replies), said)[0] < 1


def test_sari_rewards_the_reference_most():
    before, after = "необходимо произвести оплату счёта", "оплатите счёт"
    assert sari(before, after, [after]) == pytest.approx(100.0)
    assert sari(before, before, [after]) < sari(before, "оплатите счёт сегодня", [after]) < 100.0


def test_word_lists_see_officialese():
    text = "Уважаемый клиент! Возврат денежных средств не осуществляется."
    cold = hits(text)
    assert cold["impersonal_address"] == 1 and cold["officialese"] == 2
    assert [text[start:stop] for start, stop in places(text)["officialese"]] == ["денежных средств", "осуществляется"]
    assert not any(hits("Здравствуйте! Деньги вернём завтра.").values())


def test_baselines():
    assert copied("Ждите.") == "Ждите."
    assert replaced("Уважаемый клиент! ввиду сбоя ждите.") == "Здравствуйте! Из-за сбоя ждите."
