"""Variations move no label: every span stays on the words it was on."""

from pathlib import Path
from random import Random

import pytest

from bylostalo.data.reading import read_replies
from bylostalo.data.splits import effective_split
from bylostalo.training.labels import Labelled, cold
from bylostalo.training.varying import VARIATIONS, edited, other_digits, other_names, varied, without_yo, you

ROOT = Path(__file__).parents[2]
CORPUS, _ = read_replies(ROOT / "data" / "corpus" / "bank.jsonl")
REPLIES = [reply for reply in CORPUS if effective_split(reply) == "train"]


def item(text, message=None, **spans):
    found = {code: tuple(places) for code, places in spans.items()}
    return Labelled(message, text, frozenset(spans), frozenset(), found)


def said(found):
    return {code: [found.text[start:stop] for start, stop in places] for code, places in found.spans.items()}


def test_a_span_follows_its_words():
    before = item("Павел, счёт «Лето» был закрыт.", passive_voice=[(19, 29)])
    after = edited(before, other_names, Random(1))
    assert after.text != before.text and said(after) == {"passive_voice": ["был закрыт"]}


def test_a_span_takes_a_changed_word_whole():
    after = edited(item("Ещё ждём.", rudeness=[(0, 9)]), without_yo, Random(0))
    assert said(after) == {"rudeness": ["Еще ждем."]}


def test_message_and_reply_change_alike():
    after = edited(item("Заказ 4817 отменён.", "Где 4817? Денис"), other_digits, Random(3))
    number = after.text.split()[1]
    assert number != "4817" and number in after.message
    after = edited(item("Денис, ждите.", "Где заказ? Денис"), other_names, Random(3))
    assert after.text.split(",")[0] == after.message.split()[-1] != "Денис"


@pytest.mark.parametrize("text", ["Вам отказано.", "Ждите. Вас вызовут.", "Иван! Вы здесь?"])
def test_the_first_letter_of_a_sentence_stays(text):
    assert all(edited(item(text), you, Random(seed)).text == text for seed in range(4))


def test_times_of_day_stay():
    assert "18:30" in edited(item("До 18:30, код 4711."), other_digits, Random(0)).text


@pytest.mark.parametrize("variation", [variation for variation, _ in VARIATIONS], ids=lambda one: one.__name__)
def test_no_span_of_the_corpus_is_lost(variation):
    for reply in REPLIES[:60]:
        before, after = cold(reply), edited(cold(reply), variation, Random(5))
        for code, places in after.spans.items():
            assert len(places) == len(before.spans[code])
            assert all(0 <= start < stop <= len(after.text) for start, stop in places)


def test_the_same_seed_gives_the_same_text():
    items = [cold(reply) for reply in REPLIES[:40]]
    assert [varied(one, Random(9)) for one in items] == [varied(one, Random(9)) for one in items]
    assert any(varied(one, Random(9)) != one for one in items)
