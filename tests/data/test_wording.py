"""Hard sentences are told from easy ones, verbs are counted by their dictionary forms."""

import pytest

from bylostalo.data.wording import HARD, verbs


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Возврат не производится.", {"отрицание"}),
        ("Без паспорта нельзя.", {"отрицание"}),
        ("Небо ясное, нести легко.", set()),
        ("Принимаем все карты, кроме кредитных.", {"исключение или предел"}),
        ("Если вы дома и когда придёт курьер, откройте.", {"два условия"}),
        ("При этом при оплате картой скидки нет.", {"отрицание"}),
        ("Нужны паспорт, полис и заявление.", {"перечисление"}),
        ("Мы проверили заявку и ответили вам.", set()),
    ],
)
def test_kinds_of_hard_sentences(text, kinds):
    assert {title for title, holds in HARD.items() if holds(text)} == kinds


def test_verbs_are_counted_by_dictionary_form():
    assert verbs(["Мы оплатили счёт.", "Оплата прошла.", "оплаченный заказ"]) == {"оплатить", "пройти"}
