"""The replies that two models are compared on: JSONL with `before` and what else is known."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import Defect, read_jsonl
from bylostalo.data.records import Label, RecordError, Reply
from bylostalo.data.taxonomy import codes
from bylostalo.inference.inputs import field_error
from bylostalo.inference.results import Request

Row = TypeVar("Row")


@dataclass(frozen=True)
class Case:
    """A reply to be rewritten and how people rewrote it, if they did; `phrases` are what a house may add to it."""

    id: str
    request: Request
    references: tuple[str, ...]
    phrases: tuple[str, ...] = ()


def read_cases(path: Path) -> list[Case]:
    """Every line, for rewriters; refuses a file with a bad line by its number."""
    return _read(path, _case)


def read_labelled(path: Path) -> list[Reply]:
    """Every line with its `problems`, for classifiers; what a line does not say is left empty."""
    return _read(path, _labelled)


def _read(path: Path, parse: Callable[[str, Mapping[str, Any]], Row]) -> list[Row]:
    rows = []
    for line, fields in read_jsonl(path):
        if isinstance(fields, Defect):
            raise BylostaloError(str(fields))
        problem = field_error(fields)
        if not problem:
            try:
                rows.append(parse(str(fields.get("id", line)), fields))
            except RecordError as error:
                problem = str(error)
        if problem:
            raise BylostaloError(f"{path}:{line}: {problem}")
    if not rows:
        raise BylostaloError(f"{path}: пусто, нужны строки JSON с полем before")
    return rows


def _case(name: str, fields: Mapping[str, Any]) -> Case:
    after, more = fields.get("after"), fields.get("references") or []
    if not (after is None or isinstance(after, str)):
        raise RecordError(("поле after должно быть строкой",))
    if not (isinstance(more, list) and all(isinstance(text, str) for text in more)):
        raise RecordError(("поле references должно быть списком строк",))
    references = tuple(text for text in (after, *more) if text and text.strip())
    return Case(name, _request(fields), references)


def _request(fields: Mapping[str, Any]) -> Request:
    return Request(
        before=fields["before"],
        client_message=fields.get("client_message"),
        notes=tuple(fields.get("notes") or ()),
    )


def _labelled(name: str, fields: Mapping[str, Any]) -> Reply:
    request, given = _request(fields), fields.get("problems")
    if not (isinstance(given, list) and all(isinstance(label, dict) for label in given)):
        raise RecordError(('нет поля problems со списком {"code": …, "quotes": […]}',))
    labels = tuple(Label.from_dict(label) for label in given)
    for label in labels:
        _check_label(label, request.before)
    return Reply(
        id=name,
        domain=str(fields.get("domain", "")),
        channel=str(fields.get("channel", "")),
        client_message=request.client_message,
        before=request.before,
        after=request.before,
        notes=request.notes,
        problems=labels,
        group=name,
    )


def _check_label(label: Label, before: str) -> None:
    if label.code not in codes():
        raise RecordError((f"problems: нет кода {label.code}; есть: {', '.join(codes())}",))
    lost = [quote for quote in label.quotes if quote not in before]
    if lost:
        raise RecordError((f"problems: цитаты нет в before: {json.dumps(lost[0], ensure_ascii=False)}",))
