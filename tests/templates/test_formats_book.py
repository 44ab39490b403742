"""XLSX and XLSM: what stays is compared cell by cell, by openpyxl."""

import builtins
import datetime as dt
from copy import copy

import pytest
from format_samples import AWKWARD, BETTER, REPLY, outcome, outcomes_for
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates.formats import open_library

NOTES = ["стало", "статус", "проблемы", "вопросы", "причина"]
BOLD = InlineFont(b=True)


@pytest.fixture
def source(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Отказы"
    sheet["A2"], sheet["B2"], sheet["C2"] = "№", "Дата", "Текст шаблона"
    sheet["A3"], sheet["B3"], sheet["C3"] = 1, dt.datetime(2024, 5, 1), REPLY
    sheet["A4"], sheet["C4"] = "=A3+1", '="Мы не можем"&" вернуть деньги"'
    sheet["A5"], sheet["C5"] = 3.5, CellRichText("Мы ", TextBlock(BOLD, "не можем"), " вернуть деньги сейчас")
    sheet["A6"], sheet["C6"] = True, "   "
    sheet["A7"], sheet["C7"] = "x", 42
    sheet["C3"].font, sheet["C3"].alignment = Font(italic=True), Alignment(wrap_text=True)
    sheet["C3"].fill = PatternFill("solid", fgColor="FFEE00")
    sheet["C2"].font, sheet["C3"].comment = Font(bold=True), Comment("важно", "я")
    sheet.column_dimensions["C"].width, sheet.row_dimensions[3].height = 60, 45
    sheet.merge_cells("A8:B9")
    sheet["A8"] = "слито"
    sheet.freeze_panes, sheet.auto_filter.ref = "A3", "A2:C7"
    other = book.create_sheet("Приветствия")
    other.append(["Текст шаблона", "стало"])
    other.append(["Здравствуйте, мы на связи!", "занято"])
    book.create_sheet("Справка").append(["Совсем", "другое"])
    book.create_sheet("Пусто")
    path = tmp_path / "in.xlsx"
    book.save(path)
    return path


def look(book):
    """Everything about the cells of a book that must stay."""
    return {
        (sheet.title, cell.coordinate): (
            repr(cell.value),
            cell.data_type,
            *(repr(copy(style)) for style in (cell.font, cell.fill, cell.border, cell.alignment)),
            cell.number_format,
            cell.comment and cell.comment.text,
        )
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }


def frame(book):
    return [
        (
            sheet.title,
            {name: size.width for name, size in sheet.column_dimensions.items() if name <= "C"},
            {number: size.height for number, size in sheet.row_dimensions.items()},
            sorted(map(str, sheet.merged_cells.ranges)),
            sheet.freeze_panes,
            sheet.auto_filter.ref,
        )
        for sheet in book.worksheets
    ]


def load(path):
    return load_workbook(path, rich_text=True)


def test_templates_of_all_sheets(source):
    library = open_library(source)
    assert [(template.key, template.text) for template in library.templates] == [
        ("Отказы!C3", REPLY),
        ("Отказы!C5", "Мы не можем вернуть деньги сейчас"),
        ("Приветствия!A2", "Здравствуйте, мы на связи!"),
    ]
    assert library.described == (
        "книга Excel, листы: «Отказы», «Приветствия», столбец «Текст шаблона» (угадан), шаблонов: 3"
    )


def test_nothing_replaced_is_the_very_same_file(source, tmp_path):
    library = open_library(source)
    same = {template.key: template.text for template in library.templates}
    library.final(same, tmp_path / "out.xlsx")
    assert (tmp_path / "out.xlsx").read_bytes() == source.read_bytes()


@pytest.mark.parametrize("after", AWKWARD)
def test_only_the_accepted_cell_changes(source, tmp_path, after):
    assert open_library(source).final({"Отказы!C3": after}, tmp_path / "out.xlsx") == ()
    before, got = load(source), load(tmp_path / "out.xlsx")
    assert frame(got) == frame(before)
    text = f"'{after}" if after.startswith("-") else after
    before["Отказы"]["C3"].value = text
    before["Отказы"]["C3"].data_type = "s"
    assert look(got) == look(before)


def test_notes_stand_in_columns_of_their_own(source, tmp_path):
    library = open_library(source)
    library.annotated(outcomes_for(library, reason="=так"), tmp_path / "out.xlsx")
    before, got = load(source), load(tmp_path / "out.xlsx")
    assert frame(got) == frame(before)
    new = look(got)
    assert {place: new[place] for place in look(before)} == look(before)
    sheet = got["Отказы"]
    assert [sheet.cell(2, number).value for number in range(4, 9)] == NOTES
    assert [sheet.cell(3, number).value for number in (4, 5, 7, 8)] == [BETTER, "переписан", None, "'=так"]
    assert sheet.cell(4, 4).value is None and str(sheet.cell(5, 4).value) == BETTER
    assert sheet["D3"].alignment.wrap_text and sheet["D2"].font.bold
    assert sheet.column_dimensions["D"].width == 60
    assert [cell.value for cell in got["Приветствия"][1]][2:] == ["стало 2", *NOTES[1:]]
    assert (got["Справка"].dimensions, got["Пусто"].dimensions) == ("A1:B1", "A1:A1")


def test_fonts_inside_a_cell_stay_with_their_words(source, tmp_path):
    open_library(source).final({"Отказы!C5": "Мы пока не можем вернуть вам деньги"}, tmp_path / "out.xlsx")
    value = load(tmp_path / "out.xlsx")["Отказы"]["C5"].value
    assert str(value) == "Мы пока не можем вернуть вам деньги"
    assert [run.text for run in value if isinstance(run, TextBlock) and run.font.b] == ["не можем"]


@pytest.mark.parametrize("start", "=+-@\t")
def test_formulas_are_never_injected(source, tmp_path, start):
    library = open_library(source)
    library.annotated({"Отказы!C3": outcome("Отказы!C3", REPLY, f"{start}1+1")}, tmp_path / "out.xlsx")
    cell = load(tmp_path / "out.xlsx")["Отказы"]["D3"]
    assert (cell.value, cell.data_type) == (f"'{start}1+1", "s")


def test_control_characters_are_left_out_and_told(source, tmp_path):
    remarks = open_library(source).final({"Отказы!C3": "Да\x07!"}, tmp_path / "out.xlsx")
    assert load(tmp_path / "out.xlsx")["Отказы"]["C3"].value == "Да!"
    assert [key for key, _ in remarks] == ["Отказы!C3"]


def test_the_column_must_be_there(source):
    assert len(open_library(source, column="Текст шаблона").templates) == 3
    with pytest.raises(BylostaloError, match="нет столбца «body», есть: «№», «Дата», «Текст шаблона»"):
        open_library(source, column="body")


def test_drawings_that_may_be_lost_are_named(source):
    assert "рисунки" not in open_library(source).described
    book = load(source)
    book["Справка"].add_chart(BarChart(), "C3")
    book.save(source)
    assert "(рисунки и фигуры могут не попасть в новый файл)" in open_library(source).described


def test_what_is_no_book_is_refused(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    with pytest.raises(BylostaloError, match="книга Excel не читается"):
        open_library(tmp_path / "a.xlsx")


def test_a_missing_package_is_named(source, monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name.startswith("openpyxl"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(BylostaloError, match=r"pip install 'bylostalo\[templates\]'"):
        open_library(source)
