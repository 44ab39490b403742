"""Replies and outcomes for the tests of formats."""

from bylostalo.inference.results import Problem
from bylostalo.inference.templates.template import Outcome

REPLY = "Уважаемый клиент! Ваш запрос {{ticket.id}} принят в работу."
BETTER = "Здравствуйте! Мы получили ваш запрос {{ticket.id}} и уже разбираемся."
AWKWARD = (
    BETTER,
    "Кавычки \"двойные\", «ёлочки» и 'одинарные', запятая; точка с запятой | черта\tтабуляция",
    "Первая строка.\nВторая строка.\n\nНовый абзац: с двоеточием # и решёткой",
    "Скобки [раз], {два}, & амперсанд, * звезда, <b>жирный</b> / дробь \\ обратная",
    "да",
    "- пункт",
    "123",
    "Смайлик 🙂 и рубль ₽",
    "Конец со строкой\n",
    "Два конца\n\n",
    " пробел впереди и сзади ",
    "null",
    "Пробел в конце строки \nи дальше",
    "\u00a0неразрывный\u2028разделитель",
)


def outcome(key, before, after=BETTER, **rest):
    return Outcome(
        key=key,
        before=before,
        after=after,
        status="rewritten" if after != before else "kept",
        problems=(Problem(code="officialese", score=0.9), Problem(code="passive_voice", score=0.8)),
        **rest,
    )


def outcomes_for(library, after=BETTER, **rest):
    return {template.key: outcome(template.key, template.text, after, **rest) for template in library.templates}
