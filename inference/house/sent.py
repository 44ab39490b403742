"""Replies of a company as it sent them, and the drafts they came from."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import Defect, read_jsonl
from bylostalo.data.splits import split_of


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A reply of `bylostalo data import`; `draft` is None where none is known or it was sent as it stood."""

    id: str
    group: str
    draft: str | None
    reply: str

    @property
    def split(self) -> str:
        return split_of(self.group)


def read_sent(path: Path) -> list[Sent]:
    """Every line. Raises `BylostaloError` that names a line which is no reply of an import."""
    found = [_sent(path, line, data) for line, data in read_jsonl(path)]
    if not found:
        raise BylostaloError(f"{path}: пусто, нужны ответы из bylostalo data import")
    return found


def _sent(path: Path, line: int, data: object) -> Sent:
    if isinstance(data, Defect):
        raise BylostaloError(str(data))
    fields = data if isinstance(data, dict) else {}
    texts = [fields.get(name) for name in ("id", "group", "before")]
    after = fields.get("after")
    if not all(isinstance(text, str) and text for text in texts) or not isinstance(after, str | None):
        raise BylostaloError(f"{path}:{line}: нужны поля id, group и before, их даёт bylostalo data import")
    name, group, before = map(str, texts)
    return Sent(id=name, group=group, draft=before if after else None, reply=after or before)


def of_train(replies: list[Sent]) -> Iterator[Sent]:
    """What may be learned from."""
    return (one for one in replies if one.split == "train")
