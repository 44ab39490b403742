"""CSV and TSV: fields with spans against the csv module, both outputs read back by it."""

import csv
import io
from itertools import pairwise

import pytest
from format_samples import AWKWARD, BETTER, REPLY, outcome, outcomes_for
from hypothesis import given
from hypothesis import strategies as st

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates.formats import open_library
from bylostalo.inference.templates.formats.fields import DELIMITERS, delimiter_of, records, written
from bylostalo.inference.templates.formats.formulas import harmless

HEADER = "id;тема;текст"
ROWS = f'1;Статус;{REPLY}\r\n2;"С ""кавычкой""";"Первая строка текста.\nВторая; с точкой."\r\n3;Пусто;\r\n'
TABLE = f"{HEADER}\r\n{ROWS}"


def read(raw, delimiter=";", encoding="utf-8"):
    return list(csv.reader(io.StringIO(raw.decode(encoding), newline=""), delimiter=delimiter))


def opened(tmp_path, raw, name="in.csv", column=None):
    path = tmp_path / name
    path.write_bytes(raw)
    return open_library(path, column=column)


def final(library, tmp_path, texts):
    remarks = library.final(texts, tmp_path / "out.csv")
    return (tmp_path / "out.csv").read_bytes(), remarks


def annotated(library, tmp_path, outcomes):
    library.annotated(outcomes, tmp_path / "out.csv")
    return (tmp_path / "out.csv").read_bytes()


@given(st.text(alphabet='ab ",;\n\r\t|я', max_size=40), st.sampled_from(DELIMITERS))
def test_fields_are_those_of_the_csv_module(text, delimiter):
    found = list(records(text, delimiter))
    assert [[field.value for field in record] for record in found] == list(
        csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    )
    stops = [(field.start, field.stop) for record in found for field in record]
    assert all(left[1] < right[0] for left, right in pairwise(stops))


@given(st.lists(st.text(alphabet='ab ",;\n\r', max_size=9), min_size=2, max_size=4), st.booleans())
def test_written_fields_are_read_back(values, quoted):
    line = ";".join(written(value, delimiter=";", quoted=quoted) for value in values)
    assert next(csv.reader(io.StringIO(line, newline=""), delimiter=";")) == values


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("end", ["", "\r\n"])
def test_nothing_replaced_is_the_very_same_file(tmp_path, encoding, end):
    raw = (TABLE.removesuffix("\r\n") + end).encode(encoding)
    library = opened(tmp_path, raw)
    same = {template.key: template.text for template in library.templates}
    assert [template.key for template in library.templates] == ["строка 2", "строка 3"]
    assert final(library, tmp_path, {}) == (raw, ())
    assert final(library, tmp_path, same) == (raw, ())


@pytest.mark.parametrize("after", AWKWARD)
def test_only_the_accepted_cell_changes(tmp_path, after):
    raw, remarks = final(opened(tmp_path, TABLE.encode()), tmp_path, {"строка 2": after})
    wanted = read(TABLE.encode())
    wanted[1][2] = harmless(after)
    assert read(raw) == wanted and not remarks
    rest = TABLE.replace(REPLY, "")
    assert raw.decode().startswith(rest[: rest.index("1;") + 9])
    assert raw.decode().endswith(ROWS.partition("\r\n")[2])


@pytest.mark.parametrize("after", AWKWARD)
def test_notes_stand_in_columns_of_their_own(tmp_path, after):
    library = opened(tmp_path, TABLE.encode())
    marked = outcomes_for(library, after, reason="так", missing=("Когда?", "Почему?"), broken_rules=("нет подписи",))
    got = read(annotated(library, tmp_path, marked))
    assert [row[:3] for row in got] == read(TABLE.encode())
    assert got[0][3:] == ["стало", "статус", "проблемы", "вопросы", "причина"]
    assert got[1][3:] == [
        harmless(after),
        "переписан",
        "officialese (канцелярит), passive_voice (страдательный залог, безличность)",
        "Когда? Почему?",
        "так; нет подписи",
    ]
    assert got[3][3:] == [""] * 5


def test_taken_names_are_numbered_and_partial_runs_leave_cells_empty(tmp_path):
    raw = f"текст,стало,стало 2\n{REPLY},a,b\n{REPLY},c,d".encode()
    library = opened(tmp_path, raw)
    got = read(annotated(library, tmp_path, {"строка 3": outcome("строка 3", REPLY)}), ",")
    assert got[0][3:] == ["стало 3", "статус", "проблемы", "вопросы", "причина"]
    assert got[1] == [REPLY, "a", "b", *[""] * 5]
    assert got[2][3] == BETTER


def test_a_table_all_in_quotes_stays_so(tmp_path):
    raw = f'"id","текст"\n"1","{REPLY}"\n'.encode()
    library = opened(tmp_path, raw)
    assert final(library, tmp_path, {"строка 2": BETTER})[0] == raw.replace(REPLY.encode(), BETTER.encode())
    assert annotated(library, tmp_path, outcomes_for(library)).startswith(b'"id","\xd1\x82\xd0\xb5')
    assert f',"{BETTER}","переписан",'.encode() in annotated(library, tmp_path, outcomes_for(library))


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_the_delimiter_is_found(delimiter):
    rows = ["id", "тема, и ещё", "текст"], ["1", "один; два", "три, четыре | пять\tшесть"]
    lines = (delimiter.join(written(cell, delimiter=delimiter, quoted=False) for cell in row) for row in rows)
    assert delimiter_of("\n".join(lines)) == delimiter


def test_a_column_with_commas_alone_is_one_column(tmp_path):
    raw = "текст\nДобрый день, мы всё получили\nНет, пока не получили\nИ да, и нет, и снова да".encode()
    library = opened(tmp_path, raw)
    assert len(library.templates) == 3 and not library.bad


def test_rows_that_do_not_fit_the_header_are_named(tmp_path):
    raw = f'id,текст\n1,{REPLY}\n2\n3,{REPLY},лишнее\n\n5,{REPLY}\n6,"не закрыта'.encode()
    library = opened(tmp_path, raw)
    assert [template.key for template in library.templates] == ["строка 2", "строка 6"]
    assert library.bad == (
        ("строка 3", "полей 1, а в заголовке 2"),
        ("строка 4", "полей 3, а в заголовке 2"),
        ("строка 7", "кавычка не закрыта"),
    )
    assert final(library, tmp_path, {})[0] == raw
    lines = annotated(library, tmp_path, outcomes_for(library)).decode().split("\n")
    assert [lines[2], lines[3], lines[4], lines[6]] == [*raw.decode().split("\n")[2:5], '6,"не закрыта']


def test_what_the_encoding_lacks_is_said_plainly_or_dropped_and_told(tmp_path):
    library = opened(tmp_path, TABLE.encode("cp1251"))
    after = "Вернём 100 ₽ — скоро 🙂\u202f«да»"
    raw, remarks = final(library, tmp_path, {"строка 2": after})
    assert read(raw, encoding="cp1251")[1][2] == "Вернём 100 руб. — скоро \u00a0«да»"
    assert remarks == (("строка 2", "нет в кодировке cp1251: U+1F642"),)
    got = read(annotated(library, tmp_path, outcomes_for(library, after, reason="так")), encoding="cp1251")
    assert got[1][3] == "Вернём 100 руб. — скоро \u00a0«да»"
    assert got[1][7] == "так; нет в кодировке cp1251: U+1F642"
    assert "?" not in "".join(got[1])


@pytest.mark.parametrize("start", "=+-@\t\r")
def test_formulas_are_never_injected(tmp_path, start):
    library = opened(tmp_path, TABLE.encode())
    assert read(final(library, tmp_path, {"строка 2": f"{start}1"})[0])[1][2] == f"'{start}1"
    got = read(annotated(library, tmp_path, outcomes_for(library, f"{start}1", reason=f"{start}2")))
    assert (got[1][3], got[1][7]) == (f"'{start}1", f"'{start}2")


def test_a_start_that_the_original_has_too_stays(tmp_path):
    library = opened(tmp_path, "текст\n- мы всё уже проверили\n".encode())
    assert final(library, tmp_path, {"строка 2": "- да"})[0] == "текст\n- да\n".encode()
    assert final(library, tmp_path, {"строка 2": "+ да"})[0] == "текст\n'+ да\n".encode()


def test_the_column_is_named_or_guessed(tmp_path):
    long = "Очень длинное описание того, о чём этот шаблон и когда он нужен, и зачем"
    raw = f"описание;ответ;код\n{long};{REPLY};x\n".encode()
    assert opened(tmp_path, raw).templates[0].text == REPLY
    assert opened(tmp_path, raw, column="описание").templates[0].text == long
    assert "столбец «ответ» (угадан)" in opened(tmp_path, raw).described
    assert opened(tmp_path, f"a;b\n1;{REPLY}\n".encode()).templates[0].text == REPLY
    with pytest.raises(BylostaloError, match="нет столбца «body», есть: «описание», «ответ», «код»"):
        opened(tmp_path, raw, column="body")
    with pytest.raises(BylostaloError, match="«a», «b»"):
        opened(tmp_path, b"a;b\nfoo;bar\n")


def test_the_line_about_the_file_says_it_all(tmp_path):
    assert (
        opened(tmp_path, TABLE.encode("cp1251")).described
        == "таблица, CP1251, разделитель «;», столбец «текст» (угадан), шаблонов: 2"
    )
    library = opened(tmp_path, TABLE.replace(";", "\t").encode("utf-8-sig"), "in.tsv")
    assert library.described.startswith("таблица, UTF-8 с BOM, разделитель табуляция")


@pytest.mark.parametrize(
    ("raw", "message"),
    [(b"", "пуста"), (b"a\0b", "двоичный"), (b"\x98\xff", "кодировка"), (b"\xff\xfea", "кодировка")],
)
def test_what_is_no_table_is_refused(tmp_path, raw, message):
    with pytest.raises(BylostaloError, match=message):
        opened(tmp_path, raw)


def test_unknown_and_missing_files_are_one_clear_line(tmp_path):
    (tmp_path / "a.doc").write_bytes(b"x")
    with pytest.raises(BylostaloError, match="не знаю такого типа файла"):
        open_library(tmp_path / "a.doc")
    with pytest.raises(BylostaloError, match="не читается"):
        open_library(tmp_path / "нет.csv")


def test_a_failed_write_leaves_nothing_behind(tmp_path):
    library = opened(tmp_path, TABLE.encode())
    (tmp_path / "папка").mkdir()
    with pytest.raises(BylostaloError, match="нужен файл"):
        library.final({}, tmp_path / "папка")
    with pytest.raises(BylostaloError, match="не записалось"):
        library.final({}, tmp_path / "нет" / "out.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "папка"]


def test_two_thousand_rows(tmp_path):
    rows = "".join(f'{n};тема;"{REPLY} №{n}\n{REPLY}"\n' for n in range(2_000))
    library = opened(tmp_path, f"{HEADER}\n{rows}".encode())
    got = read(annotated(library, tmp_path, outcomes_for(library)))
    assert len(got) == 2_001 and {row[3] for row in got[1:]} == {BETTER}
