"""Rows of a table or of a list of objects, one at a time, whatever file they stand in."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import Defect, read_jsonl

Row = dict[str, Any]
DELIMITERS = ",;\t|"
SAMPLE = 64_000


def encoding_of(path: Path) -> str:
    """UTF-8 where the beginning of the file is valid UTF-8, else Windows-1251."""
    head = path.read_bytes()[:SAMPLE] if path.stat().st_size <= SAMPLE else _head(path)
    for cut in range(4):
        try:
            head[: len(head) - cut].decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
        return "utf-8-sig"
    return "cp1251"


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(SAMPLE)


def csv_rows(path: Path) -> Iterator[Row]:
    """Rows of a CSV or TSV by header; delimiter and encoding are found out."""
    csv.field_size_limit(10_000_000)
    with path.open(encoding=encoding_of(path), newline="") as file:
        sample = file.read(SAMPLE)
        if "\0" in sample:
            raise BylostaloError(f"{path}: это двоичный файл, а не таблица")
        file.seek(0)
        try:
            dialect: Any = csv.Sniffer().sniff(sample.partition("\n")[0], DELIMITERS)
            dialect.doublequote = True
        except csv.Error:
            dialect = csv.excel
        try:
            yield from csv.DictReader(file, dialect=dialect, restkey="", restval="")
        except (csv.Error, UnicodeDecodeError) as error:
            raise BylostaloError(f"{path}: таблица не читается ({error})") from None


def xlsx_rows(path: Path) -> Iterator[Row]:
    """Rows of every sheet by its own header, the first row."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        raise BylostaloError(f"{path}: книга XLSX не читается ({error})") from None
    for sheet in book:
        rows = sheet.iter_rows(values_only=True)
        header = [str(cell) if cell is not None else "" for cell in next(rows, ())]
        for row in rows:
            yield {name: "" if cell is None else str(cell) for name, cell in zip(header, row, strict=False) if name}


def jsonl_rows(path: Path) -> Iterator[Row]:
    for _, data in read_jsonl(path):
        if isinstance(data, Defect):
            raise BylostaloError(str(data))
        yield data


def json_rows(path: Path) -> Iterator[Row]:
    try:
        value = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BylostaloError(f"{path}: не JSON ({error})") from None
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise BylostaloError(f"{path}: нужен список объектов JSON")
    yield from value


READERS = {
    ".csv": csv_rows,
    ".tsv": csv_rows,
    ".xlsx": xlsx_rows,
    ".jsonl": jsonl_rows,
    ".json": json_rows,
}


def table_rows(path: Path) -> Iterator[Row]:
    """Rows of a file of any known type. Raises `BylostaloError`."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise BylostaloError(f"{path}: не знаю такого типа файла, бывают: {', '.join(READERS)}")
    try:
        yield from reader(path)
    except OSError as error:
        raise BylostaloError(f"{path}: не читается ({error.strerror})") from None
