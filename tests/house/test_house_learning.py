"""What a company's replies teach of its frame."""

import pytest

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.house.learning import address_of, learned
from bylostalo.inference.house.parts import parts_of, said, to_be_said
from bylostalo.inference.templates.rules import Rules
from bylostalo.inference.templates.rules_file import house_of, read_rules, write_rules

NAMES = ("[ИМЯ_1]", "Анна", "Павел")
SIGNATURES = ("Твоя Лисичка", "Лисичка рядом")


def reply(number):
    hello = f"Приветик, {NAMES[number % 3]}!" if number % 2 else "Привет!"
    sorry = " Прости, что так вышло." if number % 3 == 0 else " Прости за ошибку." if number % 3 == 1 else ""
    door = " Пиши, если что." if number % 4 else ""
    return f"{hello}{sorry} Везём заказ {1000 + number}, проверь его.{door}\n\n{SIGNATURES[number % 2]}"


REPLIES = [reply(number) for number in range(60)]


def test_the_frame_is_what_recurs():
    assert learned(REPLIES) == Rules(
        address="ты",
        greeting=("Привет!",),
        greeting_by_name=("Приветик, {name}!",),
        apology=("Прости, что так вышло.",),
        door=("Пиши, если что.",),
        signature=SIGNATURES,
    )


def test_what_few_replies_do_is_no_rule():
    rare = [text.replace("Пиши, если что.", "") if place > 12 else text for place, text in enumerate(REPLIES)]
    assert learned(rare).door == ()


def test_drafts_sent_unchanged_do_not_spoil_the_frame():
    cold = "Здравствуйте! Ваш заказ отправлен. По всем вопросам пишите нам.\n\nС уважением, ваша служба поддержки"
    assert learned([*REPLIES, cold, cold, cold]) == learned(REPLIES)


@pytest.mark.parametrize(
    ("replies", "address"),
    [
        (["Ждём тебя.", "Твой заказ тут.", "Ваш заказ тут."], "ты"),
        (["Ждём Вас.", "Это для Вас."], "Вы"),
        (["Ждём вас.", "Ваш заказ тут.", "Это для Вас."], "вы"),
        (["Заказ едет."], ""),
    ],
)
def test_how_the_customer_is_called(replies, address):
    assert address_of(replies) == address


def test_too_few_replies_teach_nothing():
    with pytest.raises(BylostaloError, match="ответов 3"):
        learned(REPLIES[:3])


def test_the_rules_are_a_file_that_is_read_back(tmp_path):
    rules = learned(REPLIES)
    write_rules(rules, tmp_path / "house.yaml")
    assert read_rules(tmp_path / "house.yaml") == rules == house_of(tmp_path)
    assert house_of(tmp_path / "нет") == Rules()


def test_a_reply_is_taken_apart():
    parts = parts_of("Анна, привет! Заказ едет. Пиши.\n\nТвоя Лисичка")
    assert parts.sentences == ("Анна, привет!", "Заказ едет.", "Пиши.") and parts.signature == "Твоя Лисичка"
    draft = "Уважаемый клиент! Ваш заказ передан курьеру. Если остались вопросы, пишите.\n\nС уважением, поддержка"
    assert to_be_said(draft) == ["Ваш заказ передан курьеру."]
    assert said(REPLIES[1], learned(REPLIES)) == ["Прости за ошибку.", "Везём заказ 1001, проверь его."]
