"""What the command line is given: a text, standard input, a .txt of replies or a .jsonl; and where results go."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.results import Request

MAX_CHARACTERS = 20_000
"""Longer than any reply a person would read; a longer text is a file given by mistake."""
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_LOOKS_LIKE_FILE = re.compile(r"^\S+\.[A-Za-z]{2,5}$")


@dataclass(frozen=True)
class Item:
    """A line of input: its fields as they came, and the request in it or what is wrong with it."""

    line: int
    fields: Mapping[str, Any]
    request: Request | None
    error: str = ""


def _decoded(raw: bytes, name: str) -> str:
    if b"\0" in raw:
        raise BylostaloError(f"{name}: это двоичный файл, нужен текст в UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BylostaloError(f"{name}: не UTF-8 (байт {error.start}); пересохраните файл в UTF-8") from None


def _read_file(path: Path) -> str:
    try:
        return _decoded(path.read_bytes(), str(path))
    except OSError as error:
        raise BylostaloError(f"{path}: не читается ({error.strerror})") from None


def too_long(text: str) -> str:
    """Why the text is refused for its length; empty if it is not."""
    if len(text) <= MAX_CHARACTERS:
        return ""
    return f"ответ длиннее {MAX_CHARACTERS} знаков ({len(text)}): разделите его"


def _plain(texts: Iterable[str], client: str | None, notes: Sequence[str], name: str) -> list[Item]:
    items = []
    for line, text in enumerate((text for text in texts if text.strip()), 1):
        if problem := too_long(text):
            raise BylostaloError(f"{name}: {problem}")
        request = Request(before=text, client_message=client, notes=tuple(notes))
        fields: dict[str, Any] = {"before": text}
        if client is not None:
            fields["client_message"] = client
        if notes:
            fields["notes"] = list(notes)
        items.append(Item(line, fields, request))
    if not items:
        raise BylostaloError(f"{name}: пусто, нужен текст ответа")
    return items


def field_error(fields: Mapping[str, Any]) -> str:
    """What is wrong with the fields of a line; empty if nothing."""
    before, client, notes = fields.get("before"), fields.get("client_message"), fields.get("notes")
    if "before" not in fields:
        return "нет поля before с текстом ответа"
    if not isinstance(before, str) or not before.strip():
        return "поле before должно быть непустой строкой"
    if client is not None and not isinstance(client, str):
        return "поле client_message должно быть строкой или null"
    if notes is not None and not (isinstance(notes, list) and all(isinstance(note, str) for note in notes)):
        return "поле notes должно быть списком строк"
    return too_long(before)


def parse_line(number: int, line: str) -> Item:
    """One JSON object of the contract."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Item(number, {}, None, f"не JSON ({str(error).splitlines()[0]})")
    if not isinstance(fields, dict):
        return Item(number, {}, None, "на строке должен стоять один объект JSON {...}")
    if problem := field_error(fields):
        return Item(number, fields, None, problem)
    request = Request(
        before=fields["before"],
        client_message=fields.get("client_message"),
        notes=tuple(fields.get("notes") or ()),
    )
    return Item(number, fields, request)


def _json_lines(text: str, name: str) -> list[Item]:
    items = [parse_line(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not items:
        raise BylostaloError(f"{name}: пусто, нужны строки JSON с полем before")
    return items


def _holds(check: Callable[[], bool]) -> bool:
    """A text too long for the name of a file names none."""
    try:
        return check()
    except OSError:
        return False


def read_items(argument: str, *, client: str | None, notes: Sequence[str]) -> list[Item]:
    """The replies of a command-line argument; refuses what cannot be read with one clear line."""
    if argument == "-":
        text = _decoded(sys.stdin.buffer.read(), "стандартный ввод")
        return _plain([text], client, notes, "стандартный ввод")
    if not argument.strip():
        raise BylostaloError("текст: пусто, нужен текст ответа")
    path = Path(argument)
    if _holds(path.is_file):
        return _file_items(path, client, notes)
    if _holds(path.is_dir):
        raise BylostaloError(f"{argument}: это папка, нужен файл .txt или .jsonl")
    if _LOOKS_LIKE_FILE.match(argument):
        raise BylostaloError(f"{argument}: такого файла нет")
    return _plain([argument], client, notes, "текст")


def _file_items(path: Path, client: str | None, notes: Sequence[str]) -> list[Item]:
    if path.suffix == ".txt":
        return _plain(_BLANK_LINES.split(_read_file(path).strip("\r\n")), client, notes, str(path))
    if path.suffix != ".jsonl":
        raise BylostaloError(f"{path}: не знаю такого типа файла, нужен .txt или .jsonl")
    if client is not None or notes:
        raise BylostaloError(f"{path}: в .jsonl сообщение клиента и заметки задают поля client_message и notes")
    return _json_lines(_read_file(path), str(path))
