"""Where a sentence can be cut into clauses, and how what is said of them is put together again."""

import pytest

from bylostalo.inference.independent_clauses import as_sentences, independent_clauses, rejoined


def cut(sentence):
    return [sentence[begin:end] for begin, end in independent_clauses(sentence)]


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("Оплата не прошла, деньги вернутся завтра.", 2),
        ("Груз едет; водитель позвонит вам, когда приедет.", 2),
        ("Вы не указали индекс, поэтому посылка ушла в Томск.", 2),
        ("Заявление подайте до 15 июля, решение комиссия объявит 1 августа, ждём вас.", 3),
        ("Домофон сломан, мастер заказан.", 2),
        ("Если оплата не прошла, деньги вернутся завтра.", 1),
        ("Мы проверили чек, в котором ошибка.", 1),
        ("Сообщаем, что оплата не прошла.", 1),
        ("Заявка принята, проверена и закрыта.", 1),
        ("Возьмите паспорт, чек и коробку.", 1),
        ("Мы вернём деньги, если карта открыта, напишите нам.", 2),
        ("Статус «Оплата не прошла, деньги вернутся» сменится сам.", 1),
        ("", 0),
    ],
)
def test_a_cut_is_made_only_between_clauses_that_stand_alone(sentence, clauses):
    assert len(cut(sentence)) == clauses
    assert len(as_sentences(sentence)) == (clauses if clauses > 1 else 0)


def test_every_clause_is_offered_as_a_sentence():
    assert as_sentences("Оплата не прошла, ваш банк её отклонил.") == ["Оплата не прошла.", "Ваш банк её отклонил."]


@pytest.mark.parametrize(
    ("said", "joined"),
    [
        ([None, None], "Оплата не прошла, Ваш банк её отклонил."),
        (["Платёж не прошёл.", None], "Платёж не прошёл, Ваш банк её отклонил."),
        ([None, "Её отклонил ваш банк."], "Оплата не прошла, её отклонил ваш банк."),
        ([None, "Анна её отклонил."], "Оплата не прошла, Анна её отклонил."),
        ([None, "Банк её отклонил. Жаль."], "Оплата не прошла, Ваш банк её отклонил."),
        ([None, "Отклонил ли её банк?"], "Оплата не прошла, Ваш банк её отклонил."),
        ([None, "Банк вернёт 2.5 тыс. рублей."], "Оплата не прошла, Ваш банк её отклонил."),
    ],
)
def test_the_clauses_are_put_together_as_they_stood(said, joined):
    assert rejoined("Оплата не прошла, Ваш банк её отклонил.", said) == joined
