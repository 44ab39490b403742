"""XLSX and XLSM workbooks."""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates.template import Template

from .columns import chosen, described
from .fitting import Fit
from .formulas import harmless
from .library import Library
from .notes import NAMES, Notes, free_names
from .rich_text import retold


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, the row of its header, and the numbers of its columns by name."""

    name: str
    header: int
    columns: Mapping[str, int]


def open_book(path: Path, column: str | None) -> Library:
    """Keys are «Лист1!C7». Formulas are no templates; sheets without the column are left alone."""
    raw = path.read_bytes()
    book = _load(raw, path)
    sheets = [found for sheet in book.worksheets if (found := _sheet(sheet))]
    columns: dict[str, list[str]] = {}
    for sheet in sheets:
        for name, number in sheet.columns.items():
            columns.setdefault(name, []).extend(str(cell.value) for cell in _texts(book, sheet, number))
    name = chosen(columns, column, path)
    sheets = [sheet for sheet in sheets if name in sheet.columns]
    templates = tuple(
        Template(f"{sheet.name}!{cell.coordinate}", str(cell.value))
        for sheet in sheets
        for cell in _texts(book, sheet, sheet.columns[name])
    )

    def replace(texts: Mapping[str, str]) -> bytes:
        if not any(template.key in texts for template in templates):
            return raw
        book = _load(raw, path)
        for sheet in sheets:
            for cell in _texts(book, sheet, sheet.columns[name]):
                key = f"{sheet.name}!{cell.coordinate}"
                if key in texts:
                    _put(cell, texts[key], cell.value)
        return _saved(book)

    def annotate(notes: Mapping[str, Notes]) -> bytes:
        book = _load(raw, path)
        for sheet in sheets:
            _note(book, sheet, name, notes)
        return _saved(book)

    where = ", ".join(f"«{sheet.name}»" for sheet in sheets) + _warning(raw)
    return Library(
        source=path,
        templates=templates,
        described=f"книга Excel, листы: {where}, {described(name, column)}, шаблонов: {len(templates)}",
        bad=(),
        annotate=annotate,
        replace=replace,
        fit=lambda _, text: _fit(text),
    )


def _load(raw: bytes, path: Path) -> Any:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise BylostaloError(f"{path}: для книг Excel нужен openpyxl: pip install 'bylostalo[templates]'") from None
    try:
        return load_workbook(BytesIO(raw), rich_text=True, keep_vba=path.suffix.lower() == ".xlsm")
    except Exception as error:
        raise BylostaloError(f"{path}: книга Excel не читается ({error})") from None


def _warning(raw: bytes) -> str:
    """Said of a book with drawings: openpyxl does not read all of them."""
    with ZipFile(BytesIO(raw)) as parts:
        drawn = any(name.startswith(("xl/media/", "xl/drawings/drawing")) for name in parts.namelist())
    return " (рисунки и фигуры могут не попасть в новый файл)" if drawn else ""


def _saved(book: Any) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fit(text: str) -> Fit:
    """Without control characters, which a workbook cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return Fit(clean, "" if clean == text else "управляющие знаки убраны: книга Excel их не хранит")


def _sheet(sheet: Any) -> Sheet | None:
    """None where the sheet is empty."""
    for row in sheet.iter_rows():
        columns: dict[str, int] = {}
        for cell in row:
            if cell.value is not None and str(cell.value).strip():
                columns.setdefault(str(cell.value), cell.column)
        if columns:
            return Sheet(sheet.title, row[0].row, columns)
    return None


def _texts(book: Any, sheet: Sheet, column: int) -> Iterator[Any]:
    """The cells of a column that hold text."""
    cells = (row[0] for row in book[sheet.name].iter_rows(min_row=sheet.header + 1, min_col=column, max_col=column))
    return (cell for cell in cells if cell.data_type in ("s", "inlineStr") and str(cell.value).strip())


def _put(cell: Any, text: str, original: Any) -> None:
    """Text, never a formula, with the fonts of the original."""
    safe = harmless(text, str(original))
    cell.value = safe if isinstance(original, str) else retold(original, safe)
    cell.data_type = "s"


def _note(book: Any, sheet: Sheet, column: str, notes: Mapping[str, Notes]) -> None:
    """New columns to the right of all, dressed as the column of the templates."""
    page = book[sheet.name]
    source = sheet.columns[column]
    first = page.max_column + 1
    for number, name in enumerate(free_names(sheet.columns), first):
        _dressed(page.cell(sheet.header, number), page.cell(sheet.header, source)).value = name
    old, new = (page.cell(sheet.header, number).column_letter for number in (source, first))
    if old in page.column_dimensions:
        page.column_dimensions[new].width = page.column_dimensions[old].width
    for cell in _texts(book, sheet, source):
        note = notes.get(f"{sheet.name}!{cell.coordinate}", {})
        for number, name in enumerate(NAMES, first):
            if note.get(name):
                target = _dressed(page.cell(cell.row, number), cell)
                if name == NAMES[0]:
                    _put(target, note[name], cell.value)
                else:
                    _put(target, note[name], "")


def _dressed(cell: Any, model: Any) -> Any:
    cell._style = copy(model._style)
    return cell
