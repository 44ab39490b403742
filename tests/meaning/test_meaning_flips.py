"""Single rules of the meaning lock, as lines of Russian."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylostalo.inference.meaning import Coverage, Flip, coverage, flips

SLOT = "\ue003"
SAME = [
    ("Возврат не производится.", "Мы не возвращаем деньги."),
    ("Выезд возможен не ранее 9:00.", "Выехать можно не раньше 9:00."),
    (
        "Выдача осуществляется не только по паспорту, но и по правам.",
        "Выдаём не только по паспорту, но и по правам.",
    ),
    ("Срок составляет от 3 до 10 дней.", "Срок — 3–10 дней."),
    ("Номинал снижен с 26 до 10 рублей.", "Номинал теперь 10 рублей, а был 26."),
    ("Акт от 5 мая отправлен клиенту.", "Акт от 5 мая отправили клиенту."),
    ("При отсутствии чека обмен не осуществляется.", "Если чека нет, мы не обменяем товар."),
    ("Вход без бахил запрещён.", "Без бахил входить нельзя."),
    ("Сумма не превышает 500 ₽.", "Сумма — не больше 500 ₽."),
    ("Ремонт осуществляется за 5 дней.", "Отремонтируем за 5 дней."),
    ("Не морочьте голову, пришлите чек.", "Пришлите, пожалуйста, чек."),
    ("Вами оформлен заказ.", "Вы оформили заказ."),
    ("Справка подготовлена, выдача производится по паспорту.", "Справка готова, её выдают по паспорту."),
]
FLIPPED = [
    ("Возврат не производится.", "Мы возвращаем деньги.", "negation"),
    ("Мы возвращаем деньги.", "Мы не возвращаем деньги.", "negation"),
    ("Вход без бахил запрещён.", "В бахилах входить можно.", "negation"),
    ("Банк вправе отказать.", "Банк откажет.", "modality"),
    ("Клиент обязан сообщить номер.", "Клиент может сообщить номер.", "modality"),
    ("Заявка рассмотрена.", "Заявку рассмотрим.", "modality"),
    ("Заявка рассматривается.", "Заявку рассмотрели.", "modality"),
    ("Присутствие не требуется.", "Присутствовать нельзя.", "modality"),
    ("Ответ поступит в течение 3 дней.", "Ответ придёт через 3 дня.", "limit"),
    ("Заезд не ранее 14:00.", "Заезд до 14:00.", "limit"),
    ("Заявки принимаются не позднее второго марта.", "Заявки принимаем позже второго марта.", "limit"),
    ("Принимается только оригинал.", "Принимаем оригинал.", "limit"),
    ("Отмена возможна до оплаты.", "Отменить можно после оплаты.", "limit"),
    (f"Срок — до {SLOT}.", f"Срок — после {SLOT}.", "limit"),
    ("Заменим при наличии чека.", "Заменим.", "condition"),
    ("Заказ отменён.", "Заказ отменили, потому что курьер заболел.", "condition"),
    ("Передано продавцом покупателю.", "Покупатель передал продавцу.", "roles"),
    ("Претензия рассмотрена.", "Вы рассмотрели претензию.", "roles"),
    ("Вам отказано в скидке.", "Вы отказали вам в скидке.", "roles"),
    (f"Оплата {SLOT} прошла.", "Оплата прошла.", "lost"),
    ("Оплата прошла.", f"Оплата {SLOT} прошла.", "added"),
]


@pytest.mark.parametrize(("before", "rewrite"), SAME)
def test_same_force(before: str, rewrite: str) -> None:
    assert flips(before, rewrite) == ()


@pytest.mark.parametrize(("before", "rewrite", "kind"), FLIPPED)
def test_flipped_force(before: str, rewrite: str, kind: str) -> None:
    assert kind in {flip.kind for flip in flips(before, rewrite)}


def test_a_note_may_add_what_it_says() -> None:
    before, rewrite = "Заказ отменён.", "Заказ отменили, потому что курьер заболел."
    assert flips(before, rewrite, note="курьер заболел, поэтому отменили") == ()
    assert coverage(before, rewrite, note="курьер заболел").added == 0


def test_evidence_is_russian() -> None:
    assert flips("Банк вправе отказать.", "Банк откажет.") == (Flip("modality", "возможность → обещание"),)


def test_coverage_of_itself_and_of_nothing() -> None:
    assert coverage("Курьер привезёт заказ.", "Курьер привезёт заказ.") == Coverage(1.0, 0.0)
    assert coverage("Курьер привезёт заказ.", "Ясно.").kept == 0
    assert coverage("", "") == Coverage(1.0, 0.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Деньги вернём.", "Денежные средства возвращаются."), ("Счёт оплачен.", "Оплата счёта.")],
)
def test_relatives_cover_each_other(one: str, other: str) -> None:
    assert coverage(one, other) == Coverage(1.0, 0.0)


@given(st.text(alphabet="абвгдеёжз не до если, .«»10\ue000\ue01f", max_size=60), st.text(max_size=40))
def test_any_text_is_compared(before: str, rewrite: str) -> None:
    found = coverage(before, rewrite)
    assert 0 <= found.kept <= 1
    assert 0 <= found.added <= 1
    assert all(flip.evidence for flip in flips(before, rewrite))


@given(st.text(alphabet="абвгдеёжз не до если, .«»10\ue000\ue01f", max_size=60))
def test_any_text_keeps_its_own_force(text: str) -> None:
    assert flips(text, text) == ()
