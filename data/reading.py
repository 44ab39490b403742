"""JSONL in, records and defects out. Nothing here raises on bad input."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from .records import Judged, Judgement, RecordError, Reply, SentencePair

T = TypeVar("T")
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Defect:
    """What is wrong and where. Line 0 means the file as a whole."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.message}"


@dataclass(frozen=True)
class Row(Generic[T]):
    """A record and the line it stands on."""

    path: Path
    line: int
    record: T

    def defect(self, message: str) -> Defect:
        return Defect(self.path, self.line, message)


def read_jsonl(path: Path | str) -> Iterator[tuple[int, dict[str, Any] | Defect]]:
    """Objects of a UTF-8 JSONL file (BOM accepted) with line numbers from 1; empty lines are skipped."""
    path = Path(path)
    try:
        lines = path.read_bytes().removeprefix(BOM).split(b"\n")
    except OSError as error:
        yield 0, Defect(path, 0, f"не читается: {error.strerror}")
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            parsed = parse_line(line)
            yield number, Defect(path, number, parsed) if isinstance(parsed, str) else parsed


def parse_line(line: bytes) -> dict[str, Any] | str:
    """The object on a line, or what is wrong with it."""
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return "не UTF-8: пересохраните файл в UTF-8"
    except (ValueError, RecursionError) as error:
        return f"не JSON: {error}"
    if b"\\ud" in line.lower() and not encodable(value):
        return "в строке половина суррогатной пары \\ud…"
    return value if isinstance(value, dict) else "на строке должен стоять один объект JSON {...}"


def encodable(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def jsonl_files(path: Path | str) -> list[Path]:
    """The file itself, or every .jsonl of a folder and its subfolders, sorted."""
    path = Path(path)
    return sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]


def read_rows(path: Path | str, parse: Callable[[Mapping[str, Any]], T]) -> tuple[list[Row[T]], list[Defect]]:
    """Rows of a file or folder whose objects `parse` accepts, and the defects of the rest."""
    rows: list[Row[T]] = []
    defects: list[Defect] = []
    for file in jsonl_files(path):
        for line, data in read_jsonl(file):
            if isinstance(data, Defect):
                defects.append(data)
                continue
            try:
                rows.append(Row(file, line, parse(data)))
            except RecordError as error:
                defects += [Defect(file, line, message) for message in error.messages]
    return rows, defects


def read_replies(path: Path | str) -> tuple[list[Reply], list[Defect]]:
    """Replies of a file or folder, and what could not be read."""
    rows, defects = read_rows(path, Reply.from_dict)
    return [row.record for row in rows], defects


def read_judged(path: Path | str) -> tuple[list[Judged], list[Defect]]:
    """Labelled replies without rewrites of a file or folder, and what could not be read."""
    rows, defects = read_rows(path, Judged.from_dict)
    return [row.record for row in rows], defects


def read_sentences(path: Path | str) -> tuple[list[SentencePair], list[Defect]]:
    """Sentence pairs of a file or folder, and what could not be read."""
    rows, defects = read_rows(path, SentencePair.from_dict)
    return [row.record for row in rows], defects


def read_judgements(path: Path | str) -> tuple[list[Judgement], list[Defect]]:
    """Judgements of a file or folder, and what could not be read."""
    rows, defects = read_rows(path, Judgement.from_dict)
    return [row.record for row in rows], defects
