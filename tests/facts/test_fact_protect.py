import pytest

from bylostalo.inference.facts import Slots, protect, restore
from bylostalo.inference.facts.protect import SLOT_COUNT, SLOT_FIRST

LINES = [
    ("Здравствуйте, {{ name }}! Ваш код {code}.", ("{{ name }}", "{code}")),
    ("Нажмите <b>Готово</b>.", ("<b>", "</b>")),
    ("Откройте https://site.ru, пишите на help@site.ru.", ("https://site.ru", "help@site.ru")),
    ("Звоните 8 800 555-00-12.", ("8 800 555-00-12",)),
    ("Обращение № 417-Ж от 12.04 принято.", ("№ 417-Ж", "12.04")),
    ("По пункту 5.3 договора и № 323-ФЗ.", ("5.3", "№ 323-ФЗ")),
    ("Раздел «Платежи» в Google Play.", ("«Платежи»", "Google Play")),
    ("Срок до 05.06.2025 г., 18:00.", ("05.06.2025", "18:00")),
    ("Сумма 12 500 ₽ или 1500 рублей.", ("12 500 ₽", "1500")),
    ("Лимит от 5 000 до 10 000 ₽.", ("5 000", "10 000 ₽")),
    ("Карта •• 4417, команда `reboot`.", ("•• 4417", "`reboot`")),
    ("Ждите 10 дней до 5 июня, Анна Сергеевна, это 5 %.", ()),
    ("Три раза за полгода в 2025 году.", ()),
]


@pytest.mark.parametrize(("line", "values"), LINES)
def test_brittle_facts_leave(line, values):
    masked, slots = protect(line)
    assert slots.values == values
    assert not any(value in masked for value in values)
    assert restore(masked, slots) == line


def test_same_surface_has_one_slot_in_all_texts():
    before, slots = protect("Код {code}: введите {code} на https://site.ru.")
    after, slots = protect("Откройте https://site.ru, введите {code} и {pin}.", slots=slots)
    code, link, pin = (chr(SLOT_FIRST + index) for index in range(3))
    assert slots == Slots(("{code}", "https://site.ru", "{pin}"))
    assert before == f"Код {code}: введите {code} на {link}."
    assert after == f"Откройте {link}, введите {code} и {pin}."


def test_nothing_is_masked_past_the_last_slot():
    text = " ".join(f"{{x{index}}}" for index in range(SLOT_COUNT + 3))
    masked, slots = protect(text)
    assert len(slots.values) == SLOT_COUNT
    assert masked.endswith(f"{{x{SLOT_COUNT}}} {{x{SLOT_COUNT + 1}}} {{x{SLOT_COUNT + 2}}}")
    assert restore(masked, slots) == text


def test_slot_that_stands_for_nothing_is_left_out():
    assert restore(f"Код {chr(SLOT_FIRST + 5)}готов.", Slots(("{code}",))) == "Код готов."


def test_reserved_characters_are_refused():
    with pytest.raises(ValueError, match="служебные символы"):
        protect(f"Код {chr(SLOT_FIRST)}")
