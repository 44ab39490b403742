"""«Вы» as «ты» and back, as lines of Russian."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bylostalo.inference.templates.you import addressed
from bylostalo.inference.thou import as_thou, as_you, says_thou, says_you

BOTH = [
    ("Вы можете вернуть ваш заказ.", "Ты можешь вернуть твой заказ."),
    ("Напишите нам, если у вас останутся вопросы.", "Напиши нам, если у тебя останутся вопросы."),
    ("Если оплатите до вечера, скидка останется.", "Если оплатишь до вечера, скидка останется."),
    ("Оплатите заказ.", "Оплати заказ."),
    ("Простите, что вы две недели ждёте ответа.", "Прости, что ты две недели ждёшь ответа."),
    ("О вас мы помним, вами гордимся.", "О тебе мы помним, тобой гордимся."),
    ("Мы отправили вам заказ, вы его получите завтра.", "Мы отправили тебе заказ, ты его получишь завтра."),
    ("Хотите вернуть деньги?", "Хочешь вернуть деньги?"),
    ("Отменили заказ, как вы и просите.", "Отменили заказ, как ты и просишь."),
    ("Дождитесь курьера и не передавайте код.", "Дождись курьера и не передавай код."),
    ("Когда получите заказ, проверьте его.", "Когда получишь заказ, проверь его."),
    ("Здравствуйте!", "Здравствуй!"),
]
OPEN = [
    ("Если вы оплатили заказ и не получили чек, напишите.", "Если ты оплатил(а) заказ и не получил(а) чек, напиши."),
    ("Вы должны сами забрать заказ.", "Ты должен(на) сам(а) забрать заказ."),
    ("Можете быть уверены.", "Можешь быть уверен(а)."),
    ("Если уже оплатили, подождите.", "Если уже оплатил(а), подожди."),
    ("Вы вернулись, вы пришли.", "Ты вернулся(ась), ты пришёл(ла)."),
]
STAYS = [
    "Мы готовы помочь, курьеры отправлены.",
    "Откройте раздел «Ваш заказ».",
    "По-вашему и не получили, а товары получили.",
    "Деньги вернулись на карту, мы проверили.",
]


@pytest.mark.parametrize(("you", "thou"), BOTH)
def test_both_ways(you, thou):
    assert as_thou(you) == thou and as_you(thou) == you
    assert says_you(you) and not says_you(thou) and says_thou(thou) and not says_thou(you)


@pytest.mark.parametrize(("you", "thou"), OPEN)
def test_the_gender_is_left_open(you, thou):
    assert as_thou(you) == thou and not says_you(thou)


@pytest.mark.parametrize("text", STAYS)
def test_what_speaks_of_others_stays(text):
    assert as_thou(text).replace("Открой ", "Откройте ") == text


def test_a_neuter_is_not_the_reader():
    assert as_you("Если заказов не было, ты получишь деньги.") == "Если заказов не было, вы получите деньги."


def test_capitals_of_politeness_go_and_sentences_begin_with_one():
    said = addressed("Ждём Вас. Ваш заказ для ВАС, напишите Вашим.", "ты")
    assert said == "Ждём тебя. Твой заказ для ТЕБЯ, напиши твоим."


def test_placeholders_and_links_stay():
    text = "{{ вы }} и <a title='ваш'>вы</a> `вам` https://вы.рф/вам"
    assert addressed(text, "ты") == "{{ вы }} и <a title='ваш'>ты</a> `вам` https://вы.рф/вам"


PIECES = (
    "вы ", "Вам ", "ваших ", "оплатили ", "можете ", "напишите ", "согласны ", "если ", "и ", ", ", ". ", "мы ",
    "заказ ", "«вы» ",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
@settings(max_examples=60, deadline=None)
def test_nothing_of_you_is_left_and_once_more_changes_nothing(text):
    once = addressed(text, "ты")
    assert addressed(once, "ты") == once and not says_you(once)
