"""The n-gram part: what makes no difference, and that equal text gives equal logits."""

import numpy as np
import pytest

from bylostalo.inference.ngrams import BUCKETS, Ngrams, features, hashed, letters, plain, words

ONES = np.ones(BUCKETS, dtype=np.float16)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Счёт «Лето»", 'счет "лето"'), ("Вернём 4 817 ₽", "вернем 1 200 ₽"), ("Да — нет", "да - нет")],
)
def test_spellings_that_make_no_difference(one, other):
    assert plain(one) == plain(other)


def test_terms():
    assert list(words("вернём все деньги", "r")) == ["r вернём", "r все", "r деньги", "r вернём все", "r все деньги"]
    assert {" да", "да ", " да "} <= set(letters("да"))


def test_repeats_count_less_and_less():
    _, once = hashed(iter(["а"]))
    _, often = hashed(iter(["а"] * 10))
    assert once[0] == 1 and 3 < often[0] < 3.5


def test_each_group_has_unit_length():
    _, values = features("Вернём деньги завтра", "где деньги", ONES)
    assert np.square(values).sum() == pytest.approx(3, abs=1e-4)
    buckets, values = features("", "", ONES)
    assert len(buckets) == len(values) == 0


def test_message_and_reply_are_told_apart():
    weights = np.zeros((BUCKETS, 2), dtype=np.float16)
    buckets, _ = hashed(words("деньги", "m"))
    weights[buckets, 1] = 1
    ngrams = Ngrams(weights, ONES)
    assert ngrams.logits("деньги", "") == pytest.approx([0, 0])
    assert ngrams.logits("да", "деньги")[1] == pytest.approx(1, abs=1e-3)
