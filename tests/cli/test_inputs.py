"""Bad input is one clear line, never a traceback or half a file."""

import json

import pytest

from bylostalo.data.errors import BylostaloError
from bylostalo.data.writing import write_atomically
from bylostalo.inference.inputs import MAX_CHARACTERS, parse_line, read_items


def refused(argument, **options):
    with pytest.raises(BylostaloError) as caught:
        read_items(str(argument), client=options.get("client"), notes=options.get("notes", ()))
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_empty_text_is_refused(text):
    assert "пусто" in refused(text)


def test_too_long_text_is_refused():
    assert "длиннее" in refused("а" * 100_000)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"", "пусто"),
        ("a.txt", b"abc\0def", "двоичный"),
        ("a.txt", "Привет".encode("cp1251"), "не UTF-8"),
        ("a.txt", ("б" * (MAX_CHARACTERS + 1)).encode(), "длиннее"),
        ("a.jsonl", b"\n\n", "пусто"),
        ("a.pdf", b"text", "не знаю такого типа"),
    ],
)
def test_bad_files_are_refused(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    message = refused(path)
    assert said in message and name in message


def test_missing_file_is_named(tmp_path):
    assert "нет" in refused(tmp_path / "nowhere.jsonl")


def test_folder_is_refused(tmp_path):
    assert "папка" in refused(tmp_path)


def test_client_option_does_not_go_with_jsonl(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"before": "Ждите."}\n', "utf-8")
    assert "client_message" in refused(path, client="Где заказ?")


def test_txt_is_cut_at_blank_lines(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("\ufeffПервый ответ.\nЕго вторая строка.\n \n\nВторой ответ.\n", "utf-8")
    items = read_items(str(path), client="Вопрос", notes=["заметка"])
    assert [item.request.before for item in items] == [
        "Первый ответ.\nЕго вторая строка.",
        "Второй ответ.",
    ]
    assert items[0].request.client_message == "Вопрос" and items[0].request.notes == ("заметка",)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "не JSON"),
        ("[1]", "объект JSON"),
        ('{"id": 1}', "нет поля before"),
        ('{"before": ""}', "непустой"),
        ('{"before": 5}', "непустой"),
        ('{"before": "а", "client_message": 5}', "client_message"),
        ('{"before": "а", "notes": "б"}', "notes"),
        (json.dumps({"before": "а" * 100_000}), "длиннее"),
    ],
)
def test_a_bad_line_says_why_and_stops_nothing(line, said):
    item = parse_line(7, line)
    assert item.request is None and said in item.error and item.line == 7


def test_fields_of_a_line_are_kept():
    item = parse_line(1, '{"id": "x", "before": "Ждите.", "client_message": null, "notes": [], "extra": [1]}')
    assert dict(item.fields)["extra"] == [1] and item.request.client_message is None


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "out.jsonl"
    path.write_text("old\n", "utf-8")

    def lines():
        yield "new"
        raise OSError(28, "нет места")

    with pytest.raises(BylostaloError):
        write_atomically(path, lines())
    assert path.read_text("utf-8") == "old\n"
    assert [one.name for one in tmp_path.iterdir()] == ["out.jsonl"]
