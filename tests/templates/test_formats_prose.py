"""Markdown, HTML and text: folders and single files."""

import pytest
from format_samples import BETTER, REPLY, outcomes_for

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates.formats import open_library

FILES = {
    "отказ.md": f"---\ntitle: Отказ\n---\n\n# Отказ\n\n{REPLY}\n\n".encode(),
    "письма/отказ.html": f"\ufeff<p>{REPLY}</p>".encode(),
    "письма/отказ.md": f"{REPLY}\r\n\r\nЖдём.\r\n".encode("cp1251"),
    "письма/отказ.стало.html": b"<p>1</p>",
    "письма/глубже/а.TXT": "---\nне закрыто\n\nи дальше".encode(),
    "картинка.png": b"\x89PNG\0",
    "пусто.md": b" \n",
    "битый.txt": b"\x98\0",
    ".скрыто.md": b"x",
    ".git/а.md": b"x",
}
VISIBLE = {name: content for name, content in FILES.items() if not name.startswith(".")}


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def folder(tmp_path):
    for name, content in FILES.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(content)
    return tmp_path / "in"


def test_every_file_is_a_template(folder):
    library = open_library(folder)
    assert {template.key: template.text for template in library.templates} == {
        "отказ.md": f"# Отказ\n\n{REPLY}",
        "письма/отказ.html": f"<p>{REPLY}</p>",
        "письма/отказ.md": f"{REPLY}\r\n\r\nЖдём.",
        "письма/отказ.стало.html": "<p>1</p>",
        "письма/глубже/а.TXT": "---\nне закрыто\n\nи дальше",
    }
    assert [name for name, _ in library.bad] == ["битый.txt"]
    assert library.described == "папка, CP1251, UTF-8, UTF-8 с BOM, шаблонов: 5"


def test_nothing_replaced_is_the_very_same_tree(folder, tmp_path):
    library = open_library(folder)
    library.final({template.key: template.text for template in library.templates}, tmp_path / "out")
    assert tree(tmp_path / "out") == VISIBLE
    assert tree(folder) == FILES


def test_only_accepted_texts_change(folder, tmp_path):
    remarks = open_library(folder).final(
        {"отказ.md": "Да.\n\nНет.", "письма/отказ.md": "Да 🙂.\n\nНет."}, tmp_path / "out"
    )
    assert tree(tmp_path / "out") == VISIBLE | {
        "отказ.md": "---\ntitle: Отказ\n---\n\nДа.\n\nНет.\n\n".encode(),
        "письма/отказ.md": "Да .\r\n\r\nНет.\r\n".encode("cp1251"),
    }
    assert remarks == (("письма/отказ.md", "нет в кодировке cp1251: U+1F642"),)


def test_notes_are_files_beside(folder, tmp_path):
    library = open_library(folder)
    library.annotated(outcomes_for(library, reason="так", missing=("Когда?",)), tmp_path / "out")
    got = tree(tmp_path / "out")
    assert {name: got.pop(name) for name in VISIBLE} == VISIBLE
    assert got.pop("отказ.стало.md").decode() == f"---\ntitle: Отказ\n---\n\n{BETTER}\n\n"
    assert got.pop("письма/отказ.стало 2.html").decode() == f"\ufeff{BETTER}"
    assert got.pop("отказ.проблемы.txt").decode() == (
        "отказ.md\nстатус: переписан\n"
        "проблемы: officialese (канцелярит), passive_voice (страдательный залог, безличность)\n"
        "вопросы: Когда?\nпричина: так\n"
    )
    assert sorted(got) == sorted(
        [
            *("письма/отказ.проблемы.txt", "письма/отказ.проблемы 2.txt", "письма/отказ.стало.md"),
            *("письма/отказ.стало.проблемы.txt", "письма/отказ.стало.стало.html"),
            *("письма/глубже/а.стало.TXT", "письма/глубже/а.проблемы.txt"),
        ]
    )


def test_a_folder_that_is_there_already_keeps_its_other_files(folder, tmp_path):
    library = open_library(folder)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "моё.txt").write_bytes(b"1")
    (tmp_path / "out" / "отказ.md").write_bytes(b"2")
    library.final({}, tmp_path / "out")
    assert tree(tmp_path / "out") == VISIBLE | {"моё.txt": b"1"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]


def test_a_folder_is_not_written_into_itself_nor_over_a_file(folder, tmp_path):
    library = open_library(folder)
    for target in (folder, folder / "out"):
        with pytest.raises(BylostaloError, match="внутри папки шаблонов"):
            library.final({}, target)
    (tmp_path / "файл").write_bytes(b"1")
    with pytest.raises(BylostaloError, match="путь к папке"):
        library.final({}, tmp_path / "файл")
    assert tree(folder) == FILES


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Раз.\n\nДва.\nЕщё.\n \n\nТри.\n", ["Раз.", "Два.\nЕщё.", "Три."]),
        ("---\nРаз.\n\nЕщё раз.\n-----\n\n===\nДва.  \r\n---", ["Раз.\n\nЕщё раз.", "Два."]),
        ("\r\nРаз.\r\n\r\nДва -- три\r\n", ["Раз.", "Два -- три"]),
        ("Один.", ["Один."]),
    ],
)
def test_a_text_file_holds_many(tmp_path, text, parts):
    path = tmp_path / "файл.txt"
    path.write_bytes(text.encode())
    library = open_library(path)
    assert [template.text for template in library.templates] == parts
    assert [template.key for template in library.templates] == [f"файл.txt#{n}" for n in range(1, len(parts) + 1)]
    library.final({}, tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == text.encode()
    library.final({"файл.txt#1": "Новый"}, tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes().decode() == text.replace(parts[0], "Новый")


def test_a_blank_line_would_split_a_template_in_two(tmp_path):
    path, out = tmp_path / "файл.txt", tmp_path / "out.txt"
    path.write_bytes("Раз.\n\nДва.".encode())
    open_library(path).final({"файл.txt#1": "Здравствуйте!\n\nРаз."}, out)
    assert [template.text for template in open_library(out).templates] == ["Здравствуйте!\nРаз.", "Два."]


def test_one_file_is_annotated_as_a_folder(tmp_path):
    path = tmp_path / "ответ.html"
    path.write_bytes(f"<p>{REPLY}</p>\n".encode())
    library = open_library(path)
    library.annotated(outcomes_for(library), tmp_path / "out")
    got = tree(tmp_path / "out")
    assert got["ответ.html"] == path.read_bytes()
    assert got["ответ.стало.html"].decode() == f"{BETTER}\n"
    assert got["ответ.проблемы.txt"].decode().startswith("ответ.html\nстатус: переписан\n")
    assert len(got) == 3


def test_where_there_is_nothing_to_read(tmp_path):
    (tmp_path / "пусто.txt").write_bytes(b"\n")
    with pytest.raises(BylostaloError, match="шаблонов нет"):
        open_library(tmp_path / "пусто.txt")
    with pytest.raises(BylostaloError, match="в папке нет шаблонов"):
        open_library(tmp_path)
    (tmp_path / "а.md").write_bytes(b"x")
    with pytest.raises(BylostaloError, match="уберите --column"):
        open_library(tmp_path, column="текст")
