"""Records → tasks of Label Studio and Argilla → records: nothing is lost."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from bylostalo.data.annotation import argilla, label_studio
from bylostalo.data.cli import app
from bylostalo.data.errors import BylostaloError
from bylostalo.data.taxonomy import codes

CORPUS = Path(__file__).parents[2] / "data" / "corpus" / "telecom.jsonl"
CHECKED = {
    "id": "x",
    "before": "Ожидайте. Вопрос решается.",
    "client_message": None,
    "problems": [
        {"code": "rudeness", "score": 0.9, "spans": [[0, 9]]},
        {"code": "no_timeframe", "score": 0.7, "spans": []},
    ],
    "missing": ["Когда?"],
}


def records():
    return [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("tool", [label_studio, argilla])
def test_the_corpus_comes_back_as_it_was(tool):
    for record in records():
        back = tool.record_of(json.loads(json.dumps(tool.task_of(record))))
        assert set(back) == set(record)
        for label, returned in zip(record["problems"], back["problems"], strict=True):
            assert label["code"] == returned["code"]
            assert set(label.get("quotes", ())) == set(returned.get("quotes", ()))
        assert {**back, "problems": []} == {**record, "problems": []}


@pytest.mark.parametrize("tool", [label_studio, argilla])
def test_what_the_checker_found_is_suggested(tool):
    back = tool.record_of(tool.task_of(CHECKED))
    assert back["problems"] == [{"code": "rudeness", "quotes": ["Ожидайте."]}, {"code": "no_timeframe"}]
    assert "missing" not in back


def test_the_annotators_word_is_the_last():
    task = label_studio.task_of(CHECKED)
    item = {"from_name": "codes", "to_name": "text", "type": "choices", "value": {"choices": ["dead_end"]}}
    task["annotations"] = [{"result": [item]}, {"result": [], "was_cancelled": True}]
    assert label_studio.record_of(task)["problems"] == [{"code": "dead_end"}]


def test_an_argilla_response_beats_the_suggestion():
    task = argilla.task_of(CHECKED)
    task["responses"] = {"codes": [{"value": ["dead_end"]}], "spans": [{"value": []}], "after": [{"value": "Ждём."}]}
    back = argilla.record_of(task)
    assert back["problems"] == [{"code": "dead_end"}] and back["after"] == "Ждём."


def test_the_interface_names_every_code():
    tree = ElementTree.fromstring(label_studio.config())
    assert {one.get("value") for one in tree.iter("Choice")} == set(codes())


@pytest.mark.parametrize("task", [{"data": {}}, {"data": {"before": "а"}, "annotations": [{}]}, {"data": None}])
def test_a_strange_task_is_refused(task):
    with pytest.raises(BylostaloError, match="Label Studio"):
        label_studio.record_of(task)


@pytest.mark.parametrize("tool", ["label-studio", "argilla"])
def test_there_and_back_by_command(tool, tmp_path):
    tasks, back = tmp_path / "tasks.json", tmp_path / "back.jsonl"
    runner = CliRunner()
    assert runner.invoke(app, ["export", str(CORPUS), "-o", str(tasks), "--to", tool]).exit_code == 0
    assert runner.invoke(app, ["import", str(tasks), "-o", str(back)]).exit_code == 0
    assert len(back.read_text("utf-8").splitlines()) == len(records())
