"""Slips that make a faithful rewrite unfaithful: each kind on lines of Russian, and what holds of all of them."""

import re
from pathlib import Path
from random import Random

import pytest

from bylostalo.data.reading import read_sentences
from bylostalo.data.synthesis import flaws
from bylostalo.data.synthesis.flaws import flawed
from bylostalo.data.synthesis.words import words

SENTENCES = Path(__file__).parents[2] / "data" / "sentences"


def made(flaw, text):
    return {f"{text[:start]}{new}{text[stop:]}" for start, stop, new in flaw(words(text), text)}


@pytest.mark.parametrize(
    ("flaw", "text", "slip"),
    [
        (flaws.turned, "Вернуть товар можно до 5 мая.", "Вернуть товар нельзя до 5 мая."),
        (flaws.turned, "Вернуть товар можно до 5 мая.", "Вернуть товар можно после 5 мая."),
        (flaws.negated, "Мы не берём комиссию.", "Мы берём комиссию."),
        (flaws.negated, "Мы берём комиссию.", "Мы не берём комиссию."),
        (flaws.unlimited, "Возвращаем только на карту.", "Возвращаем на карту."),
        (flaws.unlimited, "Заявку рассмотрели повторно.", "Заявку рассмотрели."),
        (flaws.unqualified, "Принесите оригинальную коробку.", "Принесите коробку."),
        (flaws.others, "Заказ передал курьеру продавец.", "Заказ передал водителю продавец."),
        (flaws.others, "Мы закрыли ваш договор.", "Мы закрыли ваш счёт."),
        (flaws.sides, "Мы отменили заказ 3 мая.", "Вы отменили заказ 3 мая."),
        (flaws.times, "Мы вернули деньги.", "Мы вернём деньги."),
        (flaws.times, "Деньги вернут на карту.", "Деньги вернули на карту."),
        (flaws.shortened, "Обменяем товар, если есть чек.", "Обменяем товар."),
        (flaws.shortened, "Если есть чек, обменяем товар.", "Обменяем товар."),
        (flaws.shortened, "Нужны паспорт и справка.", "Нужны паспорт."),
        (flaws.shortened, "Заявку примут в отделении.", "Заявку примут."),
    ],
)
def test_a_slip_of_each_kind(flaw, text, slip):
    assert slip in made(flaw, text)


@pytest.mark.parametrize(
    ("flaw", "text"),
    [
        (flaws.turned, "Платить не нужно."),
        (flaws.unlimited, "Он не приехал, поэтому ждём."),
        (flaws.sides, "Мы вернём деньги."),
        (flaws.others, "Деньги у вас."),
    ],
)
def test_no_slip_where_it_would_be_no_russian(flaw, text):
    assert not made(flaw, text)


def test_over_the_corpus_a_slip_changes_the_words_but_no_number_and_follows_from_the_seed():
    pairs, _ = read_sentences(SENTENCES)
    texts = [pair.after for pair in pairs if pair.after][:400]
    slips = [flawed(text, Random(index)) for index, text in enumerate(texts)]
    assert slips == [flawed(text, Random(index)) for index, text in enumerate(texts)]
    found = [(text, slip) for text, slip in zip(texts, slips, strict=True) if slip]
    assert len(found) > 0.9 * len(texts)
    for text, slip in found:
        assert slip.lower() != text.lower() and slip[:1].isupper() == text[:1].isupper()
        assert set(re.findall(r"\d+", slip)) <= set(re.findall(r"\d+", text))
