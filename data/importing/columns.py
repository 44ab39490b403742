"""Which column of a table is which field of a record: named by a person, or guessed by its header."""

import re
from collections.abc import Mapping, Sequence

from bylostalo.data.errors import BylostaloError

HEADERS: Mapping[str, tuple[str, ...]] = {
    field: tuple(names.split(", "))
    for field, names in {
        "dialogue": "dialogue, dialog, conversation, ticket, thread, chat, диалог, тикет, переписка, чат",
        "role": "role, author, sender, from, роль, автор, отправитель, кто",
        "text": "text, message, body, comment, текст, сообщение, реплика",
        "time": "time, date, created, timestamp, время, дата",
        "client_message": "client message, customer message, question, request, client, customer, вопрос, "
        "сообщение клиента, обращение, клиент, запрос",
        "before": "before, reply, answer, response, agent, operator, было, ответ, ответ оператора, оператор",
        "after": "after, corrected, edited, fixed, стало, исправлено, исправленный, правка, редактор",
        "id": "id, номер, №",
        "domain": "domain, topic, category, сфера, тема, категория",
        "channel": "channel, source, канал, источник",
    }.items()
}
MESSAGE_FIELDS = ("dialogue", "role", "text")


def plain(header: str) -> str:
    return " ".join(re.findall(r"[^\W_]+|№", header.lower().replace("ё", "е")))


def likeness(header: str, names: Sequence[str]) -> int:
    """2 for a header that is one of the names, 1 for one that has it among its words, else 0."""
    words = plain(header)
    if words in names:
        return 2
    return int(any(f" {name} " in f" {words} " or f" {name} id " in f" {words} " for name in names))


def guessed(headers: Sequence[str]) -> dict[str, str]:
    """Field → header; every header serves one field, the likeliest first."""
    pairs = [(likeness(header, names), field, header) for field, names in HEADERS.items() for header in headers]
    chosen: dict[str, str] = {}
    for score, field, header in sorted(pairs, key=lambda pair: -pair[0]):
        if score and field not in chosen and header not in chosen.values():
            chosen[field] = header
    return chosen


def mapped(headers: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """Field → header: those given, the rest guessed. Raises `BylostaloError` where no reply can be found."""
    for field, header in given.items():
        if field not in HEADERS:
            raise BylostaloError(f"неизвестное поле «{field}», бывают: {', '.join(HEADERS)}")
        if header not in headers:
            raise BylostaloError(f"нет столбца «{header}», есть: {', '.join(headers)}")
    rest = guessed([header for header in headers if header not in given.values()])
    found = {**{field: header for field, header in rest.items() if field not in given}, **given}
    if "before" not in found and not all(field in found for field in MESSAGE_FIELDS):
        raise BylostaloError(
            f"не понял, где ответ; столбцы: {', '.join(headers)}. Назовите его: --column before=ИМЯ, "
            "а для реплик диалога --column dialogue=… --column role=… --column text=…"
        )
    return found
