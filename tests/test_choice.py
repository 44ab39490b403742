"""What is never given out, whatever the model thinks of it."""

import pytest

from bylostalo.inference.choice import GAIN, SURE, Option, Source, admissible, is_sure, likeliest
from bylostalo.inference.prompts import DROPPED
from bylostalo.inference.sequence_model import Likelihood


def mean(value):
    return Likelihood(value, value)


def choose(source, options):
    return likeliest(source, admissible(source, options))


REFUSAL = Source("Возврат денежных средств за услугу не производится.")


@pytest.mark.parametrize(
    ("source", "unsafe", "safe"),
    [
        (REFUSAL, "Мы вернём деньги за услугу.", "Мы не возвращаем деньги за услугу."),
        (
            Source("Проверка занимает до 10 дней."),
            "Проверим за 12 дней.",
            "Мы проверяем до 10 дней.",
        ),
        (
            Source("Отправка заказа будет произведена не ранее 5 июня."),
            "Мы отправим заказ до 5 июня.",
            "Мы отправим заказ не раньше 5 июня.",
        ),
        (
            Source("Заявка отправлена.", "ответ придёт в среду"),
            "Мы отправили заявку.",
            "Мы отправили заявку, ответ придёт в среду.",
        ),
        (Source("Спишем 300 ₽ в мае."), DROPPED, "В мае спишем 300 ₽."),
        (
            Source("При необходимости вы вправе отменить заказ в разделе «Мои заказы»."),
            "Если вы вправе отменить заказ в разделе «Мои заказы».",
            "Если нужно, отмените заказ в разделе «Мои заказы».",
        ),
        (Source("Ждите."), "Подождите \ue003.", "Подождите, пожалуйста."),
        (
            Source("Пишите, пришлю мастера."),
            "Пишите, пришлю, пожалуйста, мастера.",
            "Пишите, пожалуйста, пришлю мастера.",
        ),
    ],
)
def test_an_unsafe_candidate_loses_to_a_safe_one(source, unsafe, safe):
    assert choose(source, [Option(unsafe, mean(-0.01)), Option(safe, mean(-2.0))]) == safe
    assert choose(source, [Option(unsafe, mean(-0.01))]) is None


def test_no_candidates_means_the_sentence_stays():
    assert choose(REFUSAL, []) is None


def test_a_sentence_that_the_model_leaves_first_of_all_is_left():
    same = Option(REFUSAL.sentence, mean(-0.1))
    assert choose(REFUSAL, [same, Option("Мы не возвращаем деньги за услугу.", mean(-0.2))]) == REFUSAL.sentence


@pytest.mark.parametrize(("gain", "changed"), [(-0.1, False), (GAIN / 2, False), (2 * GAIN, True)])
def test_a_change_must_be_likelier_than_none(gain, changed):
    same, other = Option(REFUSAL.sentence, mean(-0.5)), Option("Мы не возвращаем деньги за услугу.", mean(gain - 0.5))
    assert choose(REFUSAL, [other, same]) == (other if changed else same).text


def test_an_unchanged_sentence_stays_where_nothing_likelier_is_safe():
    lost = Option("Мы возвращаем деньги за услугу.", mean(-0.1))
    assert choose(REFUSAL, [lost, Option(REFUSAL.sentence, mean(-0.5))]) is None


@pytest.mark.parametrize(
    ("forward", "reverse", "sure"), [(-0.1, -0.1, True), (2 * SURE, -0.1, False), (-0.1, 3 * SURE, False)]
)
def test_the_model_must_be_sure_of_a_change_both_ways(forward, reverse, sure):
    ways = (Likelihood(-0.1, whole) for whole in (forward, reverse))
    assert is_sure(Option("Мы не возвращаем деньги за услугу.", *ways)) == sure


def test_an_empty_phrase_may_go():
    assert choose(Source("Мы дорожим каждым клиентом."), [Option(DROPPED, mean(-0.1))]) == DROPPED


@pytest.mark.parametrize("sentence", ["Обратитесь к нему.", "Подайте новую заявку.", "Пожалуйста, ожидайте ответа."])
def test_what_the_reader_is_asked_to_do_may_not_go(sentence):
    assert choose(Source(sentence), [Option(DROPPED, mean(-0.1))]) is None


@pytest.mark.parametrize("sentence", ["Поздравляем с малышом!", "Что важно знать заранее:"])
def test_a_congratulation_and_what_opens_a_list_may_not_go(sentence):
    assert choose(Source(sentence), [Option(DROPPED, mean(-0.1))]) is None


@pytest.mark.parametrize("sentence", ["Не переживайте!", "Примите наши извинения.", "Мы ценим каждого."])
def test_comfort_and_empty_phrases_may_go(sentence):
    assert choose(Source(sentence), [Option(DROPPED, mean(-0.1))]) == DROPPED


def test_a_sentence_is_dropped_only_where_the_model_says_so_first():
    order = Source("Ожидайте звонка специалиста.")
    same, drop = Option(order.sentence, mean(-0.1)), Option(DROPPED, mean(-0.5))
    assert choose(order, [same, drop]) == order.sentence
