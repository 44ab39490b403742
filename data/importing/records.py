"""Rows of whatever shape as replies that wait for their labels."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from .columns import mapped
from .dialogues import by_dialogue, exchanges, nested_messages
from .tables import Row, table_rows


@dataclass(frozen=True, kw_only=True)
class Imported:
    """A reply of a company; `after` is its editor's version where there is one that differs.

    `group` joins the replies of one conversation and their near-duplicates.
    """

    id: str
    domain: str
    channel: str
    client_message: str | None
    before: str
    after: str | None
    group: str

    def to_dict(self) -> dict[str, Any]:
        data = {key: getattr(self, key) for key in self.__dataclass_fields__}
        data["notes"] = []
        return data if self.after else {key: value for key, value in data.items() if key != "after"}


@dataclass(frozen=True)
class Defaults:
    """What a record is given where the file does not say."""

    prefix: str
    domain: str
    channel: str


def columns_of(path: Path, given: Mapping[str, str]) -> dict[str, str] | None:
    """Field → column of a file; None where every row holds a whole conversation. Raises `BylostaloError`."""
    first = next(iter(table_rows(path)), {})
    return None if nested_messages(first) else mapped(list(first), given)


def read_imported(path: Path, columns: Mapping[str, str] | None, defaults: Defaults) -> Iterator[Imported]:
    """Replies of a file, in order; one without a draft is its own, rows without either are passed over."""
    rows = table_rows(path)
    if columns is None:
        found = _nested(rows, defaults)
    elif "before" in columns:
        found = _single(rows, columns, defaults)
    else:
        found = chain.from_iterable(
            _of_dialogue(name, messages, defaults) for name, messages in by_dialogue(rows, columns).items()
        )
    for number, record in enumerate(found, 1):
        yield replace(record, id=record.id or f"{defaults.prefix}-{number:06d}")


def _of_dialogue(name: str, messages: Iterable[tuple[object, str]], defaults: Defaults) -> Iterator[Imported]:
    for number, (asked, said) in enumerate(exchanges(messages), 1):
        yield _record(f"{defaults.prefix}-{name}-{number}", asked, said, None, name, {}, defaults)


def _nested(rows: Iterable[Row], defaults: Defaults) -> Iterator[Imported]:
    for number, row in enumerate(rows, 1):
        yield from _of_dialogue(str(row.get("id", number)), nested_messages(row) or [], defaults)


def _single(rows: Iterable[Row], columns: Mapping[str, str], defaults: Defaults) -> Iterator[Imported]:
    for row in rows:
        value = {field: str(row.get(header) or "").strip() for field, header in columns.items()}
        after = value.get("after") or None
        if before := value["before"] or after:
            yield _record(
                value.get("id", ""), value.get("client_message") or None, before, after,
                value.get("dialogue", ""), value, defaults,
            )  # fmt: skip


def _record(
    name: str,
    asked: str | None,
    said: str,
    edited: str | None,
    dialogue: str,
    value: Mapping[str, str],
    defaults: Defaults,
) -> Imported:
    return Imported(
        id=name,
        domain=value.get("domain") or defaults.domain,
        channel=value.get("channel") or defaults.channel,
        client_message=asked,
        before=said,
        after=edited if edited != said else None,
        group=f"{defaults.prefix}-{dialogue}" if dialogue else "",
    )
