"""Templates as help desks have them, made by chance: every placeholder syntax, markup, «Вы», emoji, quotes, breaks."""

import random

HELLO = (
    "Уважаемый клиент!", "Здравствуйте, {{ ticket.requester.name }}!", "Добрый день, %(name)s!", "Здравствуйте!",
    "Добрый день, ${client.name}!", "{{#if name}}Здравствуйте, {{name}}!{{else}}Здравствуйте!{{/if}}", "",
    "{% if name %}Здравствуйте, {{ name }}!{% else %}Добрый день!{% endif %}", "Добрый день, #ИМЯ#!",
)  # fmt: skip
SAID = (
    "Доставка заказа {{ order.id }} осуществляется до {{ date | date: '%d.%m' }}.",
    "Возврат {sum} ₽ осуществляется в течение {0} дней, «быстро» и \"точно\".",
    "Ваш заказ [[number]] готов; Вам придёт код %s.",
    "Выдача осуществляется по адресу: ${address}, будем ждать Вас 🙂!",
    "Подробности: https://site.ru/help?id={{ id }}&a=1.",
    "Запись осуществлена на {{ time }}, клиент {{ client }} подтверждён.",
    "Мы уже проверили платёж %d и вернули 1 500 руб.",
    "Если у Вас вопросы, напишите на help@site.ru.",
    "{Спасибо|Благодарим}, что ждёте; работа осуществляется.",
    "Статус «{{ status | default: \"новый\" }}» видно в личном кабинете.",
    "= это не формула, а строка {{ x }}.",
)  # fmt: skip
FRAMES = (
    "{hello} {a} {b}",
    "{hello}\n{a}\n{b}",
    "{hello}\n\n{a} {b}\n\nС уважением, {{{{ agent }}}}",
    "{hello}\n\n{{% if paid %}}\n{a}\n{{% else %}}\n{b}\n{{% endif %}}\n\nЖдём Вас!",
    "{hello}\n\n{a}\n\n{{% for item in items %}}\n- {{{{ item.name }}}} осуществляется\n{{% endfor %}}\n{b}",
    '<p>{hello}</p><p style="color: red">{a}&nbsp;<b>Важно:</b> {b}</p>',
    '<div class="mail">\n<p>{hello}</p>\n<ul><li>{a}</li><li>{b}</li></ul>\n'
    '<a href="{{{{ url }}}}?a=1&amp;b=2">Сайт</a>\n</div>',
    "<table><tr><td>Срок</td><td>{a}</td></tr></table><br>{b}",
    "## {a}\n\n{hello}\n\n1. {b}\n2. Откройте **профиль** и [раздел](https://site.ru/{{{{ id }}}}).\n",
    "- {a}\n- {b}\n\n| Срок | {{{{ days }}}} |",
    "{hello} {{{{#each files}}}}{a}{{{{/each}}}} {b}",
)


def templates(count: int, *, encoding: str = "utf-8") -> list[str]:
    """So many distinct texts that the encoding holds."""
    rng = random.Random(19)
    found: dict[str, None] = {}
    while len(found) < count:
        hello, a, b = rng.choice(HELLO), *rng.sample(SAID, 2)
        text = rng.choice(FRAMES).format(hello=hello, a=a, b=b).strip()
        if encoding == "cp1251":
            text = text.replace("₽", "руб.").replace("🙂", ":)")
        found[text] = None
    return list(found)
