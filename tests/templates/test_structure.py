import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bylostalo.inference.segments import segment
from bylostalo.inference.templates.structure import same_structure, structure

JINJA = """Здравствуйте, {{ client.name | default: "клиент" }}!

{% if order.paid %}
Заказ {{ order.id }} оплачен {{ order.date | date: "%d.%m.%Y" }}.
{% else %}
Заказ {{ order.id }} ждёт оплаты до {{ deadline }}.
{% endif %}

{% for item in items %}
- {{ item.name }} — {{ item.price }} ₽
{% endfor %}

С уважением, {{ agent }}"""

HANDLEBARS = (
    "{{#if paid}}Заказ {{id}} оплачен.{{else}}Счёт {{{link}}} ждёт.{{/if}} "
    "{{! не трогать }}{{#each files}}<b>{{this}}</b> {{/each}}"
)

HTML = """<div class="mail">
    <p>Добрый&nbsp;день, {{ name }}!</p>
    <p>Ваш <b>заказ {{ id }}</b> готов &mdash; <a href="{{ url }}?a=1&amp;b=2" style="color: red">смотрите</a>.</p>
    <table><tr><td>Срок</td><td>{{ days }} дня</td></tr><tr><td>Цена</td><td>{{ price }} ₽</td></tr></table>
    <ul><li>чек {{ check }}</li><li>акт<br>и счёт</li></ul>
    <img src="logo.png" alt="Логотип">
</div>"""

MARKDOWN = """## Возврат {{ id }}

Мы **вернём** {sum} ₽, [подробности](https://site.ru/{{ id }}) и _условия_.

1. Откройте раздел `Возвраты`.
   - вложенный {{ x }}
   - другой
2. Напишите %ORDER%.

| Срок | Сумма |
|------|------:|
| {{ days }} | {{ sum }} |

> {{ quote }}

![схема](https://site.ru/a.png)"""

PLAIN = """Уважаемый клиент!

{Здравствуйте|Добрый день}, #NAME#!
Ваш код ${code}, заказ %(id)s, %s и [[link]].

{{ sign }}"""

TEMPLATES = [JINJA, HANDLEBARS, HTML, MARKDOWN, PLAIN]

MUTATIONS = [
    (JINJA, "{% else %}", ""),
    (JINJA, "{% if order.paid %}", "{% if order.new %}"),
    (JINJA, " до {{ deadline }}", ""),
    (JINJA, 'default: "клиент"', 'default: "друг"'),
    (JINJA, "\n{% endfor %}\n\nС уважением, {{ agent }}", "\nС уважением, {{ agent }}\n{% endfor %}"),
    (JINJA, "- {{ item.name }} — {{ item.price }} ₽", "{{ item.name }} — {{ item.price }} ₽"),
    (HANDLEBARS, "{{/each}}", ""),
    (HANDLEBARS, "{{! не трогать }}", "{{! тронуто }}"),
    (HANDLEBARS, "<b>{{this}}</b>", "{{this}}"),
    (HANDLEBARS, "{{{link}}}", "{{link}}"),
    (HTML, ' style="color: red"', ""),
    (HTML, "{{ url }}?a=1", "{{ url }}?a=2"),
    (HTML, "<b>заказ {{ id }}</b>", "<b>заказ</b> {{ id }}"),
    (HTML, "</b>", ""),
    (HTML, "&nbsp;", "&nbsp"),
    (HTML, "&mdash;", "—"),
    (HTML, "<br>", " "),
    (HTML, "</li><li>", " "),
    (HTML, "<td>Срок</td><td>{{ days }} дня</td>", "<td>Срок {{ days }}</td><td>дня</td>"),
    (HTML, '<img src="logo.png" alt="Логотип">', ""),
    (MARKDOWN, "## ", ""),
    (MARKDOWN, "## ", "### "),
    (MARKDOWN, "**вернём**", "вернём"),
    (MARKDOWN, "(https://site.ru/{{ id }})", "(https://site.ru/)"),
    (MARKDOWN, "`Возвраты`", "`Возврат`"),
    (MARKDOWN, "{{ x }}\n   - другой", "\n   - другой {{ x }}"),
    (MARKDOWN, "\n2. ", " "),
    (MARKDOWN, "| {{ days }} | {{ sum }} |", "| {{ sum }} | {{ days }} |"),
    (MARKDOWN, "------:", "------"),
    (MARKDOWN, "> {{ quote }}", "{{ quote }}"),
    (MARKDOWN, "![схема]", "[схема]"),
    (PLAIN, "{Здравствуйте|Добрый день}", "{Здравствуйте}"),
    (PLAIN, "#NAME#", "NAME"),
    (PLAIN, "%s", ""),
    (PLAIN, "{{ sign }}", "{{ sign }} {{ sign }}"),
    (PLAIN, "[[link]].\n\n{{ sign }}", "{{ sign }}.\n\n[[link]]"),
    ("Да.\n\n{{ x }}\n\nСрок истёк.\n\n{{ y }}\n\n- раз", "Срок истёк.\n\n", ""),
    ("{% if a %}{{ x }}{% else %}{{ y }}{% endif %}", "{{ x }}{% else %}{{ y }}", "{{ y }}{% else %}{{ x }}"),
    ("{% if a %}<b>да</b>{% else %}нет{% endif %}", "<b>да</b>{% else %}нет", "да{% else %}<b>нет</b>"),
    ("```\nreboot\n```\nЭто {{ x }}.", "reboot", "restart"),
    ("Читайте [правила][1].\n\n[1]: https://a.ru", "[правила][1]", "правила"),
]

SAME = [
    (JINJA, "Заказ {{ order.id }} ждёт оплаты до {{ deadline }}", "До {{ deadline }} оплатите заказ {{ order.id }}"),
    (JINJA, "\n\nС уважением", "\n\nЕсли что-то не так, напишите.\n\nС уважением"),
    (HTML, "Ваш <b>заказ {{ id }}</b> готов", "<b>Заказ {{ id }}</b> собрали"),
    (HTML, '<div class="mail">', 'Здравствуйте! <div class="mail">'),
    (HTML, "\n</div>", "\n</div>\nПишите нам."),
    (HTML, '<div class="mail">', '<p>Здравствуйте!</p><div class="mail">'),
    (MARKDOWN, "## Возврат", "Здравствуйте!\n\n## Возврат"),
    (MARKDOWN, "Мы **вернём** {sum} ₽", "Вам {sum} ₽ **отправим**"),
    (PLAIN, "Уважаемый клиент!\n\n", ""),
    (PLAIN, "{{ sign }}", "{{ sign }}\n\nСпасибо."),
    ("Да.\n\nНет.", "Да.\n\nНет.", "Совсем другое."),
]


@pytest.mark.parametrize(("text", "old", "new"), MUTATIONS)
def test_broken_structure_is_named(text, old, new):
    assert text.count(old) > 0
    told = same_structure(text, text.replace(old, new, 1))
    assert told is not None
    assert told.startswith("разметка изменилась: ")
    assert re.search(r"(?:потерялось|появилось|переехало): \S", told)
    assert "\n" not in told


@pytest.mark.parametrize(("text", "old", "new"), SAME)
def test_prose_may_change(text, old, new):
    assert text.count(old) > 0
    assert same_structure(text, text.replace(old, new, 1)) is None


@pytest.mark.parametrize("text", TEMPLATES)
def test_every_new_sentence_keeps_the_structure(text):
    said = "".join(_said_anew(part.text) if part.kind == "sentence" else part.text for part in segment(text))
    assert said != text
    assert structure(said) == structure(text)


def _said_anew(sentence: str) -> str:
    """Other words in place of plain ones; what stands in brackets, tags and code stays."""
    kept = r"\{\{.*?\}\}|\{%.*?%\}|<[^<>]*>|&\w+;|\{[^{}]*\}|\]\([^()]*\)|`[^`]*`|%\S+|#\S+|\$\{\w+\}|\[\[\w+\]\]"
    return re.sub(rf"({kept})|[А-Яа-яё]+", lambda found: found[1] or "слово", sentence)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("<b>Да {{ x }}</b>", "Да {{ x }}", "разметка изменилась: потерялось: <b>"),
        ("{{ x }}", "{{ y }}", "разметка изменилась: потерялось: {{ x }}; появилось: {{ y }}"),
        (
            "{% if a %}{{ x }} да{% else %}нет{% endif %}",
            "{% if a %}да{% else %}нет {{ x }}{% endif %}",
            "разметка изменилась: переехало: {{ x }}",
        ),
        ("- раз\n- два", "- раз два", "разметка изменилась: потерялось: пункт списка, абзац"),
    ],
)
def test_difference_is_told(before, after, told):
    assert same_structure(before, after) == told


words = st.sampled_from(["Ваш заказ готов", "Добрый день", "Спасибо, что ждёте", "Срок 5 дней", "Ответим завтра"])
marks = st.sampled_from(
    [
        *("{{ name }}", '{{ d | date: "%d|%m" }}', "{{{raw}}}", "{{> part}}", "%s", "${x}", "#ИМЯ#", "[[x]]"),
        *("<%= y %>", "{раз|{два|три} слова}", "&nbsp;"),
        *("[тут]({{ url }})", "**важно**", "<i>да</i>", "🙂", "![a](b.png)"),
    ]
)
ends = st.sampled_from([".", "!", "", "?"])
sentences = st.tuples(words, marks, ends).map("{0[0]} {0[1]}{0[2]}".format)
blocks = st.recursive(
    sentences,
    lambda inner: st.one_of(
        inner.map("{{% if a %}}{}{{% endif %}}".format),
        st.tuples(inner, inner).map(lambda pair: "{{% if a -%}}\n{}\n{{%- else %}}{}{{% endif %}}".format(*pair)),
        inner.map("{{{{#each x}}}}{}{{{{/each}}}}".format),
        inner.map('<p title="a > b">{}</p>'.format),
        inner.map("\n- {}\n- два\n".format),
        inner.map("{{# заметка. Да #}} {}".format),
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map("\n\n".join),
    ),
    max_leaves=8,
)


@given(blocks)
@settings(max_examples=150)
def test_template_joins_and_equals_itself(text):
    segments = segment(text)
    assert "".join(part.text for part in segments) == text
    assert same_structure(text, text) is None
    for part in segments:
        if part.kind == "sentence":
            assert not re.search(r"\{%|\{\{[#/]|\{#", part.text)
            assert part.text.count("{") == part.text.count("}")


@given(blocks, st.sampled_from(["{{ new }}", "<u>и</u>", "{% include 'x' %}", "&hellip;"]))
@settings(max_examples=80)
def test_added_mark_is_seen(text, mark):
    assert same_structure(text, f"{text} {mark}") is not None


@given(st.text(max_size=80) | st.lists(marks | st.sampled_from([*"<>{}%#&[]()|\n*`"]), max_size=20).map("".join))
@settings(max_examples=150)
def test_any_text_has_a_structure(text):
    assert same_structure(text, text) is None
