"""Figures of variety and agreement on texts small enough to count by hand."""

from pathlib import Path

import pytest

from bylostalo.data.agreement import agreements, cohen_kappa, read_labels
from bylostalo.data.errors import BylostaloError
from bylostalo.data.plots import PLOTS, draw, together
from bylostalo.data.reading import read_replies
from bylostalo.data.taxonomy import codes
from bylostalo.data.variety import commonest, distinct_ratio, nearest

CORPUS = Path(__file__).parents[2] / "data" / "corpus" / "telecom.jsonl"
TEXTS = ["Здравствуйте! Мы вернём деньги завтра. Пишите.", "Добрый день! Мы вернём деньги завтра. Ответьте на письмо."]


def test_greetings_and_signatures_are_no_openings():
    assert commonest(TEXTS, 0, count=1) == [("мы вернем деньги завтра", 2)]
    assert commonest(TEXTS, -1, count=2) == [("мы вернем деньги завтра", 1), ("ответьте на письмо", 1)]


def test_repeated_grams_are_counted_once():
    assert distinct_ratio(["а б в г", "а б в г"]) == 0.5
    assert distinct_ratio(["а"]) == 1.0


def test_the_nearest_pair():
    assert nearest(["Мы вернём деньги завтра утром", "Мы вернём деньги завтра", "Курьер уехал"]) > 0.6
    assert nearest(["Мы вернём деньги", "Курьер уехал"]) == 0.0


def test_kappa_of_a_textbook():
    assert cohen_kappa(both=20, first=5, second=10, total=50) == pytest.approx(0.4)
    assert cohen_kappa(both=0, first=0, second=0, total=9) == 1.0


def test_agreement_is_over_shared_replies():
    found = agreements({"1": {"blame"}, "2": set(), "3": {"blame"}}, {"1": {"blame"}, "2": {"blame"}})["blame"]
    assert (found.both, found.first, found.second) == (1, 0, 1)


@pytest.mark.parametrize("line", ['{"id": "1"}', '{"id": "1", "codes": ["politeness"]}', "{"])
def test_bad_labels_are_named_by_line(line, tmp_path):
    path = tmp_path / "second.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(BylostaloError, match=r"second\.jsonl:1"):
        read_labels(path)


def test_plots_are_drawn(tmp_path):
    replies, _ = read_replies(CORPUS)
    assert [path.name for path in draw(replies, tmp_path)] == [f"{name}.png" for name in PLOTS]
    shares = together(replies)
    present = [index for index, code in enumerate(codes()) if any(code in reply.codes for reply in replies)]
    assert all(shares[index, index] == 1 for index in present) and shares.max() <= 1
