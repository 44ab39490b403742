"""Transcripts in, records out: columns, dialogues, repeats, redaction."""

import json

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from bylostalo.data.cli import app
from bylostalo.data.errors import BylostaloError
from bylostalo.data.importing.columns import mapped
from bylostalo.data.importing.dialogues import exchanges
from bylostalo.data.importing.repeats import Seen
from bylostalo.data.importing.tables import table_rows

ROWS = [
    ("Вопрос", "Ответ оператора", "Исправлено"),
    ("Где деньги?", "Уважаемый клиент! Возврат осуществляется, Иван Петров.", "Иван Петров, деньги вернём."),
    ("Когда?", "Ожидайте ответа специалиста отдела возвратов в течение 10 рабочих дней.", ""),
    ("Ну когда?", "Ожидайте ответа специалиста отдела возвратов в течение 12 рабочих дней!", ""),
    ("", "", ""),
]


def run(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)


def read(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def csv_file(path, *, encoding="utf-8", delimiter=";"):
    path.write_text("\n".join(delimiter.join(row) for row in ROWS), encoding)
    return path


def xlsx_file(path):
    book = Workbook()
    for row in ROWS:
        book.active.append(row)
    book.save(path)
    return path


def jsonl_file(path):
    header, *rows = ROWS
    path.write_text("\n".join(json.dumps(dict(zip(header, row, strict=True))) for row in rows), "utf-8")
    return path


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: csv_file(folder / "a.csv"),
        lambda folder: csv_file(folder / "a.csv", encoding="cp1251"),
        lambda folder: csv_file(folder / "a.tsv", delimiter="\t"),
        lambda folder: xlsx_file(folder / "a.xlsx"),
        lambda folder: jsonl_file(folder / "a.jsonl"),
    ],
)
def test_every_format_gives_the_same_records(make, tmp_path):
    result = run("import", make(tmp_path), "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 0, result.output
    first, second = read(tmp_path / "out.jsonl")
    assert first["before"] == "Уважаемый клиент! Возврат осуществляется, [ИМЯ_1]."
    assert first["after"] == "[ИМЯ_1], деньги вернём."
    assert first["client_message"] == "Где деньги?"
    assert "after" not in second


def test_a_reply_without_a_draft_is_its_own(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Черновик,Ответ\n,Заказ едет.\nОжидайте.,Подожди.\n,\n", "utf-8")
    columns = ("--column", "before=Черновик", "--column", "after=Ответ")
    assert run("import", path, "-o", tmp_path / "out.jsonl", *columns).exit_code == 0
    assert [(one["before"], one.get("after")) for one in read(tmp_path / "out.jsonl")] == [
        ("Заказ едет.", None), ("Ожидайте.", "Подожди."),
    ]  # fmt: skip


def test_a_name_of_the_company_is_the_name_of_nobody(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('Ответ\n"Иван Петров, заказ едет. Зайдите к Марии, Мария ждёт."\n', "utf-8")
    for keep, said in (((), "к [ИМЯ_2], [ИМЯ_2] ждёт"), (("--keep", "Мария"), "к Марии, Мария ждёт")):
        assert run("import", path, "-o", tmp_path / "out.jsonl", *keep).exit_code == 0
        (record,) = read(tmp_path / "out.jsonl")
        assert record["before"].startswith("[ИМЯ_1], заказ едет.") and said in record["before"]


def test_messages_of_a_dialogue_become_replies():
    talk = [
        ("client", "а"),
        ("bot", "б"),
        ("клиент", "в"),
        ("operator", "г"),
        ("agent", "д"),
        ("client", "е"),
        ("agent", "ж"),
    ]
    assert list(exchanges(talk)) == [("а\nв", "г\nд"), ("е", "ж")]


def test_a_flat_table_of_messages(tmp_path):
    path = tmp_path / "chats.csv"
    path.write_text(
        "ticket_id,author,message\n1,client,Где?\n2,client,Как?\n1,agent,Едет.\n2,agent,Вот так.\n", "utf-8"
    )
    assert run("import", path, "-o", tmp_path / "out.jsonl").exit_code == 0
    found = {record["client_message"]: record for record in read(tmp_path / "out.jsonl")}
    assert found["Где?"]["before"] == "Едет." and found["Как?"]["before"] == "Вот так."
    assert found["Где?"]["group"] != found["Как?"]["group"]


def test_whole_conversations_as_objects(tmp_path):
    path = tmp_path / "chats.jsonl"
    talk = [{"role": "user", "content": "Где?"}, {"role": "assistant", "content": "Едет."}]
    path.write_text(json.dumps({"id": 7, "messages": talk}), "utf-8")
    assert run("import", path, "-o", tmp_path / "out.jsonl").exit_code == 0
    assert [record["before"] for record in read(tmp_path / "out.jsonl")] == ["Едет."]


def test_replies_of_one_conversation_share_a_group(tmp_path):
    path = tmp_path / "chats.csv"
    path.write_text(
        "dialog,role,text\n1,client,а\n1,agent,Добрый день, ищем.\n1,client,б\n1,agent,Нашли посылку.\n".replace(
            ", и", "; и"
        ),
        "utf-8",
    )
    assert run("import", path, "-o", tmp_path / "out.jsonl").exit_code == 0
    assert len({record["group"] for record in read(tmp_path / "out.jsonl")}) == 1


def test_near_texts_are_known():
    seen = Seen()
    seen.add("Ожидайте ответа специалиста отдела возвратов в течение 10 рабочих дней.")
    ((number, likeness),) = seen.kin("Ожидайте ответа специалиста отдела возвратов в течение 12 дней.")
    assert number == 0 and 0.6 <= likeness < 1
    assert not list(seen.kin("Курьер приедет завтра утром."))


def test_a_column_named_by_hand_wins():
    assert mapped(["Ответ", "Итог"], {"before": "Итог"})["before"] == "Итог"


@pytest.mark.parametrize(
    ("headers", "given", "said"),
    [
        (["а", "б"], {}, "--column before"),
        (["Ответ"], {"before": "Итог"}, "нет столбца «Итог»"),
        (["Ответ"], {"befor": "Ответ"}, "неизвестное поле"),
    ],
)
def test_what_is_not_understood_is_said(headers, given, said):
    with pytest.raises(BylostaloError, match=said):
        mapped(headers, given)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"\0\1\2", "двоичный"),
        ("a.xlsx", b"not a book", "не читается"),
        ("a.json", b"{", "не JSON"),
        ("a.jsonl", b"{\n", "a.jsonl:1"),
        ("a.doc", b"", "не знаю такого типа"),
    ],
)
def test_a_bad_file_is_one_clear_line(name, content, said, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BylostaloError, match=said) as caught:
        list(table_rows(path))
    assert "\n" not in str(caught.value)
