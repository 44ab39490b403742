"""What the measurement of the company counts."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from bylostalo.data.splits import split_of
from bylostalo.inference.results import Request, Rewrite
from bylostalo.inference.templates.rules import Rules

COMPANY = Path(__file__).parents[2] / "benchmarks" / "company"
HOUSE = Rules(greeting=("Привет!",), greeting_by_name=("Привет, {name}!",), signature=("Твоя «Лисичка»",), address="ты")
DRAFT = "Ваш возврат 500 ₽ производится."
REPLY = "Привет! Твой возврат 500 ₽ уже идёт.\n\nТвоя «Лисичка»"


@pytest.fixture(scope="module")
def measure():
    sys.path.insert(0, str(COMPANY))
    try:
        import measure
    finally:
        sys.path.remove(str(COMPANY))
    return measure


def figures(measure, text):
    held = measure.Held(Request(before=DRAFT, client_message=None), REPLY)
    return measure.figures([held], [text], HOUSE)


def test_the_companys_own_reply_is_the_measure(measure):
    assert figures(measure, REPLY) == {
        "chrf": pytest.approx(100), "signed": 1, "greeted": 1, "thou": 1, "mixed": 0, "broken_facts": 0
    }  # fmt: skip
    assert figures(measure, "Привет, Анна! Твой возврат 500 ₽ идёт.")["greeted"] == 1


def test_what_is_wrong_is_counted(measure):
    found = figures(measure, "Твой возврат 600 ₽ идёт, ждите.")
    assert (found["signed"], found["greeted"], found["thou"], found["mixed"], found["broken_facts"]) == (0, 0, 0, 1, 1)
    assert figures(measure, DRAFT)["broken_facts"] == 0


def test_only_edited_replies_of_the_test_split_are_measured(measure, tmp_path):
    rows = [
        {"before": DRAFT, "client_message": None, "group": f"г-{number}", **({"after": REPLY} if number % 2 else {})}
        for number in range(60)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    expected = [row for row in rows if "after" in row and split_of(row["group"]) == "test"]
    assert expected and len(measure.held_out(tmp_path / "a.jsonl", None)) == len(expected)
    assert len(measure.held_out(tmp_path / "a.jsonl", 1)) == 1


def test_systems_stand_side_by_side(measure):
    held = [measure.Held(Request(before=DRAFT, client_message=None), REPLY)]
    edit = SimpleNamespace(rewrite=Rewrite(after=REPLY, status="rewritten"))
    found = measure.compared({"она": SimpleNamespace(edit=lambda requests: [edit])}, held, HOUSE)
    assert found["systems"]["она"]["chrf"] == pytest.approx(100) and found["texts"][0]["она"] == REPLY
    table = measure.table(found["systems"])
    assert "| | черновик | она |" in table and "| подписано как у компании | 0% | 100% |" in table


def test_the_cost_is_what_the_run_says(measure, tmp_path):
    assert measure.cost(None) == {}
    (tmp_path / "run.json").write_text(json.dumps({"hours": 0.5, "peak_memory": 1, "train_tokens": 7}), "utf-8")
    assert measure.cost(tmp_path) == {"hours": 0.5, "peak_memory": 1, "train_examples": None, "train_tokens": 7}
