"""Words of the model's own making are seen; those of the source, in any form, and compounds are not."""

import pytest

from bylostalo.inference.choice import Option, Source, admissible
from bylostalo.inference.sequence_model import Likelihood
from bylostalo.inference.spelling import invented_words


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("Чек направляется на почту.", "Кетче приходит на почту.", ("Кетче",)),
        ("Работы выполняются мастером.", "Мастер заменем.", ("заменем",)),
        ("Встреча с клиенткой перенесена.", "Встречу с клиенкой перенесли.", ("клиенкой",)),
        ("Вызов комиссара осуществляется.", "Комиссара вызовят.", ("вызовят",)),
        ("Заявка рассмотрена АО «Мегатех».", "Мегатех рассмотрел заявку.", ()),
        ("Обращайтесь в Мегатех.", "Напишите в поддержку Мегатеха.", ()),
        ("Выплата производится банком-эмитентом.", "Деньги платит банк-эмитент.", ()),
        ("Оплата осуществляется по QR.", "Оплатите по QR.", ()),
        ("Возврат {{ order_id }} осуществлён.", "Мы вернули {{ order_id }}.", ()),
    ],
)
def test_invented_words(source, text, found):
    assert invented_words(source, text) == found


def test_a_candidate_with_an_invented_word_is_not_given_out():
    source = Source("Чек направляется на почту.")
    options = [
        Option("Кетче приходит на почту.", Likelihood(-0.1, -0.1)),
        Option("Чек приходит на почту.", Likelihood(-0.9, -0.9)),
    ]
    assert [option.text for option in admissible(source, options)] == ["Чек приходит на почту."]
