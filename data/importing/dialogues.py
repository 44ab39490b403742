"""Messages of a conversation as replies with what the customer had said before each."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bylostalo.data.errors import BylostaloError

CLIENT = (
    "client", "customer", "user", "end-user", "visitor", "requester", "клиент", "покупатель", "абонент", "заявитель",
)  # fmt: skip
AGENT = (
    "agent", "operator", "support", "assistant", "staff", "оператор", "агент", "специалист", "сотрудник", "поддержка",
    "менеджер",
)  # fmt: skip
ROLE_KEYS = ("role", "author", "from", "роль")
TEXT_KEYS = ("text", "content", "body", "текст")
NESTED = ("messages", "comments", "dialogue", "сообщения")
Exchange = tuple[str | None, str]


def side(role: object) -> str | None:
    """`client`, `agent`, or None for bots and systems."""
    name = str(role).strip().lower()
    if any(name.startswith(word) for word in CLIENT):
        return "client"
    return "agent" if any(name.startswith(word) for word in AGENT) else None


def exchanges(messages: Iterable[tuple[object, str]]) -> Iterator[Exchange]:
    """(role, text) in order → (what the customer said, the reply); neighbours of one side are one message."""
    asked: list[str] = []
    said: list[str] = []
    for role, text in messages:
        speaker = side(role)
        if speaker == "client":
            if said:
                yield "\n".join(asked) or None, "\n".join(said)
                asked, said = [], []
            asked.append(text.strip())
        elif speaker == "agent" and text.strip():
            said.append(text.strip())
    if said:
        yield "\n".join(asked) or None, "\n".join(said)


def nested_messages(row: Mapping[str, Any]) -> list[tuple[object, str]] | None:
    """Messages of an object that holds its whole conversation, or None."""
    for key in NESTED:
        messages = row.get(key)
        if isinstance(messages, list) and messages and all(isinstance(message, dict) for message in messages):
            return [(_first(message, ROLE_KEYS), str(_first(message, TEXT_KEYS))) for message in messages]
    return None


def _first(message: Mapping[str, Any], keys: Iterable[str]) -> object:
    for key in keys:
        if key in message:
            return message[key]
    raise BylostaloError(f"в сообщении диалога нет ни одного из ключей: {', '.join(keys)}")


def by_dialogue(rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> dict[str, list[tuple[object, str]]]:
    """Messages of a flat table by conversation, each in order of time where there is a column for it."""
    found: dict[str, list[tuple[str, object, str]]] = {}
    for row in rows:
        time = str(row[columns["time"]]) if "time" in columns else ""
        message = (time, row[columns["role"]], str(row[columns["text"]]))
        found.setdefault(str(row[columns["dialogue"]]), []).append(message)
    return {
        name: [(role, text) for _, role, text in sorted(messages, key=lambda message: message[0])]
        for name, messages in found.items()
    }
