import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylostalo.inference.canonical import canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Счёт «Лето» — 5 дней", 'Счет "Лето" - 5 дней'),
        ("Мы ждём Вас, Ваша заявка", "Мы ждем вас, ваша заявка"),
        ("Для Вашего счёта", "Для вашего счета"),
        ("Ждём вас 🙂", "Ждем вас  "),
        ("Готово ✅!", "Готово  !"),
    ],
)
def test_one_spelling(one, other):
    assert canonical(one) == canonical(other)


UNLIKE = ("Вы правы.", "Ждём. Ваш заказ готов.", "Да!\nВам пишут", "Вася и Вашингтон", "№ 5 → 6")


@pytest.mark.parametrize("text", UNLIKE)
def test_what_differs_stays(text):
    assert canonical(text) == text.replace("ё", "е")


@given(st.text())
def test_every_character_keeps_its_place(text):
    assert len(canonical(text)) == len(text) and canonical(canonical(text)) == canonical(text)
