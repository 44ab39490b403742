"""Where a note of the caller goes."""

import pytest

from bylostalo.inference.notes import attach, holds, restates


@pytest.mark.parametrize(
    ("note", "sentence", "same"),
    [
        ("претензию рассмотрим за 10 дней", "Претензия будет рассмотрена в установленном порядке.", True),
        ("сервер появится через 15 минут", "Сервер появится в течение непродолжительного времени.", True),
        ("деньги вернутся до 16 ноября", "Деньги не вернутся в ближайшее время.", False),
        ("деньги вернутся до 16 ноября", "Деньги вернутся на карту.", False),
        ("деньги вернутся до 16 ноября", "Деньги вернутся до 20 ноября.", False),
        ("штраф снимут, если продавец получит письмо", "Продавец получит штраф.", False),
        ("иногда помогает очистить кэш", "Очистите кэш.", False),
    ],
)
def test_a_note_restates_what_it_says_better(note, sentence, same):
    assert restates(note, sentence) == same


@pytest.mark.parametrize(
    ("text", "note", "held"),
    [
        ("Вернуть не можем: место оплачено милями.", "место оплачено милями", True),
        ("Место оплачено милями. Картой вернуть нельзя.", "место оплачено милями, картой вернуть нельзя", True),
        ("Моральный вред не определяет суд.", "моральный вред определяет суд", False),
        ("Обратитесь в банк получателя. Покажет ему.", "банк получателя покажет ему", False),
        ("Ключ привязан к региону, но его можно обменять.", "его можно обменять", True),
    ],
)
def test_a_note_is_held_word_for_word_as_a_clause(text, note, held):
    assert holds(text, note) == held


def test_a_note_goes_to_no_item_of_a_list():
    note = "скан паспорта сделаем сами"
    assert attach(["приложить скан паспорта;"], [note]) == {}
    assert attach(["Приложите скан паспорта."], [note]) == {0: note}
