"""Bodies with their frame, and what holds for any body."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bylostalo.inference.frame import compose
from bylostalo.inference.frame.apology import apology
from bylostalo.inference.frame.bank import bank
from bylostalo.inference.frame.case import Case
from bylostalo.inference.frame.detect import has_apology, has_greeting, has_open_door, impersonal_address_span

FRAME = ("no_greeting", "no_apology", "dead_end")


def framed(
    body: str,
    *problems: str,
    before: str | None = None,
    client: str | None = None,
    notes: tuple[str, ...] = (),
    channel: str | None = None,
) -> str:
    source = body if before is None else before
    return compose(body, before=source, client_message=client, problems=problems, notes=notes, channel=channel)


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ("Заказ собран.", "Здравствуйте! Заказ собран."),
        ("Уважаемый клиент! Заказ собран.", "Здравствуйте! Заказ собран."),
        ("Уважаемый клиент, заказ собран.", "Здравствуйте! Заказ собран."),
        ("Уважаемый клиент!Заказ собран.", "Здравствуйте! Заказ собран."),
        ("Уважаемый клиент!\nЗаказ собран.", "Здравствуйте!\nЗаказ собран."),
        ("Уважаемый клиент, здравствуйте! Заказ собран.", "Здравствуйте! Заказ собран."),
        ("Здравствуйте, уважаемый клиент! Заказ собран.", "Здравствуйте! Заказ собран."),
        ("Уважаемые коллеги! Заказ собран.", "Здравствуйте, коллеги! Заказ собран."),
        ("Уважаемый {{ name }}! Заказ собран.", "Здравствуйте, {{ name }}! Заказ собран."),
        ("Уважаемый(ая) %FIO%! Заказ собран.", "Здравствуйте, %FIO%! Заказ собран."),
        ("Уважаемый пользователь {{ user }}! Ждём.", "Здравствуйте, {{ user }}! Ждём."),
        ("Уважаемый {{ title }} {{ surname }}! Ждём.", "Здравствуйте, {{ title }} {{ surname }}! Ждём."),
        ("Уважаемая Анна Юрьевна! Заказ собран.", "Здравствуйте, Анна Юрьевна! Заказ собран."),
        ("Уважаемая Кузнецова Л. А.!\nЗаказ собран.", "Здравствуйте, Кузнецова Л. А.!\nЗаказ собран."),
        ("<p>Уважаемый гость!</p><p>Бассейн закрыт.</p>", "<p>Здравствуйте!</p><p>Бассейн закрыт.</p>"),
        ("**Уважаемый участник!** Статус снят.", "**Здравствуйте!** Статус снят."),
        ("<p>Бассейн закрыт.</p>", "<p>Здравствуйте! Бассейн закрыт.</p>"),
        ("Заказ собран.\n\nЖдём вас.", "Здравствуйте!\n\nЗаказ собран.\n\nЖдём вас."),
        ("## Возврат\n\nЗаказ собран.", "## Возврат\n\nЗдравствуйте! Заказ собран."),
        ("1. Откройте сайт.\n2. Войдите.", "Здравствуйте!\n1. Откройте сайт.\n2. Войдите."),
        ("Добрый вечер! Заказ собран.", "Добрый вечер! Заказ собран."),
        ("Здраствуйте! Заказ собран.", "Здравствуйте! Заказ собран."),
        ("%NAME%, заказ собран.", "%NAME%, заказ собран."),
        ("", ""),
    ],
)
def test_greeting(body: str, result: str) -> None:
    assert framed(body, "no_greeting") == result


@pytest.mark.parametrize(
    ("before", "result"),
    [
        ("Добрый день, Олег! Заказ находится в сборке.", "Добрый день, Олег! Собираем заказ."),
        ("Здравствуйте, заказ находится в сборке.", "Здравствуйте! Собираем заказ."),
        ("Уважаемый клиент! Заказ находится в сборке.", "Здравствуйте! Собираем заказ."),
        ("Уважаемые коллеги! Заказ находится в сборке.", "Здравствуйте, коллеги! Собираем заказ."),
        ("Заказ находится в сборке.", "Собираем заказ."),
    ],
)
def test_greeting_that_the_rewrite_lost(before: str, result: str) -> None:
    assert framed("Собираем заказ.", before=before) == result


@pytest.mark.parametrize("client", ["Где заказ? Ирина", "Меня зовут Ирина, где заказ", "Добрый день, это Ирина."])
def test_greets_by_name(client: str) -> None:
    result = framed("Заказ собран.", "no_greeting", client=client)
    assert result in {"Здравствуйте, Ирина! Заказ собран.", "Ирина, здравствуйте! Заказ собран."}


def test_greets_by_the_name_of_a_note() -> None:
    assert "Ирина" in framed("Уважаемый клиент! Заказ собран.", notes=("клиентку зовут Ирина",))


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ("Добрый день! Заказ собран.", "Добрый день, Нина Андреевна! Заказ собран."),
        ("Здравствуйте, заказ собран.", "Здравствуйте, Нина Андреевна! Заказ собран."),
        (
            "<p>Здравствуйте.</p><p>Заказ собран.</p>",
            "<p>Здравствуйте, Нина Андреевна.</p><p>Заказ собран.</p>",
        ),
        ("Уважаемая Соколова Н. А.! Заказ собран.", "Здравствуйте, Нина Андреевна! Заказ собран."),
        ("Здравствуйте, Нина Андреевна! Заказ собран.", "Здравствуйте, Нина Андреевна! Заказ собран."),
        ("Здравствуйте, {{ name }}! Заказ собран.", "Здравствуйте, {{ name }}! Заказ собран."),
    ],
)
def test_the_name_of_a_note_is_heard(body: str, result: str) -> None:
    assert framed(body, notes=("заявительницу зовут Нина Андреевна",)) == result


def test_initials_before_a_full_stop() -> None:
    assert framed("Уважаемая Соколова Н. А.!\n\nПримем.", client="Умер муж").startswith(
        "Здравствуйте, Соколова Н. А.\n"
    )


def test_returns_the_greeting_of_the_customer_in_a_chat() -> None:
    client = "Добрый вечер, где заказ?"
    assert framed("В пути.", "no_greeting", client=client, channel="чат") == "Добрый вечер! В пути."
    assert framed("В пути.", "no_greeting", client=client, channel="почта") == "Здравствуйте! В пути."


def test_does_not_cheer_at_a_death() -> None:
    result = framed("Нужна справка.", *FRAME, client="Умер отец, что делать со счётом? Дарья")
    assert result.startswith("Здравствуйте, Дарья. ")
    assert "!" not in result


@pytest.mark.parametrize(
    ("client", "cause"),
    [
        ("Оплатила заказ, деньги списали дважды!", "двойное списание"),
        ("Оператор мне нахамил и бросил трубку", "грубость"),
        ("Вы привезли не ту посылку", "не тот товар"),
        ("А вы потеряли мою посылку", "потеря"),
        ("Пришла коробка, а в ней разбитая ваза", "порча"),
        ("Прислали брак", "брак"),
        ("Вы отменили мой рейс", "отмена"),
        ("Пишу вам, а от вас одни отписки", "долгое ожидание ответа"),
        ("Отстояла с ребёнком весь вечер", "ожидание в очереди"),
        ("Сколько ещё ждать доставку?", "задержка"),
        ("Я прихожу, а у вас сбой", "сбой"),
        ("Вы неправильно посчитали сумму", "ошибка"),
        ("В машине крошки и липкий руль", "грязь"),
        ("Мне не понравилось", "общее"),
    ],
)
def test_cause(client: str, cause: str) -> None:
    phrases = next(theme.phrases for theme in bank().apologies if theme.name == cause)
    case = Case(before="Принято.", client_message=client, notes=(), channel=None, key="Принято.")
    assert apology(case) in phrases


@pytest.mark.parametrize(
    ("before", "cause"),
    [
        ("Рейс %F% задерживается.", "задержка"),
        ("Запись к нотариусу аннулирована.", "отмена"),
        ("Ведутся технические работы.", "сбой"),
        ("Приносим извинения за неудобства. Технический сбой не выявлен.", "общее"),
    ],
)
def test_cause_that_the_reply_admits(before: str, cause: str) -> None:
    phrases = next(theme.phrases for theme in bank().apologies if theme.name == cause)
    assert apology(Case(before=before, client_message="", notes=(), channel=None, key=before)) in phrases


@pytest.mark.parametrize("before", ["Технический сбой не выявлен.", "Вы указали неверный номер.", "Заявка принята."])
def test_nobody_complained(before: str) -> None:
    assert apology(Case(before=before, client_message="", notes=(), channel=None, key=before)) is None
    assert framed(before, "no_apology") == before


@pytest.mark.parametrize(
    ("message", "expected"),
    [("Очень вежливый курьер, помог с коробкой", False), ("Курьер супер, но коробку кинул в снег", True)],
)
def test_praise_is_not_apologised_for(message: str, expected: bool) -> None:
    told = framed("Благодарим за высокую оценку нашей работы!", "no_apology", client=message)
    assert has_apology(told) is expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [("Заказ в пути. Мы всегда рады ответить на Ваши вопросы.", True), ("Заказ в пути. Хотите?", False)],
)
def test_another_door_is_opened_where_one_was_lost(before: str, expected: bool) -> None:
    told = compose("Заказ в пути.", before=before, client_message=None, problems=[])
    assert has_open_door(told) is expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("**Уважаемые гости!**\n\nЖдём.", "**Здравствуйте!**\n\nЖдём."),
        ("<p><b>Уважаемый клиент!</b> Ждём.</p>", "<p><b>Здравствуйте!</b> Ждём.</p>"),
        ("Уважаемая квартира 12! Ждём.", "Здравствуйте! Уважаемая квартира 12! Ждём."),
    ],
)
def test_greeting_for_an_address_in_markup_or_with_a_number(before: str, after: str) -> None:
    body = without_address(before)
    assert compose(body, before=before, client_message=None, problems=["no_greeting"]) == after


def test_an_apology_that_was_a_cliche_gives_way_to_a_better_one() -> None:
    before = "Здравствуйте! Приносим извинения за доставленные неудобства. Пробирка в пути."
    assert has_apology(framed("Здравствуйте! Пробирка в пути.", before=before))
    assert not has_apology(framed("Здравствуйте! Пробирка в пути."))


def test_an_apology_without_a_cause_admits_nothing() -> None:
    neutral = bank().apologies[-1].phrases
    assert not any("не должно" in phrase or "подвели" in phrase for phrase in neutral)


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ("Здравствуйте! Ищем его.", "Здравствуйте! … Ищем его."),
        ("Здравствуйте, ищем его.", "Здравствуйте! … Ищем его."),
        ("Здравствуйте, Анна!\n\nИщем его.", "Здравствуйте, Анна!\n\n… Ищем его."),
        ("Здравствуйте!\nИщем его.", "Здравствуйте!\n… Ищем его."),
        ("<p>Здравствуйте!</p><p>Ищем его.</p>", "<p>Здравствуйте!</p><p>… Ищем его.</p>"),
        ("<b>Здравствуйте!</b><br>Ищем его.", "<b>Здравствуйте!</b><br>… Ищем его."),
        ("**Здравствуйте!**\n\nИщем его.", "**Здравствуйте!**\n\n… Ищем его."),
        ("Здравствуйте, коллеги! Ищем его.", "Здравствуйте, коллеги! … Ищем его."),
        ("Уважаемый клиент! Ищем его.", "Здравствуйте! … Ищем его."),
        ("%NAME%, ищем курьера. Ждите.", "%NAME%, ищем курьера. … Ждите."),
        ("Ищем его.", "… Ищем его."),
        ("Здравствуйте! Простите за это. Ищем его.", "Здравствуйте! Простите за это. Ищем его."),
    ],
)
def test_apology_after_the_greeting(body: str, result: str) -> None:
    told = framed(body, "no_apology", client="Курьер опоздал на два часа")
    assert re.sub(r"(?:Простите|Извините), что курьер опоздал на два часа\.", "…", told) == result


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ("Заказ собран.", "Заказ собран. …"),
        ("Заказ собран", "Заказ собран. …"),
        ("Заказ собран! С уважением, банк", "Заказ собран! … С уважением, банк"),
        ("Заказ собран.\n\nС уважением,\nАнна", "Заказ собран. …\n\nС уважением,\nАнна"),
        ("<p>Заказ собран.</p>", "<p>Заказ собран. …</p>"),
        ("<p>Заказ собран.</p><p>С уважением, банк</p>", "<p>Заказ собран. …</p><p>С уважением, банк</p>"),
        ("Тарифы: https://bank.example/t", "Тарифы: https://bank.example/t\n…"),
        ("Ждите до {{ date }}", "Ждите до {{ date }}\n…"),
        ("Нужно:\n- чек\n- паспорт", "Нужно:\n- чек\n- паспорт\n…"),
        ("Нужно:\n\n- чек\n- паспорт", "Нужно:\n\n- чек\n- паспорт\n\n…"),
        ("Да.\n\nЗаказ собран.\n\nЖдём вас.", "Да.\n\nЗаказ собран.\n\nЖдём вас.\n\n…"),
        ("Заказ собран. Какой цвет нужен?", "Заказ собран. Какой цвет нужен?"),
    ],
)
def test_door_at_the_end(body: str, result: str) -> None:
    doors = [phrase for phrases in bank().doors.values() for phrase in phrases]
    doors += [phrase for theme in bank().topics for phrase in theme.phrases]
    shown = framed(body, "dead_end")
    assert re.sub("|".join(re.escape(door) for door in sorted(doors, key=len, reverse=True)), "…", shown) == result


def test_door_for_other_questions_where_this_one_is_closed() -> None:
    assert "друг" in framed("Решение окончательное, обжалованию не подлежит.", "dead_end").lower().split("подлежит.")[1]


def test_door_speaks_of_the_channel() -> None:
    replies = [framed(f"Ждите, {number}.", "dead_end", channel="почта") for number in range(40)]
    assert sum("письмо" in reply or "ответ" in reply for reply in replies) > len(replies) // 2
    assert len({reply.split(". ", 1)[1] for reply in replies}) > len(bank().doors["почта"]) // 2


def test_a_key_decides_instead_of_the_text() -> None:
    one = compose("Ждите.", before="Раз.", client_message=None, problems=["dead_end"], key="к")
    assert one == compose("Ждите.", before="Два.", client_message=None, problems=["dead_end"], key="к")


OPENINGS = (
    "",
    "Здравствуйте! ",
    "Здравствуйте, ",
    "Добрый день, Олег! ",
    "Уважаемая Анна! ",
    "Уважаемый клиент! ",
    "Уважаемый клиент, ",
    "{{ name }}, ",
    "Анна, здравствуйте!\n\n",
    "Здраствуйте. ",
    "<p>",
    "**Здравствуйте!**\n\n",
    "Уважаемые коллеги!\n",
    "## Ответ\n\n",
    "Здравствуйте, уважаемый пользователь!\n\n",
)
SENTENCES = (
    "Заказ собран.",
    "заказ 15 в пути",
    "Мы вернём {{ sum }} до 5 июня.",
    "Откройте <b>сайт</b>.",
    "Ждите!",
    "1. Откройте сайт.\n2. Войдите.",
    "Напишите номер.",
    "Простите за задержку.",
    "Приносим извинения за неудобства.",
    "Смотрите https://a.example/x",
    "Решение окончательное.",
    "Что удобнее?",
    "- чек\n- паспорт",
)
ENDINGS = ("", "\n\nС уважением, Анна", " С уважением, служба поддержки", "</p>", "\n", " Команда банка")
CLIENTS = (
    None,
    "",
    "Сайт не открывается. Ирина",
    "Муж умер. Раиса",
    "Добрый вечер! Где заказ?",
    "СПИСАЛИ ДВАЖДЫ!!!",
)
BODIES = st.builds(
    lambda opening, body, gap, ending: opening + gap.join(body) + ending,
    st.sampled_from(OPENINGS),
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4),
    st.sampled_from((" ", "\n", "\n\n", "<br>", "</p><p>")),
    st.sampled_from(ENDINGS),
)
NOISE = st.text(alphabet="аНдб УваемыйЗрствуйпшиикл .,!?:\n<p>b/*#{}%-1«»", max_size=60)
PROBLEMS = st.lists(st.sampled_from(FRAME), unique=True)
CHANNEL = st.sampled_from((None, "чат", "почта", "смс", "шаблон", "отзыв"))


@settings(max_examples=300, deadline=None)
@given(BODIES | NOISE, PROBLEMS, st.sampled_from(CLIENTS), CHANNEL)
def test_nothing_is_added_twice(body: str, problems: list[str], client: str | None, channel: str | None) -> None:
    once = framed(body, *problems, client=client, channel=channel)
    assert framed(once, *problems, before=body, client=client, channel=channel) == once
    assert framed(body, *problems, client=client, channel=channel) == once


@settings(max_examples=300, deadline=None)
@given(BODIES, PROBLEMS, st.sampled_from(CLIENTS))
def test_what_is_asked_for_is_there(body: str, problems: list[str], client: str | None) -> None:
    result = framed(body, *problems, client=client)
    assert has_greeting(result) or "no_greeting" not in problems
    assert has_apology(result) or "no_apology" not in problems or not client
    assert has_open_door(result) or "dead_end" not in problems
    assert impersonal_address_span(result) is None


@settings(max_examples=300, deadline=None)
@given(BODIES | NOISE, PROBLEMS, st.sampled_from(CLIENTS))
def test_no_word_of_the_body_is_lost(body: str, problems: list[str], client: str | None) -> None:
    result = pieces(framed(body, *problems, client=client))
    assert all(piece in result for piece in pieces(without_address(body)))


def without_address(body: str) -> str:
    span = impersonal_address_span(body)
    return body if span is None else body[: span[0]] + body[span[1] :]


def pieces(text: str) -> Iterator[str]:
    """Words and tags, one after another: `in` consumes, so that their order counts."""
    kept = re.sub(r"(?i)здра[вст]+уйте|уважаем\w+", " ", text)
    return iter(re.findall(r"</?\w+>|\w+", kept.casefold()))


@pytest.mark.parametrize(
    ("source", "greeting"),
    [
        ("Уважаемый Щукин! Ждите.", "Здравствуйте, господин Щукин!"),
        ("Уважаемая Баранова! Ждите.", "Здравствуйте, госпожа Баранова!"),
        ("Уважаемая Анна! Ждите.", "Здравствуйте, Анна!"),
        ("Уважаемый Шевченко! Ждите.", "Здравствуйте, Шевченко!"),
    ],
)
def test_nobody_is_greeted_by_a_bare_surname(source, greeting):
    assert compose(source, before=source, client_message=None, problems=[]).startswith(greeting)


def test_of_two_first_names_the_second_may_be_the_surname():
    source = "Ждите."
    found = compose(source, before=source, client_message="Где заказ? Ли Виктория", problems=["no_greeting"])
    assert "Виктория" in found and "Ли" not in found


def test_what_was_heard_is_said_sooner_than_an_apology_of_the_bank():
    heard = "Простите, что торт привезли смятый."
    one = compose("Ждите.", before="Ждите.", client_message="Смяли торт", problems=["no_apology"], heard=heard)
    assert one == f"{heard} Ждите."
    assert compose("Ждите.", before="Ждите.", client_message="Смяли торт", problems=[], heard=heard) == "Ждите."
