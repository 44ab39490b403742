import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylostalo.inference.canonical import canonical, spelled
from bylostalo.inference.standins import standin

WORD = re.compile(r"\S+")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Счёт «Лето» — 5 дней", 'Счет "Лето" - 5 дней'),
        ("Мы ждём Вас, Ваша заявка", "Мы ждем вас, ваша заявка"),
        ("Для Вашего счёта", "Для вашего счета"),
        ("Ждём вас 🙂", "Ждем вас"),
        ("Готово ✅!", "Готово!"),
        ("  Готово ,  ждём \n вас", "Готово, ждем\nвас"),
        ("Здравствуйте, Гульнара!", "Здравствуйте, Ольга!"),
        ("Здравствуйте, {{ client_name }}!", "Здравствуйте, Ольга!"),
        ("Напишите Смирнову Игорю Львовичу", "Напишите Котову Олегу Эдуардовичу"),
    ],
)
def test_one_spelling(one, other):
    assert canonical(one).text == canonical(other).text


UNLIKE = ("Вы правы.", "Ждём. Ваш заказ готов.", "Да!\nВам пишут", "Москва и Вашингтон", "№ 5 → 6", "Заказ {number}")


@pytest.mark.parametrize("text", UNLIKE)
def test_what_differs_stays(text):
    assert canonical(text).text == text.replace("ё", "е")


def test_a_name_keeps_its_kind_and_case():
    assert [standin(word) for word in ("Гульнарой", "Эдуарду", "Сергеевны", "Кравцову", "Стол")] == [
        "Анной",
        "Ивану",
        "Ивановны",
        "Петрову",
        None,
    ]


def test_places_lead_back():
    text = "  Здравствуйте ,  Гульнара 😊!  Мастер  свободна "
    plain = canonical(text)
    found = {word.group(): text[slice(*plain.origin(word.span()))] for word in WORD.finditer(plain.text)}
    assert found == {
        "Здравствуйте,": "Здравствуйте ,",
        "Анна!": "Гульнара 😊!",
        "Мастер": "Мастер",
        "свободна": "свободна",
    }


@given(st.text(alphabet="аяБ ё.,!\n\t🙂{}Анна"))
def test_every_place_lies_in_the_text(text):
    plain = canonical(text)
    spans = [plain.origin((start, start + 1)) for start in range(len(plain.text))]
    assert all(0 <= start < stop <= len(text) for start, stop in spans)
    assert spans == sorted(spans)
    assert len(spelled(text)) == len(text)
