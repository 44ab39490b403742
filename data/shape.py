"""What a JSON object must look like to be a record: keys, their types, which may be left out."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple


class Field(NamedTuple):
    """`fits` accepts the values of the field, `kind` names them to people."""

    fits: Callable[[Any], bool]
    kind: str
    required: bool = True


def is_text(value: Any) -> bool:
    return isinstance(value, str)


def is_filled(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_text_or_null(value: Any) -> bool:
    return value is None or isinstance(value, str)


def is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(is_filled(item) for item in value)


def is_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


FILLED = Field(is_filled, "непустая строка")
TEXT = Field(is_text, "строка")
TEXT_OR_NULL = Field(is_text_or_null, "строка или null")
TEXTS = Field(is_texts, "список непустых строк")
OBJECTS = Field(is_objects, "список объектов")


def optional(field: Field) -> Field:
    """The same field, which may be left out."""
    return field._replace(required=False)


def missing(data: Mapping[str, Any], fields: Mapping[str, Field]) -> Iterator[str]:
    for key, field in fields.items():
        if field.required and key not in data:
            yield f"нет ключа {key!r}"


def unknown(data: Mapping[str, Any], fields: Mapping[str, Field]) -> Iterator[str]:
    for key in data:
        if key not in fields:
            yield f"неизвестный ключ {key!r}, бывают: {', '.join(fields)}"


def mistyped(data: Mapping[str, Any], fields: Mapping[str, Field]) -> Iterator[str]:
    for key, field in fields.items():
        if key in data and not field.fits(data[key]):
            yield f"{key!r} должен быть: {field.kind}"


CHECKS = (missing, unknown, mistyped)


def faults(data: Mapping[str, Any], fields: Mapping[str, Field]) -> Iterator[str]:
    """Everything by which `data` differs from `fields`, one message each."""
    for check in CHECKS:
        yield from check(data, fields)
