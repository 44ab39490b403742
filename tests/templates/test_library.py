"""A whole library through the run in every format, looked at by other means than ours."""

import csv
import io
import json
import re
from collections import Counter
from html.parser import HTMLParser

import openpyxl
import pytest
import yaml
from engine import working
from generated import templates
from openpyxl.styles import Font, PatternFill

from bylostalo.inference.templates.formats import open_library
from bylostalo.inference.templates.journal import open_journal
from bylostalo.inference.templates.rules import Rules
from bylostalo.inference.templates.run import outcomes
from bylostalo.inference.templates.template import Template

COUNT = 2000
RULES = Rules(
    address="вы",
    replace={"клиент": "покупатель"},
    greeting=("Здравствуйте!",),
    greeting_by_name=("Здравствуйте, {name}!",),
    stop=("данный",),
)
HEADER = {"input": "", "models": "", "settings": ""}
NEW = ["стало", "статус", "проблемы", "вопросы", "причина"]
PLACEHOLDERS = re.compile(
    r"\{\{[^{}]*\}\}|\$\{[^{}]*\}|%\(\w+\)s|%[sd]\b|\[\[\w+\]\]|#[А-Я]+#|\{\d\}|\{\w+(?:\|\w+)*\}|\{%.*?%\}|https?://\S+|\S+@\S+"
)
LINES = re.compile(r"^(?:- |\d\. |#+ |\| )|\*\*|\]\([^)]*\)", re.M)


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=False)
        self.seen = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, attrs))

    def handle_endtag(self, tag):
        self.seen.append(tag)

    def handle_entityref(self, name):
        self.seen.append(name)


def marks(text):
    """All of a template that is no prose, in order."""
    return PLACEHOLDERS.findall(text), LINES.findall(text), Tags(text).seen


def run(found, path):
    journal = open_journal(path, HEADER, restart=False, update=False)
    return outcomes(found, journal=journal, execute=working(RULES), advance=lambda *_: None, only_problems=False)


@pytest.fixture(scope="module")
def journal(tmp_path_factory):
    """The journal of a run over all templates: the files hold the same texts, which are not said anew for each."""
    path = tmp_path_factory.mktemp("journal") / "journal"
    run([Template(text, text) for text in templates(COUNT)], path)
    return path


def as_csv(encoding):
    def write(path, texts):
        file = io.StringIO()
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(["№", "Шаблон", "Тема; раздел"])
        writer.writerows([number, text, f'тема "{number}"\nвторая строка'] for number, text in enumerate(texts))
        path.write_bytes(file.getvalue().encode(encoding))

    def read(path):
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode(encoding), newline=""), delimiter=";"))
        at = rows[0].index("Шаблон")
        new = {name: [row[rows[0].index(name)] for row in rows[1:]] for name in NEW if name in rows[0]}
        return [row[at] for row in rows[1:]], [[row[0], row[2]] for row in rows], new

    return write, read


def records(texts):
    return [{"id": n, "text": text, "теги": ["а", n], "вес": 1.5} for n, text in enumerate(texts)]


def of_records(rows):
    new = {name: [row[name] for row in rows] for name in NEW if name in rows[0]}
    return [row["text"] for row in rows], [(row["id"], row["теги"], row["вес"]) for row in rows], new


def write_jsonl(path, texts):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in records(texts)), "utf-8")


def read_jsonl(path):
    return of_records([json.loads(line) for line in path.read_text("utf-8").split("\n") if line])


def write_json(path, texts):
    path.write_text(json.dumps({"данные": records(texts)}, indent=2), "utf-8")


def read_json(path):
    return of_records(json.loads(path.read_bytes())["данные"])


def write_dictionary(path, texts):
    named = {f"ключ {number}": text for number, text in enumerate(texts)}
    path.write_text(json.dumps({"v": 2, **named}, ensure_ascii=False), "utf-8")


def read_dictionary(path):
    data = json.loads(path.read_bytes())
    keys = [key for key in data if re.fullmatch(r"ключ \d+", key)]
    new = {name: [data[f"{key}.{name}"] for key in keys] for name in NEW if f"{keys[0]}.{name}" in data}
    return [data[key] for key in keys], data["v"], new


def write_zendesk(path, texts):
    status = {"field": "status", "value": "open"}
    macros = [
        {"title": f"Макрос {n} для ответа", "actions": [status, {"field": "comment_value", "value": text}]}
        for n, text in enumerate(texts)
    ]
    path.write_text(json.dumps({"macros": macros, "next_page": None}), "utf-8")


def read_zendesk(path):
    macros = json.loads(path.read_bytes())["macros"]
    said = [macro["actions"][1] for macro in macros]
    new = {name: [one[name] for one in said] for name in NEW if name in said[0]}
    return [one["value"] for one in said], [(m["title"], m["actions"][0]) for m in macros], new


def write_yaml(path, texts):
    path.write_text("# библиотека\n" + yaml.safe_dump(records(texts), allow_unicode=True, sort_keys=False), "utf-8")


def read_yaml(path):
    return of_records(yaml.load(path.read_bytes(), yaml.CSafeLoader))


def write_txt(path, texts):
    path.write_text("\n---\n".join(texts) + "\n", "utf-8")


def read_txt(path):
    if path.is_dir():
        (original,) = path.glob("library.txt")
        (after,) = path.glob("library.стало.txt")
        return parts(original), [], {"стало": parts(after)}
    return parts(path), [], {}


def parts(path):
    return path.read_text("utf-8").removesuffix("\n").split("\n---\n")


def write_folder(path, texts):
    path.mkdir()
    (path / "логотип.png").write_bytes(b"\x89PNG\x00")
    for number, text in enumerate(texts):
        file = path / f"папка {number // 100:02}" / f"{number:04}{'.html' if '</' in text else '.md'}"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(f"{text}\n".encode())


def read_folder(path):
    files = {file.stem: file for file in path.rglob("*") if file.suffix in (".md", ".html")}
    said = {stem: file.read_bytes().decode().removesuffix("\n") for stem, file in sorted(files.items())}
    new = {"стало": [text for stem, text in said.items() if stem.endswith(".стало")]}
    return (
        [text for stem, text in said.items() if "." not in stem],
        (path / "логотип.png").read_bytes(),
        new if new["стало"] else {},
    )


def write_xlsx(path, texts):
    book = openpyxl.Workbook()
    half = len(texts) // 2
    for number, part in enumerate((texts[:half], texts[half:])):
        sheet = book.active if number == 0 else book.create_sheet("Второй лист")
        sheet.append(["№", "Шаблон", "Длина"])
        sheet.column_dimensions["B"].width = 60
        for row, text in enumerate(part, 2):
            sheet.append([row, None, f"=LEN(B{row})"])
            cell = sheet.cell(row, 2)
            cell.value, cell.data_type = text, "s"
            cell.font, cell.fill = Font(bold=row % 2 == 0), PatternFill("solid", fgColor="FFEE00")
    book.save(path)


def read_xlsx(path):
    book = openpyxl.load_workbook(path)
    texts, rest, new = [], [[sheet.title, sheet.column_dimensions["B"].width] for sheet in book], {}
    for sheet in book:
        names = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            cell = sheet.cell(row, 2)
            texts.append(cell.value)
            rest.append([sheet.cell(row, 1).value, sheet.cell(row, 3).value])
            rest.append([cell.font.b, cell.fill.fgColor.rgb, cell.data_type])
            for name in NEW:
                if name in names:
                    new.setdefault(name, []).append(sheet.cell(row, names[name]).value or "")
    return texts, rest, new


FORMATS = {
    "library.csv": (COUNT, "utf-8", *as_csv("utf-8")),
    "cp1251.csv": (COUNT, "cp1251", *as_csv("cp1251")),
    "library.jsonl": (COUNT, "utf-8", write_jsonl, read_jsonl),
    "library.json": (COUNT, "utf-8", write_json, read_json),
    "dictionary.json": (COUNT, "utf-8", write_dictionary, read_dictionary),
    "zendesk.json": (COUNT, "utf-8", write_zendesk, read_zendesk),
    "library.yaml": (COUNT, "utf-8", write_yaml, read_yaml),
    "library.xlsx": (COUNT, "utf-8", write_xlsx, read_xlsx),
    "folder": (COUNT, "utf-8", write_folder, read_folder),
    "library.txt": (COUNT, "utf-8", write_txt, read_txt),
}


def content(path):
    if path.is_dir():
        return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}
    return path.read_bytes()


@pytest.mark.parametrize("name", FORMATS)
def test_a_library_goes_through_with_nothing_broken(tmp_path, journal, name):
    count, encoding, write, read = FORMATS[name]
    texts = templates(count, encoding=encoding)
    source = tmp_path / name
    write(source, texts)
    original, rest, _ = read(source)
    assert original == texts

    library = open_library(source)
    assert not library.bad and [template.text for template in library.templates] == texts
    found = run(library.templates, journal)
    assert [one.before for one in found] == texts
    assert sum(one.status == "rewritten" for one in found) > 0.9 * count
    assert sum("осуществ" in one.after for one in found) < 0.1 * count
    for one in found:
        assert Counter(marks(one.before)[0]) == Counter(marks(one.after)[0]), one
        assert marks(one.before)[1:] == marks(one.after)[1:], one

    rejected = tmp_path / "rejected" / name
    rejected.parent.mkdir()
    assert library.final({}, rejected) == ()
    assert content(rejected) == content(source)
    assert library.final({one.key: one.before for one in found}, rejected) == ()
    assert content(rejected) == content(source)

    accepted = tmp_path / "accepted" / name
    accepted.parent.mkdir()
    remarks = library.final({one.key: one.after for one in found}, accepted)
    assert remarks == ()
    assert read(accepted)[:2] == ([one.after for one in found], rest)

    annotated = tmp_path / "annotated" / name
    annotated.parent.mkdir()
    library.annotated({one.key: one for one in found}, annotated)
    again, kept, new = read(annotated)
    assert (again, kept) == (texts, rest)
    assert new["стало"] == [one.after for one in found]
    if "статус" in new:
        statuses = {"переписан": "rewritten", "хорош, не тронут": "unchanged", "оставлен как был": "kept"}
        assert [statuses[status] for status in new["статус"]] == [one.status for one in found]
        assert [bool(line) for line in new["проблемы"]] == [bool(one.problems) for one in found]
