"""Marked-up lines: gaps in «‹…›», verbatim passages in «⟦…⟧», «¦» between sentences without a gap."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylostalo.inference.segments import Segment, segment

MARKED = re.compile(r"‹(?P<gap>[^›]*)›|⟦(?P<verbatim>[^⟧]*)⟧|(?P<sentence>[^¦‹⟦]+)")

STATEMENTS = [
    "⟦Уважаем{% if f %}ая{% else %}ый{% endif %} {{ name }}, ваш заказ {% if paid %}оплачен{% else %}ждёт{% endif %}.⟧",
    "‹{% if vip %}›Спасибо, что вы с нами.‹{% endif %} ›Ваш заказ готов.",
    "‹{%- if paid -%}\n›Заказ оплачен‹\n{%- elsif x -%}\n›Заказ в пути.‹\n{% else %}\n›Ждём‹\n{% endif %}\n\n›Спасибо!",
    "⟦Заказ {% if paid %}оплачен.⟧‹ ›Спасибо за покупку.⟦{% else %}ждёт оплаты.⟧‹{% endif %} ›Ждём вас.",
    "⟦Добрый день{% if name %}, {{ name }}{% endif %}!⟧‹ ›Ваш заказ готов.",
    "Здравствуйте!‹{% if a %}{% if b %} ›Да.‹{% else %} ›Нет.‹{% endif %}{% endif %} ›Пока.",
    "‹{% case s %}{% when 'new' %}›Заявка принята.‹{% when 'done' %}›Заявка закрыта.‹{% endcase %}›",
    "Состав:‹\n{% for i in items %}\n- ›{{ i.name }}, {{ i.cost }} ₽ всего‹\n{% endfor %}\n›Итого {{ total }} ₽.",
    "‹{% if a %}›⟦Заказ на ул. {% if m %}Ленина{% else %}Мира{% endif %}.⟧‹{% endif %} ›Ждём.",
    "⟦Ваш заказ на сумму\n{% if d %}\nсо скидкой {{ d }}\n{% endif %}\nготов к выдаче.⟧",
    "Да.‹ {% if a %}›⟦Заказ{% else %}Счёт{% endif %} готов.⟧‹ ›Ждём.",
    "‹{{#if paid}}›Заказ оплачен.‹{{else}}›Заказ ждёт оплаты.‹{{/if}} ›⟦{{! заметка. Да }}⟧Ждём.",
    "‹{{#if a}}›Готово.‹{{else if b}}›Не готово.‹{{/if}}{{^c}} ›Пока.‹{{/c}}›",
    "⟦Ваши файлы: {{#each files}}{{this}}, {{/each}}всё.⟧",
    "‹<% if paid %>›Оплачено.‹<% else %>›Ждём оплаты.‹<% end %> ›Да.",
    "⟦{% comment %}Не трогать. Это заметка.{% endcomment %}⟧‹\n›Здравствуйте!‹ ›⟦{# тут. Да #}⟧‹ ›Да.",
    "⟦{% raw %}Привет. {{ x }}{% endraw %}⟧‹ ›Ваш заказ готов.",
    "⟦Ваш заказ <!-- номер --> {{ id }} готов.⟧",
    "‹{% assign d = order.date | date: '%d.%m' %}\n›Срок {{ d }}.‹ ›Ждите.",
    "‹{% set x = 1 %}{% set y %}›Ждём вас.‹{% endset %}›",
    "‹<ul>{% for i in x %}<li>›{{ i }} нужен‹</li>{% endfor %}</ul>›",
    "‹{% endif %}›⟦Текст{% else %}.⟧",
]

MARKUP = [
    "‹| ›⟦{{ a | upper }}⟧‹ | ›5 дней‹ |›",
    '{{ a\n | date: "d. M" }}, ждём.‹ ›Да.',
    "Срок‹ | ›Цена‹\n---|---\n›5 дней‹ | ›100 ₽",
    "Заказ &laquo;Ромашка&raquo; готов.‹ ›Срок&nbsp;&mdash; 5 дней.",
    "‹<p>&nbsp;</p><p>›Да‹</p>›",
    "‹<td title=\"a > b\">›Срок‹</td><td class='{% if a > b %}x{% endif %}'>›Цена‹</td>›",
    'Вот <a href="{% if a %}x{% else %}y{% endif %}">тут</a>.‹ ›Да.',
    "‹![схема](https://a.ru/x.png)\n\n›Смотрите [тут](https://a.ru/{{ id }}).‹ ›Да.",
    "Смотрите [правила][1].‹\n\n›⟦[1]: https://a.ru/b⟧",
    "[Важно]: сегодня не работаем.",
    "⟦{Здравствуйте|Добрый день. Рады вам}!⟧‹ ›Ваш {заказ|{товар|посылка}} готов.",
    "‹1. ›Раз {{ x }}.‹\n   - ›вложенный;‹\n   - ›другой.‹\n2. ›Два.",
    "⟦<!DOCTYPE html>⟧‹<body>›Да.‹</body>›",
    'Готово: {{ text | replace: "\n", "<br>" }}.‹ ›Да.',
]

LINES = [
    "Добрый день.‹ ›Мы получили заявку.‹ ›Ждите!",
    "Стоимость 500 руб. за штуку.‹ ›Оплатите до 5 июня.",
    "Оплатите до 5 июня 2025 г.‹ ›Мы ответим.",
    "Оплатите до 5 июня 2025 г. и ждите.",
    "Принесите паспорт, СНИЛС и т. д.‹ ›Мы ждём.",
    "Мы на ул. Ленина, д. 5, стр. 2.‹ ›Приходите.",
    "Согласно п. 3.1 договора и ст. 13 закона.‹ ›Это всё.",
    "Звоните, доб. 123, до вечера.‹ ›Спасибо.",
    "Скидка 5.5 тыс. руб. на всё.‹ ›Версия 8.1 вышла.",
    "Кравцов Е. В. ждёт.‹ ›Иванов И. И. тоже.",
    "Вот ссылка https://a.ru/b.c?d=1.‹ ›Перейдите.",
    "Он сказал: «Да. Нет.»‹ ›Потом ушёл.",
    'Срок: {{ date|date:"d. M" }}.‹ ›Ждите.',
    "Спасибо!¦Мы рады.¦Ждём вас.",
    "добрый день.‹ ›мы получили заявку.‹ ›ждите",
    "Ждём вас!!!‹ ›Приходите…‹ ›Скоро.",
    "‹1. ›Откройте сайт.‹\n2. ›Нажмите «Да».‹ ›Ждите.",
    "Шаги:‹\n1) ›откройте;‹\n2) ›нажмите.",
    "‹- ›раз;‹\n- ›два;‹\n• ›три;‹\n— ›четыре.",
    "‹# ›Заголовок‹\n\n›Текст письма.",
    "‹| ›Срок‹ | ›Цена‹ |\n|---|---|\n| ›5 дней‹ | ›100 ₽‹ |›",
    "‹<p>›Здравствуйте!‹<br>›Мы тут.‹ ›Вы там.‹</p><ul><li>›раз‹</li></ul>›",
    "<b>Важно.</b>‹ ›Срок истёк.",
    "**Важно!**‹ ›Срок _истёк_.",
    "⟦```\nsudo reboot. Now\n```⟧‹\n›Это команда.",
    "⟦> Где мой заказ? Олег⟧‹\n›Он в пути.",
    "Подробности:‹\n›⟦https://site.ru/a⟧‹\n›Спасибо.",
    "⟦{{ signature }}⟧",
    "Спасибо.‹\n\n›С уважением,‹\n›служба поддержки",
    "Спасибо!‹ 🙂›",
    "Здравствуйте!‹\r\n\r\n›Ваш заказ в пути.",
    "Это длинная строка, которую почтовая программа перенесла на середине\nпредложения.‹ ›Потом другое.",
    "‹  \n ›",
    "",
    *STATEMENTS,
    *MARKUP,
]


def marked(line: str) -> list[Segment]:
    return [Segment(match.lastgroup, match[match.lastgroup]) for match in MARKED.finditer(line) if match.lastgroup]


@pytest.mark.parametrize("line", LINES)
def test_segments(line):
    segments = marked(line)
    assert list(segment("".join(part.text for part in segments))) == segments


def test_over_long_run_is_cut_at_semicolons():
    item = "предоставить копию паспорта, заверенную в установленном порядке уполномоченным лицом"
    text = "; ".join([item] * 6)
    assert [part.text for part in segment(text) if part.kind == "sentence"] == [f"{item};"] * 5 + [item]
    assert len(segment("; ".join([item] * 3))) == 1


PIECES = [
    *'«»"<>[]{}#|>-—•*_`;:.!? \n\r\t',
    *(
        "Да. ",
        "Нет.",
        "руб. ",
        "г. ",
        "п. 3.1 ",
        "1. ",
        "- ",
        "```\n",
        "<br>",
        "<p>",
        "</p>",
        "<pre>",
        "{{ x }}",
        "https://a.ru/b. ",
        "> ",
        "| a |",
        "🙂",
        "{% if x %}",
        "{% else %}",
        "{% endif %}",
        "{# слово. Да #}",
        "{{#if x}}",
        "{{/if}}",
        "{а|б. В\n}",
        "&nbsp;",
        "слово ",
        "Слово",
    ),
]


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join))
def test_segments_join_to_the_text(text):
    segments = segment(text)
    assert "".join(part.text for part in segments) == text
    assert all(part.text for part in segments)
    assert all(part.text == part.text.strip() for part in segments if part.kind == "sentence")
    assert not any(left.kind == right.kind == "gap" for left, right in pairwise(segments))
