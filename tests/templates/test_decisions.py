"""Decisions: a sound file is read as it is, any other is one clear line."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates.decisions import FORMAT, Decision, Decisions, read_decisions

ACCEPT = {"key": "строка 1", "decision": "accept", "answers": {"Когда?": "завтра"}}
EDIT = {"key": "строка 2", "decision": "edit", "text": " Новый\r\nтекст", "answers": {}}
REJECT = {"key": "строка 3", "decision": "reject", "answers": {}}


def document(*decisions: Any, **fields: Any) -> dict[str, Any]:
    return {"format": FORMAT, "job": {"input": "abc"}, "decisions": list(decisions), **fields}


def without(entry: dict[str, Any], field: str) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != field}


def read(folder: Path, value: Any) -> Decisions:
    path = folder / "decisions.json"
    path.write_text(json.dumps(value), "utf-8")
    return read_decisions(path)


def test_sound_file(tmp_path: Path) -> None:
    assert read(tmp_path, document(ACCEPT, EDIT, REJECT)) == Decisions(
        job={"input": "abc"},
        by_key={
            "строка 1": Decision(action="accept", text=None, answers={"Когда?": "завтра"}),
            "строка 2": Decision(action="edit", text=" Новый\r\nтекст", answers={}),
            "строка 3": Decision(action="reject", text=None, answers={}),
        },
    )


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"
    path.write_text(json.dumps(document(ACCEPT)), "utf-8-sig")
    assert list(read_decisions(path).by_key) == ["строка 1"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([], "это не решения"),
        (None, "это не решения"),
        ({}, "это не решения"),
        (document(format="bylostalo-decisions-2"), "это не решения"),
        (without(document(), "job"), "файл: нет поля job"),
        (without(document(), "decisions"), "файл: нет поля decisions"),
        (document(more=1), "файл: лишнее поле 'more'"),
        (document(job=[]), "job должно быть объектом"),
        (document(job={"input": 1}), "job должно быть объектом"),
        (document(decisions={}), "decisions должно быть списком"),
        (document(ACCEPT, "accept"), "решение 2: должно быть объектом"),
        (document(ACCEPT, ACCEPT), "решение 2: шаблон 'строка 1' уже был выше"),
        (document(without(ACCEPT, "key")), "решение 1: нет поля key"),
        (document({**ACCEPT, "key": ""}), "решение 1: key должно быть непустой строкой"),
        (document({**ACCEPT, "key": 1}), "решение 1: key должно быть непустой строкой"),
        (document(without(ACCEPT, "decision")), "решение 1: decision должно быть одним из accept, reject, edit"),
        (document({**ACCEPT, "decision": "maybe"}), "решение 1: decision должно быть одним из"),
        (document({**ACCEPT, "decision": ["accept"]}), "решение 1: decision должно быть одним из"),
        (document({**ACCEPT, "text": "текст"}), "решение 1: лишнее поле 'text'"),
        (document({**REJECT, "text": None}), "решение 1: лишнее поле 'text'"),
        (document(without(EDIT, "text")), "решение 1: нет поля text"),
        (document({**EDIT, "text": " \n"}), "решение 1: text должно быть непустой строкой"),
        (document({**EDIT, "text": 1}), "решение 1: text должно быть непустой строкой"),
        (document(without(ACCEPT, "answers")), "решение 1: нет поля answers"),
        (document({**ACCEPT, "answers": []}), "решение 1: answers должно быть объектом"),
        (document({**ACCEPT, "answers": {"Когда?": None}}), "решение 1: answers должно быть объектом"),
    ],
)
def test_malformed_files(tmp_path: Path, value: Any, message: str) -> None:
    with pytest.raises(BylostaloError) as error:
        read(tmp_path, value)
    text = str(error.value)
    assert text.startswith(f"{tmp_path / 'decisions.json'}: {message}")
    assert text.endswith("выгрузите решения со страницы ещё раз")
    assert "\n" not in text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "это не JSON"),
        (b'{"format":', "это не JSON"),
        (b"[" * 200_000, "это не JSON"),
        ("решения".encode("cp1251"), "это не текст в UTF-8"),
    ],
)
def test_files_that_are_no_json(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "decisions.json"
    path.write_bytes(content)
    with pytest.raises(BylostaloError, match=message):
        read_decisions(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BylostaloError, match="не читается"):
        read_decisions(tmp_path / "decisions.json")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(place=st.sampled_from(["format", "job", "decisions", "key", "decision", "text", "answers"]), value=VALUES)
def test_any_value_anywhere_is_read_or_refused_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, place: str, value: Any
) -> None:
    spoiled = document(EDIT, **{place: value}) if place in document() else document({**EDIT, place: value})
    try:
        read(tmp_path_factory.getbasetemp(), spoiled)
    except BylostaloError as error:
        assert "\n" not in str(error)
