"""Metrics on cases that can be counted by hand."""

import pytest

from bylostalo.training.baselines import copied, replaced
from bylostalo.training.metrics.classification import Counts, macro_f1, per_code, span_counts
from bylostalo.training.metrics.sari import sari
from bylostalo.training.metrics.word_lists import hits


def test_counts():
    counts = per_code([{"a"}, {"a", "b"}, set()], [{"a"}, {"b"}, {"a"}], ["a", "b", "c"])
    assert counts["a"] == Counts(1, 1, 1) and counts["b"] == Counts(1, 0, 0) and counts["c"] == Counts()
    assert counts["a"].precision == counts["a"].recall == counts["a"].f1 == 0.5
    assert macro_f1(counts) == pytest.approx(0.75)


def test_span_words():
    text = "был заблокирован ваш сервер"
    assert span_counts(text, {"x": [(0, 16)]}, {"x": [(4, 20)]}) == Counts(1, 1, 1)
    assert span_counts(text, {}, {"x": [(0, 3)]}) == Counts(0, 0, 1)


def test_sari_rewards_the_reference_most():
    before, after = "необходимо произвести оплату счёта", "оплатите счёт"
    assert sari(before, after, [after]) == pytest.approx(100.0)
    assert sari(before, before, [after]) < sari(before, "оплатите счёт сегодня", [after]) < 100.0


def test_word_lists_see_officialese():
    cold = hits("Уважаемый клиент! Возврат денежных средств не осуществляется.")
    assert cold["impersonal_address"] == 1 and cold["officialese"] == 2
    assert not any(hits("Здравствуйте! Деньги вернём завтра.").values())


def test_baselines():
    assert copied("Ждите.") == "Ждите."
    assert replaced("Уважаемый клиент! ввиду сбоя ждите.") == "Здравствуйте! Из-за сбоя ждите."
