"""Placeholders of every syntax are solid; what only looks like one is left alone."""

import pytest
from fact_lines import found, surfaces

from bylostalo.inference.facts import compare, extract

PLACEHOLDERS = [
    'Здравствуйте, ‹{{ user.name | default: "друг" | capitalize }}›!',
    "Тариф ‹{{ plan | default: '«Базовый»' }}› включён.",
    'Ответ: ‹{{ text | newline: "<br>" }}›.',
    "Код ‹{{{raw}}}›, ‹{{&x}}›, ‹{{> подпись}}›, ‹{{ticket.requester.name}}›.",
    "Город ‹{{ {'a': 1}['a'] }}› и ‹{{- x -}}›.",
    "Дата ‹{{ d\n | date: 'd' }}› ясна.",
    "‹{%- if a > 3 -%}›да‹{%- endif -%}› ‹{# заметка #}›",
    "Вам ‹%s›, ‹%d›, ‹%(name)s›, ‹%1$s›, ‹%.2f›, ‹%NAME%›, ‹%имя%›.",
    "Скидка ‹%d›%% и ‹%s›‹%s›.",
    "Вам ‹{0}›, ‹{}›, ‹{name}›, ‹{user.name!r:>10}›, ‹{x:>{width}}›.",
    "Вам ‹${x}›, ‹${a.b}›, ‹[[x]]›, ‹#NAME#›, ‹#ИМЯ_КЛИЕНТА#›, ‹<%= x %>›.",
    "‹{Здравствуйте|Добрый день}›! Ваш ‹{заказ|{новый|старый} товар}› готов.",
    "‹{{Добрый|Хороший} день|Здравствуйте}›!",
    "‹{Привет, {{name}}|Добрый день}›!",
    "‹{Да.\nМы рады|«Да»}›!",
]

NO_PLACEHOLDERS = [
    "Это 100 % правда.",
    "5% скидки и 10% бонусов.",
    "Пишем на C# и C++.",
    "Мы в #хештег и #ТЕГ.",
    "Скобка { одна.",
    "Мы рады :} и :name: тоже.",
    "Ссылка https://ru.wikipedia.org/wiki/%D0%9F%D1%80.",
]

TAGS = [
    '‹<a href="{{ u | default: "x > y" }}" {% if a > 3 %}class="b"{% endif %}>›тут‹</a>›',
    'Смотрите ‹[›тут‹]({{ url }})›, ‹[›там‹](https://a.ru/x_(y)?a=1&copy;=2 "т")› и ‹[›здесь‹][1]›.',
    "‹![схема](https://a.ru/x.png)›",
    "‹&laquo;›Ромашка‹&raquo;› ‹&#8212;› да",
]

URLS = [
    "Вот ‹https://site.ru/{{ id }}?a={{ b }}&c=1›.",
    "Вот (‹https://a.ru/%s›), ‹https://a.ru/#ID#/x›!",
    "Вот ‹https://ru.wikipedia.org/wiki/%D0%9F%D1%80›.",
]


@pytest.mark.parametrize("line", PLACEHOLDERS)
def test_placeholder_is_solid(line):
    assert [fact.text for fact in found(line, "placeholder")] == surfaces(line)


@pytest.mark.parametrize("line", NO_PLACEHOLDERS)
def test_no_placeholder(line):
    assert found(line, "placeholder") == []


@pytest.mark.parametrize("line", TAGS)
def test_tag_is_solid(line):
    assert [fact.text for fact in found(line, "tag")] == surfaces(line)


@pytest.mark.parametrize("line", URLS)
def test_link_with_placeholders_is_solid(line):
    assert [fact.text for fact in found(line, "url")] == surfaces(line)


def test_image_may_not_become_another():
    assert compare("![a](b.png)", before="![a](c.png)").lost


@pytest.mark.parametrize("text", ["{" * 60 + "a|" * 60, "{{" * 60, '<a "{{a}}' * 60, "%(" * 60, "[" * 60 + "](" * 60])
def test_unclosed_marks_are_read_at_once(text):
    assert all(text[fact.start : fact.stop] == fact.text for fact in extract(text))
