"""Rules of the house as lines of Russian: before → after, what is broken, and files that are refused."""
# ruff: noqa: E501

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.results import Rewrite
from bylostalo.inference.templates.rules import Rules, applied, broken, permits
from bylostalo.inference.templates.rules_file import read_rules
from bylostalo.inference.templates.stages import ruled
from bylostalo.inference.templates.structure import same_structure

HELLO = Rules(greeting=("Здравствуйте!",), greeting_by_name=("Здравствуйте, {name}!",))
SIGN = Rules(signature=("С уважением,\nкоманда «Ромашки»",))
SMALL, CAPITAL, BARE = Rules(address="вы"), Rules(address="Вы"), Rules(emoji="none")
THOU, DOOR = Rules(address="ты"), Rules(door=("Пишите, если что.",))
MANY = Rules(signature=("Первая", "Вторая"))
TERMS = Rules(
    keep=("карта клиента",),
    replace={
        "клиент": "покупатель",
        "денежные средства": "деньги",
        "личный кабинет": "профиль",
        "заявка": "запрос",
        "карта": "банковская карта",
        "осуществить возврат": "вернуть деньги",
        "оператор": "служба заботы",
    },
)

LINES = [
    (SMALL, "Ваш заказ у Вас. Вам — скидка", "Ваш заказ у вас. Вам — скидка"),
    (SMALL, "{{ name }}, Ваш заказ", "{{ name }}, ваш заказ"),
    (SMALL, "{{ name }}! Ваш заказ", "{{ name }}! Ваш заказ"),
    (SMALL, "Заказ {{ id }} Вам", "Заказ {{ id }} вам"),
    (SMALL, "{{ greeting }} Ваш заказ", "{{ greeting }} Ваш заказ"),
    (SMALL, "<p><b>Ваш</b> заказ, <b>Вам</b></p><p>Вас</p>", "<p><b>Ваш</b> заказ, <b>вам</b></p><p>Вас</p>"),
    (SMALL, "1) Ваш заказ\n- Вам, Вам", "1) Ваш заказ\n- Вам, вам"),
    (SMALL, "| Вам | у Вас |", "| Вам | у вас |"),
    (SMALL, "{% if a %}Заказ {{ id }}{% else %}Ваш заказ{% endif %} у Вас", "{% if a %}Заказ {{ id }}{% else %}Ваш заказ{% endif %} у вас"),
    (SMALL, "Заказ {% if a %}Ваш{% else %}не Ваш{% endif %}", "Заказ {% if a %}ваш{% else %}не ваш{% endif %}"),
    (SMALL, "«Ваш» {{ Вам }} <a title='Вам'>для Вас</a>", "«Ваш» {{ Вам }} <a title='Вам'>для вас</a>"),
    (SMALL, "Напоминаем: Вам, т.е. Вам. Сказано: «Вам»", "Напоминаем: вам, т.е. вам. Сказано: «Вам»"),
    (SMALL, "ВАШ ЗАКАЗ, Вам. 🎉 Ваш, 🎉 Вам", "ВАШ ЗАКАЗ, вам. 🎉 Ваш, 🎉 вам"),
    (SMALL, "Добрый день,\nВаш заказ. &laquo;Ваш&raquo;", "Добрый день,\nВаш заказ. &laquo;Ваш&raquo;"),
    (CAPITAL, "вам и ваших, вы. {{ вам }} <i title='вы'>вас</i>", "Вам и Ваших, Вы. {{ вам }} <i title='вы'>Вас</i>"),
    (CAPITAL, "по-вашему, https://site.ru/вы `ваш`", "по-вашему, https://site.ru/вы `ваш`"),
    (Rules(address="Вы", keep=("ваш дом",)), "у вас в вашем доме", "у Вас в вашем доме"),
    (HELLO, "Добрый день! Заказ готов.", "Здравствуйте! Заказ готов."),
    (HELLO, "Добрый день, это служба доставки.", "Здравствуйте! Это служба доставки."),
    (HELLO, "Добрый день Ваш заказ", "Здравствуйте! Ваш заказ"),
    (HELLO, "Уважаемый клиент, ваш заказ", "Здравствуйте! Ваш заказ"),
    (HELLO, "Здравствуйте, уважаемый клиент! Заказ", "Здравствуйте! Заказ"),
    (HELLO, "Уважаемый {{ name }}! Заказ", "Здравствуйте, {{ name }}! Заказ"),
    (HELLO, "{{ name }}, добрый день! Заказ", "Здравствуйте, {{ name }}! Заказ"),
    (HELLO, "Добрый день, #ИМЯ#! Да", "Здравствуйте, #ИМЯ#! Да"),
    (HELLO, "Уважаемый %(name)s, Ваш заказ", "Здравствуйте, %(name)s! Ваш заказ"),
    (HELLO, "Заказ готов.", "Здравствуйте! Заказ готов."),
    (HELLO, "Рады приветствовать вас в магазине!", "Здравствуйте! Рады приветствовать вас в магазине!"),
    (HELLO, "<div><b>Добрый день, {{ name }}!</b><br>Заказ</div>", "<div><b>Здравствуйте, {{ name }}!</b><br>Заказ</div>"),
    (HELLO, "**Добрый день!**\n\nЗаказ", "**Здравствуйте!**\n\nЗаказ"),
    (HELLO, "{% if n %}Добрый день, {{ n }}!{% else %}Привет!{% endif %} Да", "{% if n %}Здравствуйте, {{ n }}!{% else %}Здравствуйте!{% endif %} Да"),
    (HELLO, "{% if paid %}Оплачен.{% else %}Ждёт.{% endif %}", "Здравствуйте! {% if paid %}Оплачен.{% else %}Ждёт.{% endif %}"),
    (HELLO, "{# для чата #}{% set a = 1 %}\nЗаказ", "{# для чата #}{% set a = 1 %}\nЗдравствуйте! Заказ"),
    (HELLO, "# Тема\n\nЗаказ\n\nДа", "# Тема\n\nЗдравствуйте!\n\nЗаказ\n\nДа"),
    (HELLO, "<!DOCTYPE html><head><style>p{}</style></head><body><p>Заказ</p></body>", "<!DOCTYPE html><head><style>p{}</style></head><body><p>Здравствуйте! Заказ</p></body>"),
    (Rules(greeting=("Здравствуйте!",)), "Добрый день, {{ name }}! Заказ", "Добрый день, {{ name }}! Заказ"),
    (SIGN, "Заказ готов.", "Заказ готов.\n\nС уважением,\nкоманда «Ромашки»"),
    (SIGN, "Да.\n\nС уважением, служба поддержки\n", "Да.\n\nС уважением,\nкоманда «Ромашки»\n"),
    (SIGN, "<p>Да.</p><p><b>С уважением, Анна</b></p>", "<p>Да.</p><p><b>С уважением,<br>команда «Ромашки»</b></p>"),
    (SIGN, "<div><p>Да.</p></div>", "<div><p>Да.</p><p>С уважением,<br>команда «Ромашки»</p></div>"),
    (SIGN, "Да<br>и да", "Да<br>и да<br><br>С уважением,<br>команда «Ромашки»"),
    (SIGN, "{% if a %}Да.{% endif %}С уважением, Анна", "{% if a %}Да.{% endif %}С уважением,\nкоманда «Ромашки»"),
    (SIGN, "Да.\n\n{% if a %}С уважением, Анна{% endif %}", "Да.\n\n{% if a %}С уважением,\nкоманда «Ромашки»{% endif %}"),
    (Rules(signature=("С уважением, {{ agent }}",)), "Да.\n\nС уважением, ваш {{ agent }}", "Да.\n\nС уважением, {{ agent }}"),
    (THOU, "Ваш заказ у Вас, проверьте {{ вы }}", "Твой заказ у тебя, проверь {{ вы }}"),
    (DOOR, "Заказ готов.", "Заказ готов. Пишите, если что."),
    (DOOR, "Да. Если остались вопросы, напишите.\n\nС уважением, Анна", "Да. Пишите, если что.\n\nС уважением, Анна"),
    (DOOR, "При возникновении вопросов обращайтесь в службу поддержки.", "Пишите, если что."),
    (DOOR, "Напишите, какой цвет нужен.", "Напишите, какой цвет нужен."),
    (DOOR, "Вам удобно завтра?", "Вам удобно завтра?"),
    (DOOR, "По вопросам звоните 8 800 555-12-34.", "По вопросам звоните 8 800 555-12-34."),
    (DOOR, "<p>Да.</p>", "<p>Да. Пишите, если что.</p>"),
    (MANY, "Да.\n\nВторая", "Да.\n\nВторая"),
    (BARE, "✅ Готово\n  ✅ Да 🙂!", "Готово\n  Да!"),
    (BARE, "Спасибо 🙂 за заказ 🎉 :)", "Спасибо за заказ"),
    (BARE, "<p>🎉 Да</p><img alt='🎉'>{{ '🎉' }}", "<p>Да</p><img alt='🎉'>{{ '🎉' }}"),
    (BARE, "Ура🎉Да\n- 🙂 Нет", "Ура Да\n- Нет"),
    (BARE, "🙂", "🙂"),
    (TERMS, "Клиентам и клиентов, КЛИЕНТ", "Покупателям и покупателей, ПОКУПАТЕЛЬ"),
    (TERMS, "Денежные средства, возврат денежных  средств денежными средствами", "Деньги, возврат денег деньгами"),
    (TERMS, "в личном кабинете, из личного кабинета", "в профиле, из профиля"),
    (TERMS, "мы приняли заявку по вашим заявкам", "мы приняли запрос по вашим запросам"),
    (TERMS, "Разбор заявки идёт. Заявка ждёт", "Разбор запроса идёт. Запрос ждёт"),
    (TERMS, "2 заявки, 5 заявок, 10 карт", "2 запроса, 5 запросов, 10 банковских карт"),
    (TERMS, "Осуществим возврат. Осуществили возврат", "Вернём деньги. Вернули деньги"),
    (TERMS, "Напишите оператору, операторам", "Напишите службе заботы, службам заботы"),
    (TERMS, "карта клиента {{ клиент }} <a href='карта'>клиента</a>", "карта клиента {{ клиент }} <a href='карта'>покупателя</a>"),
    (TERMS, "«{{ клиент }} клиента» `клиент`", "«{{ клиент }} покупателя» `клиент`"),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "before", "after"), LINES)
def test_rules_are_obeyed(rules, before, after):
    assert applied(rules, before) == after
    assert applied(rules, after) == after
    assert not list(broken(rules, after)) or after == "🙂"


BROKEN = [
    (TERMS, "Ваша заявка принята", "осталось «заявка»"),
    (TERMS, "Мы видим вашу заявку", "осталось «заявка»"),
    (HELLO, "Добрый день{% if n %}, {{ n }}{% endif %}! Да", "не то приветствие"),
    (HELLO, "Добрый день, %s! Да", "не то приветствие"),
    (SIGN, "Да.\n\nС уважением, {{ agent }}", "нет подписи"),
    (Rules(stop=("данный",)), "По данному вопросу", "стоп-слово «данный»"),
    (BARE, "🙂", "есть эмодзи"),
]


@pytest.mark.parametrize(("rules", "text", "line"), BROKEN)
def test_what_only_a_person_can_mend_stays_and_is_named(rules, text, line):
    assert applied(rules, text) == text
    assert list(broken(rules, text)) == [line]


ALL = Rules(
    greeting=("Здравствуйте!",), signature=("Ваша «Ромашка»",), address="вы", emoji="none", replace={"клиент": "гость"}
)


def test_of_many_wordings_a_text_always_gets_the_same_one():
    texts = [f"Заказ {number}." for number in range(20)]
    signed = [applied(MANY, text) for text in texts]
    assert signed == [applied(MANY, text) for text in texts] and len({text.split()[-1] for text in signed}) == 2
    assert applied(MANY, texts[0], key="а") == applied(MANY, texts[0], key="а")
    assert not any(line for text in signed for line in broken(MANY, text))


def test_every_rule_is_checked():
    assert list(broken(ALL, "Привет 🙂 и для Вас, клиент")) == [
        "осталось «клиент»", "не то приветствие", "нет подписи", "обращение не «вы»", "есть эмодзи",
    ]  # fmt: skip


def test_terms_inside_placeholders_and_tags_break_nothing():
    rules = Rules(replace={"клиент": "гость"}, stop=("данный",), address="вы", emoji="none")
    assert not list(broken(rules, "{{ клиент.данный }} <a title='у Вас 🙂 клиент'>да</a> `данный`"))


@pytest.mark.parametrize(
    ("said", "permitted"),
    [
        ("Тариф «Старт» ваш", True),
        ("Тарифа «Старт» нет", True),
        ("План ваш", False),
        ("", False),
        (None, True),
        ("Данный тариф", False),
    ],
)
def test_a_sentence_may_not_lose_a_kept_term_nor_say_a_stop_word(said, permitted):
    assert permits(Rules(keep=("тариф",), stop=("данный",)), "Ваш тариф", said) is permitted


def test_a_rewrite_that_loses_structure_gives_way_to_the_original_by_the_rules():
    lost = Rewrite(after="Заказ у Вас.", status="rewritten")
    assert ruled("Заказ {{ id }} у Вас.", lost, SMALL) == Rewrite(after="Заказ {{ id }} у вас.", status="rewritten")
    kept = ruled("Заказ {{ id }}.", lost, Rules())
    assert (kept.after, kept.status) == ("Заказ {{ id }}.", "kept") and "{{ id }}" in kept.reason


@pytest.mark.parametrize("before", ["<div><p>Да.</p></div>", "# Тема\n\nДа.\n\nНет.", "Да.\n\n- раз\n- два"])
def test_greeting_and_signature_may_bring_their_own_markup(before):
    rules = Rules(greeting=("Здравствуйте!",), signature=("С уважением,\n{{ agent }}",))
    after = ruled(before, Rewrite(after=before, status="unchanged"), rules)
    assert after.status == "rewritten" and "{{ agent }}" in after.after and "Здравствуйте!" in after.after


BAD = [
    ("greting: Привет!", r"неизвестный ключ 'greting', похоже на 'greeting'"),
    ("стоп: [а]", r"бывают: keep, replace"),
    ("1: а", "неизвестный ключ 1"),
    ("- keep", "пары"),
    ("keep: данный", "keep: нужен список"),
    ("stop: ['']", "stop: нужен список"),
    ("stop: [5]", "stop: нужен список"),
    ("replace: [а]", "replace: нужны пары"),
    ("replace: {а: }", "replace: нужны пары"),
    ("address: мы", "address: нужно вы или Вы или ты"),
    ("emoji: true", "emoji: нужно none"),
    ("greeting: 5", "greeting: нужно непустой текст"),
    ("door: []", "door: нужно непустой текст или список"),
    ("greeting: [Привет!, 5]", "greeting: нужно непустой текст или список"),
    ("door: Пишите.\naddress: ты", "door: «Пишите.» против других правил"),
    ("signature: ''", "signature: нужно непустой текст"),
    ("greeting_by_name: Привет!", "greeting_by_name: нет {name}"),
    ("replace: {клиент: гость, гость: друг}", "«гость» содержит «гость»"),
    ("replace: {клиент: данный гость}\nstop: [данный]", "стоп-слово «данный»"),
    ("keep: [а]\nstop: [а]", "и в keep, и в stop"),
    ("signature: Всегда рады Вам\naddress: вы", "signature: «Всегда рады Вам» против других правил"),
    ("greeting: Привет 🙂\nemoji: none", "greeting: «Привет 🙂» против других правил"),
    ("keep: [", "не YAML"),
    ("keep: !!python/object:os.system {}", "не YAML"),
    (b"keep: [\xff]", "не текст в UTF-8"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_bad_file_is_one_clear_line(tmp_path, text, message):
    path = tmp_path / "rules.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BylostaloError) as raised:
        read_rules(path)
    assert message in str(raised.value) and str(path) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_files_that_are_fine(tmp_path):
    path = tmp_path / "rules.yaml"
    assert read_rules(None) == Rules()
    path.write_text("", "utf-8")
    assert read_rules(path) == Rules()
    path.write_text("greeting: [Привет!, Хей!]\ndoor: Пиши.\naddress: ты\n", "utf-8")
    assert read_rules(path) == Rules(greeting=("Привет!", "Хей!"), door=("Пиши.",), address="ты")
    path.write_text(
        "\ufeffkeep: [Ромашка]\nreplace: {карта: банковская карта}\nsignature: |\n  Ваша\n  Ромашка\n", "utf-8"
    )
    assert read_rules(path) == Rules(
        keep=("Ромашка",), replace={"карта": "банковская карта"}, signature=("Ваша\nРомашка",)
    )
    with pytest.raises(BylostaloError, match="не читается"):
        read_rules(tmp_path / "нет.yaml")


pieces = st.sampled_from(
    [
        *("Добрый день! ", "Здравствуйте, {{ name }}! ", "Уважаемый клиент! ", "{{ name }}, ", "Ваш заказ готов. ", "для Вас "),
        *("клиентам ", "денежных средств ", "Заявка принята. ", "🙂 ", "✅ ", "\n", "\n\n", "\n- ", "<p>", "</p>", "<br>", "<b>"),
        *("</b>", "**", "{% if a %}", "{% else %}", "{% endif %}", "{# вам #}", "С уважением, Анна", "Команда", ". ", ", ", "{{ x }}"),
    ]
)  # fmt: skip
houses = st.sampled_from(
    [
        Rules(greeting=("Здравствуйте!",), greeting_by_name=("{name}, здравствуйте!",), address="вы", emoji="none"),
        Rules(signature=("С уважением,\nкоманда",), replace=TERMS.replace, address="Вы"),
        Rules(
            greeting=("Привет от Ромашки!",),
            signature=("Ваша «Ромашка»",),
            keep=("денежные средства",),
            replace=TERMS.replace,
        ),
        Rules(
            address="ты",
            door=("Пиши.", "Если что, мы рядом."),
            greeting=("Привет!", "Хей!"),
            signature=("Первая", "Вторая"),
        ),
        SMALL,
        BARE,
    ]
)


@given(houses, st.lists(pieces, max_size=8).map("".join))
@example(Rules(greeting=("Привет от Ромашки!",), signature=("Ваша «Ромашка»",)), "**{{ name }}, **")
@settings(max_examples=300, deadline=None)
def test_once_more_changes_nothing(rules, text):
    once = applied(rules, text)
    assert applied(rules, once) == once


@given(st.sampled_from([SMALL, CAPITAL, BARE, TERMS]), st.lists(pieces, max_size=8).map("".join))
@example(Rules(emoji="none"), "🙂 \n- ")
@settings(max_examples=100, deadline=None)
def test_words_alone_change(rules, text):
    assert same_structure(text, applied(rules, text)) is None
