"""One file in, one file out: transcripts, or finished tasks of an annotation tool."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bylostalo.data.annotation import argilla, label_studio
from bylostalo.data.errors import BylostaloError
from bylostalo.data.writing import write_atomically

from .records import Defaults, columns_of, read_imported
from .run import Tally, all_redacted, without_repeats
from .tables import table_rows

TOOLS: Mapping[str, Any] = {"label-studio": label_studio, "argilla": argilla}
Watch = Callable[[Iterator[Any]], Iterator[Any]]


def annotation_tool(path: Path) -> Any | None:
    """The module of the tool whose export the file is, or None."""
    if path.suffix not in (".json", ".jsonl"):
        return None
    first = next(iter(table_rows(path)), {})
    if isinstance(first.get("data"), dict) and ("annotations" in first or "predictions" in first):
        return label_studio
    return argilla if {"fields", "suggestions", "responses"} <= set(first) else None


def import_annotations(path: Path, tool: Any, target: Path) -> int:
    """Finished tasks as records of the corpus; returns how many."""
    records = [tool.record_of(task) for task in table_rows(path)]
    write_atomically(target, (json.dumps(record, ensure_ascii=False) for record in records))
    return len(records)


def import_transcripts(
    path: Path,
    target: Path,
    *,
    columns: Mapping[str, str] | None,
    defaults: Defaults,
    watch: Watch,
    keep: tuple[str, ...] = (),
) -> Tally:
    """Transcripts as records that wait for labels: redacted but for words to `keep`, without repeats, grouped for the
    split."""
    tally = Tally()
    read = read_imported(path, columns, defaults)
    found = watch(all_redacted(read, processes=os.cpu_count() or 1, keep=keep))
    kept = without_repeats(found, tally)
    if not kept:
        raise BylostaloError(f"{path}: не нашлось ни одного ответа")
    write_atomically(target, (json.dumps(record.to_dict(), ensure_ascii=False) for record in kept))
    return tally


def export_tasks(path: Path, target: Path, tool: str) -> int:
    """Records or lines of `bylostalo check` as tasks; Label Studio's interface is written beside them."""
    records = list(table_rows(path))
    for number, record in enumerate(records, 1):
        if not isinstance(record.get("before"), str) or "id" not in record:
            raise BylostaloError(f"{path}:{number}: нужны поля id и before")
    tasks = [TOOLS[tool].task_of(record) for record in records]
    write_atomically(target, [json.dumps(tasks, ensure_ascii=False, indent=1)])
    if tool == "label-studio":
        write_atomically(target.with_suffix(".xml"), [label_studio.config()])
    return len(tasks)


__all__ = ["Defaults", "annotation_tool", "columns_of", "export_tasks", "import_annotations", "import_transcripts"]
