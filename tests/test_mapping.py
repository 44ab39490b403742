"""Replies through `datasets`, Ray and Dask, by the examples of the README, on the shipped weights."""

import multiprocessing
import pickle
import re
from pathlib import Path

import numpy as np
import pandas
import pytest
import ray

from bylostalo.inference.editor import Editor
from bylostalo.inference.mapping import NEW_COLUMNS, Rewriting
from bylostalo.inference.results import Request

README = Path(__file__).parents[1] / "README.md"
REPLIES = ("Возврат денежных средств осуществляется в течение 10 дней.", "Ваша заявка принята. Ожидайте.")
ROW = {"before": REPLIES[0], "client_message": "Когда вернёте деньги?", "notes": ["вернём на карту"]}


@pytest.fixture(scope="session")
def editor():
    return Editor.from_pretrained()


@pytest.fixture(scope="session")
def edits(editor):
    return editor.edit([Request(before=reply) for reply in REPLIES])


@pytest.fixture
def quiet_ray(monkeypatch):
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield
    ray.shutdown()


def example(name):
    """The code of the README under «В своём коде» that imports the library."""
    section = re.split(r"^## ", README.read_text("utf-8"), flags=re.M)
    (here,) = [part for part in section if part.startswith("В своём коде\n")]
    blocks = re.findall(r"```python\n(.*?)```", here, re.S)
    (code,) = [code for code in blocks if re.search(rf"(import|from) {name}\b", code)]
    return code


def texts_of(edits):
    return str([edit.rewrite.after for edit in edits])


def test_the_new_columns_say_what_the_editor_says(edits):
    batch = Rewriting()({"id": [1, 2], "before": list(REPLIES)})
    assert list(batch) == ["id", "before", *NEW_COLUMNS] and batch["id"] == [1, 2]
    assert batch["after"] == [edit.rewrite.after for edit in edits] and batch["after"][0] != REPLIES[0]
    assert batch["status"] == [edit.rewrite.status for edit in edits]
    assert [set(codes.split(",")) for codes in batch["problems"]] == [edit.diagnosis.codes for edit in edits]
    assert [tuple(lines.splitlines()) for lines in batch["missing"]] == [edit.diagnosis.missing for edit in edits]


def test_the_message_and_the_notes_are_used(editor):
    asked = Request(before=ROW["before"], client_message=ROW["client_message"], notes=tuple(ROW["notes"]))
    (expected,) = editor.edit([asked])
    assert "карту" in expected.rewrite.after
    notes = np.empty(3, dtype=object)
    notes[:] = [ROW["notes"], ROW["notes"][0], np.array(ROW["notes"])]
    batch = {name: np.array([ROW[name]] * 3) for name in ("before", "client_message")}
    found = Rewriting()({**batch, "notes": notes})
    assert found["after"] == [expected.rewrite.after] * 3
    assert Rewriting().rows([ROW]) == [{**ROW, **{name: found[name][0] for name in NEW_COLUMNS}}]


def test_rows_without_a_text_fail_alone(edits):
    cells = [None, REPLIES[0], float("nan"), " ", "а" * 20_001]
    frame = pandas.DataFrame({"ответ": pandas.Series(cells, dtype=object), "client_message": np.nan, "notes": None})
    found = pandas.DataFrame(Rewriting(column="ответ")(frame.to_dict("list")))
    assert list(found["status"]) == ["failed", edits[0].rewrite.status, "failed", "failed", "failed"]
    assert found["after"][1] == edits[0].rewrite.after
    assert all(found["reason"][[0, 2, 3, 4]]) and not found["reason"][1]
    assert found["after"][4] == cells[4]
    assert [row["after"] for row in Rewriting(column="ответ").rows(frame.to_dict("records"))] == list(found["after"])


def test_without_replies_there_is_nothing_to_do():
    assert Rewriting(classifier="нет такой")({"before": []}) == {"before": [], **{name: [] for name in NEW_COLUMNS}}
    assert Rewriting(classifier="нет такой").rows([]) == []


def test_it_is_pickled_without_the_models(edits):
    rewriting = Rewriting(threads=1)
    rewriting({"before": [REPLIES[0]]})
    again = pickle.loads(pickle.dumps(rewriting))
    assert again == rewriting and len(pickle.dumps(rewriting)) < 1_000
    assert again({"before": list(REPLIES)})["after"] == [edit.rewrite.after for edit in edits]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_another_process_says_the_same(edits, method):
    Rewriting()({"before": [REPLIES[0]]})
    with multiprocessing.get_context(method).Pool(1) as pool:
        found = pool.apply_async(Rewriting(), [{"before": list(REPLIES)}]).get(timeout=60)
    assert found["after"] == [edit.rewrite.after for edit in edits]


@pytest.mark.parametrize("name", ["datasets", "dask"])
def test_the_example_of_the_readme(name, edits, capsys):
    exec(compile(example(name), name, "exec"), {})
    assert texts_of(edits) in capsys.readouterr().out


def test_the_ray_example_of_the_readme(quiet_ray, edits, capsys):
    exec(compile(example("ray"), "ray", "exec"), {})
    assert texts_of(edits) in capsys.readouterr().out


def test_the_spark_example_of_the_readme(edits):
    class Frame:
        def mapInPandas(self, function, schema):  # noqa: N802
            (self.found,) = function([pandas.DataFrame({"before": REPLIES})])
            assert [column.split() for column in schema.split(",")] == [[name, "string"] for name in self.found]
            return self

        def show(self):
            assert list(self.found["after"]) == [edit.rewrite.after for edit in edits]

    exec(compile(example("pandas"), "spark", "exec"), {"frame": Frame()})
