"""CSV and TSV."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates.template import Template

from .columns import chosen, described
from .decoding import decoded
from .fields import Field, delimiter_of, records, written
from .formulas import harmless
from .library import Library
from .notes import NAMES, Notes, free_names
from .splicing import Splice, spliced

Record = Sequence[Field]


def open_table(path: Path, column: str | None) -> Library:
    """Keys are «строка N», N counted as a spreadsheet shows it, the header being 1."""
    source = decoded(path)
    delimiter = delimiter_of(source.text)
    numbered = [(f"строка {n}", record) for n, record in enumerate(records(source.text, delimiter), 1) if record]
    if not numbered:
        raise BylostaloError(f"{path}: таблица пуста")
    header = numbered[0][1]
    defects = {key: _defect(record, header) for key, record in numbered}
    rows = [(key, record) for key, record in numbered[1:] if not defects[key]]
    names = [field.value for field in header]
    columns: dict[str, list[str]] = {}
    for number, title in enumerate(names):
        columns.setdefault(title, [record[number].value for _, record in rows])
    name = chosen(columns, column, path)
    cells = {key: record[names.index(name)] for key, record in rows}
    cells = {key: cell for key, cell in cells.items() if cell.value.strip()}

    def replace(texts: Mapping[str, str]) -> bytes:
        return source.encoded(spliced(source.text, _replaced(cells, texts, delimiter)))

    def annotate(notes: Mapping[str, Notes]) -> bytes:
        return source.encoded(spliced(source.text, _noted(header, rows, cells, notes, delimiter)))

    mark = {"\t": "табуляция"}.get(delimiter, f"«{delimiter}»")
    return Library(
        source=path,
        templates=tuple(Template(key, cell.value) for key, cell in cells.items()),
        described=f"таблица, {source.described}, разделитель {mark}, {described(name, column)}, шаблонов: {len(cells)}",
        bad=tuple((key, defect) for key, defect in defects.items() if defect),
        annotate=annotate,
        replace=replace,
        fit=lambda _, text: source.fit(text),
    )


def _defect(record: Record, header: Record) -> str:
    """What is wrong with a record; empty if nothing."""
    if not all(field.closed for field in record):
        return "кавычка не закрыта"
    return f"полей {len(record)}, а в заголовке {len(header)}" if len(record) != len(header) else ""


def _replaced(cells: Mapping[str, Field], texts: Mapping[str, str], delimiter: str) -> Iterator[Splice]:
    for key, cell in cells.items():
        if key in texts:
            text = harmless(texts[key], cell.value)
            yield Splice(cell.start, cell.stop, written(text, delimiter=delimiter, quoted=cell.quoted or not text))


def _noted(
    header: Record,
    rows: Sequence[tuple[str, Record]],
    cells: Mapping[str, Field],
    notes: Mapping[str, Notes],
    delimiter: str,
) -> Iterator[Splice]:
    """New fields at the end of every record, also of those without a template, so that columns stay columns."""
    quoted = all(field.quoted for field in header)

    def appended(record: Record, values: Sequence[str]) -> Splice:
        fields = (written(value, delimiter=delimiter, quoted=quoted) for value in values)
        return Splice(record[-1].stop, record[-1].stop, "".join(f"{delimiter}{field}" for field in fields))

    yield appended(header, free_names([field.value for field in header]))
    for key, record in rows:
        values = notes.get(key, {}) if key in cells else {}
        original = {"стало": cells[key].value} if values else {}
        yield appended(record, [harmless(values.get(name, ""), original.get(name, "")) for name in NAMES])
