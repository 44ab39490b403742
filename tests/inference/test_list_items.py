"""Items of a list keep their mood."""

import pytest

from bylostalo.inference.list_items import in_mood
from bylostalo.inference.plan import steps

LIST = "Нужно:\n1. Обратиться в полицию.\n2) Ждать ответа.\n- Ваш чек.\n\nОбратиться в кассу."


def place_of(text):
    return next(place for place, step in enumerate(steps(LIST, ())) if step.text == text)


@pytest.mark.parametrize(
    ("item", "said", "kept"),
    [
        ("Обратиться в полицию.", "Обратитесь, пожалуйста, в полицию.", "Обратиться в полицию."),
        ("Обратиться в полицию.", "Сходите в полицию и возьмите справку.", "Сходить в полицию и взять справку."),
        ("Обратиться в полицию.", "В полицию надо сходить.", "В полицию надо сходить."),
        ("Ждать ответа.", "Подождите ответа, пожалуйста.", "Подождать ответа."),
        ("Ваш чек.", "Пришлите чек.", "Пришлите чек."),
        ("Обратиться в кассу.", "Обратитесь в кассу.", "Обратитесь в кассу."),
    ],
)
def test_an_infinitive_item_stays_an_infinitive(item, said, kept):
    assert in_mood([*steps(LIST, ())], place_of(item), said) == kept
