from pathlib import Path

import pytest

from bylostalo.data.reading import Defect, read_jsonl, read_replies, read_sentences

PAIR = '{"id": "s-1", "kind": "plain", "before": "а", "after": "б", "group": "s-1"}'


def written(folder: Path, content: bytes, name: str = "x.jsonl") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_bom_is_accepted(tmp_path: Path, bom: bytes):
    path = written(tmp_path, bom + '{"id": "ё"}'.encode())
    assert list(read_jsonl(path)) == [(1, {"id": "ё"})]


def test_empty_lines_are_skipped_and_counted(tmp_path: Path):
    path = written(tmp_path, b'{"a": 1}\r\n\n  \n{"b": 2}\n')
    assert list(read_jsonl(path)) == [(1, {"a": 1}), (4, {"b": 2})]


def test_line_separator_inside_a_string_is_no_new_line(tmp_path: Path):
    path = written(tmp_path, '{"a": "раз\u2028два"}\n'.encode())
    assert list(read_jsonl(path)) == [(1, {"a": "раз\u2028два"})]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (b'{"id": ', "не JSON"),
        (b"[1, 2]", "один объект"),
        ('{"id": "ё"}'.encode("cp1251"), "не UTF-8"),
        ('{"id": "ё"}'.encode("utf-16"), "не UTF-8"),
        (b'{"id": "\\ud800"}', "половина суррогатной пары"),
        (b"[" * 100_000, "не JSON"),
    ],
)
def test_bad_line_is_a_defect_and_stops_nothing(tmp_path: Path, line: bytes, named: str):
    path = written(tmp_path, b"{}\n" + line + b"\n{}\n")
    rows = list(read_jsonl(path))
    assert rows[0] == (1, {}) and rows[-1] == (3, {})
    number, defect = rows[1]
    assert isinstance(defect, Defect) and number == 2
    assert str(defect).startswith(f"{path}:2: ") and named in str(defect)


def test_missing_file_is_a_defect(tmp_path: Path):
    path = tmp_path / "нет.jsonl"
    records, defects = read_replies(path)
    assert records == [] and str(defects[0]).startswith(f"{path}: не читается")


def test_folder_is_read_with_its_subfolders(tmp_path: Path):
    (tmp_path / "inner").mkdir()
    written(tmp_path, PAIR.encode())
    written(tmp_path / "inner", PAIR.encode(), "y.jsonl")
    written(tmp_path, b"not a corpus", "notes.txt")
    records, defects = read_sentences(tmp_path)
    assert [record.id for record in records] == ["s-1", "s-1"] and not defects


def test_good_rows_come_beside_defects(tmp_path: Path):
    path = written(tmp_path, f"{PAIR}\n{{}}\n".encode())
    records, defects = read_sentences(path)
    assert len(records) == 1
    assert {defect.line for defect in defects} == {2}
