"""What a run has done so far, line by line on disk: killed at any moment, it goes on where it was.

The first line names the input, the models and the settings; every other line holds finished work of one stage. A line
is written whole and synced before the next; a torn last line is cut off when the journal is opened again.
"""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bylostalo.data.errors import BylostaloError

FORMAT = "bylostalo-journal-1"
Found = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Journal:
    """`found` holds results by stage and key; `add` keeps it and the file alike."""

    path: Path
    header: Mapping[str, str]
    found: Found

    def stage(self, name: str) -> dict[str, Any]:
        return self.found.setdefault(name, {})

    def add(self, stage: str, results: Mapping[str, Any]) -> None:
        _append(self.path, {"stage": stage, "results": results})
        self.stage(stage).update(results)


def open_journal(path: Path, header: Mapping[str, str], *, restart: bool, update: bool) -> Journal:
    """The journal of a run with this header: the one on disk, or a new one.

    `header` maps `input`, `models` and `settings` to their hashes, and may say more. Raises `BylostaloError` where the
    one on disk is of another run and neither `restart` (forget it) nor, for another input alone, `update` (keep what
    still holds) is given.
    """
    if restart or not path.exists() or not _intact(path):
        return _new(path, header, {})
    known, found = _read(path)
    for part, name in (("models", "модели"), ("settings", "настройки")):
        if known.get(part) != header[part]:
            raise BylostaloError(f"{path}: с прошлого запуска изменились {name}; начать заново: --restart")
    if known.get("input") == header["input"]:
        return Journal(path, header, found)
    if not update:
        raise BylostaloError(
            f"{path}: с прошлого запуска изменился исходный файл; переписать только новое: --update, "
            "всё заново: --restart"
        )
    return _new(path, header, found)


def read_journal(path: Path) -> Journal:
    """The journal of a run that has been. Raises `BylostaloError` where there is none."""
    if not path.exists() or not _intact(path):
        raise BylostaloError(f"{path}: нет журнала; сначала bylostalo templates rewrite")
    return Journal(path, *_read(path))


def _read(path: Path) -> tuple[dict[str, str], Found]:
    try:
        first, *rest = [json.loads(line) for line in path.read_bytes().splitlines()]
        if isinstance(first, dict) and first.get("format") == FORMAT:
            return first["header"], _results(rest)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise BylostaloError(f"{path}: журнал не читается ({error}); начать заново: --restart") from None
    raise BylostaloError(f"{path}: это не журнал переписывания; уберите файл или назовите другой результат")


def _intact(path: Path) -> bool:
    """Cuts a torn last line off; False where not even the header is whole."""
    try:
        with path.open("rb+") as file:
            content = file.read()
            whole = content.rfind(b"\n") + 1
            if whole < len(content):
                file.truncate(whole)
    except OSError as error:
        raise BylostaloError(f"{path}: журнал не открыть ({error.strerror})") from None
    return whole > 0


def _results(lines: Iterable[Mapping[str, Any]]) -> Found:
    found: Found = {}
    for line in lines:
        found.setdefault(line["stage"], {}).update(line["results"])
    return found


def _new(path: Path, header: Mapping[str, str], found: Found) -> Journal:
    """A journal with this header and results, put in place of any other at once."""
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    _append(draft, {"format": FORMAT, "header": dict(header)})
    for stage, results in found.items():
        _append(draft, {"stage": stage, "results": results})
    draft.replace(path)
    return Journal(path, header, found)


def _append(path: Path, line: Mapping[str, Any]) -> None:
    try:
        with path.open("ab") as file:
            file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise BylostaloError(f"{path}: не записать ({error.strerror}); сделанное сохранено, повторите запуск") from None
