"""The command as a user runs it, on the shipped weights."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BAD = "Уважаемый клиент! Возврат денежных средств осуществляется в течение 10 рабочих дней."
GOOD = (
    "Здравствуйте! Да, перенесла вашу запись на субботу, 14 июня, на 11:30, мастер та же. "
    "Если планы изменятся, напишите сюда."
)


def run(*arguments, given=None):
    return subprocess.run(
        [sys.executable, "-c", "from bylostalo.inference.cli import main; main()", *arguments],
        input=given,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        timeout=300,
    )


def test_importing_inference_needs_neither_torch_nor_transformers():
    code = (
        "import sys, bylostalo.inference, bylostalo.inference.editor, bylostalo.inference.cli; "
        "sys.exit(any(name in sys.modules for name in ('torch', 'transformers', 'peft')))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


@pytest.mark.parametrize("arguments", [["check", ""], ["rewrite", "no-such-file.jsonl"], ["check", "а" * 50_000]])
def test_bad_input_is_one_line_and_exit_code_2(arguments):
    done = run(*arguments)
    assert done.returncode == 2 and not done.stdout
    assert len(done.stderr.decode().strip().splitlines()) == 1


def test_a_hundred_thousand_characters_are_refused():
    done = run("rewrite", "-", given=("а" * 100_000).encode())
    assert done.returncode == 2 and len(done.stderr.decode().strip().splitlines()) == 1


def test_check_reports_problems_with_spans_inside_the_text():
    done = run("check", BAD, "--json")
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert found["before"] == BAD
    codes = {problem["code"] for problem in found["problems"]}
    assert {"officialese", "impersonal_address"} <= codes
    for problem in found["problems"]:
        assert 0 <= problem["score"] <= 1
        assert all(0 <= start < stop <= len(BAD) for start, stop in problem["spans"])


def test_rewrite_keeps_the_contract_on_a_mixed_file(tmp_path):
    rows = [
        {"id": 1, "before": BAD, "x": "y"},
        {"id": 2},
        {"id": 3, "before": GOOD, "client_message": "Можно в субботу?"},
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    source.write_text("\n".join([*lines, "{broken"]), "utf-8")
    done = run("rewrite", str(source), "-o", str(target))
    assert done.returncode == 2
    assert "строка 2" in done.stderr.decode() and "строка 4" in done.stderr.decode()
    found = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [one.get("id") for one in found] == [1, 2, 3, None]
    assert found[0]["x"] == "y" and found[0]["status"] == "rewritten" and "10 рабочих дней" in found[0]["after"]
    assert "error" in found[1] and "error" in found[3]
    assert found[2]["status"] == "unchanged" and found[2]["after"] == GOOD


def test_standard_input_is_read():
    done = run("check", "-", "--json", given=BAD.encode())
    assert json.loads(done.stdout)["before"] == BAD


def test_output_must_be_jsonl(tmp_path):
    done = run("rewrite", BAD, "-o", str(tmp_path / "out.docx"))
    assert done.returncode == 2 and not list(tmp_path.iterdir())
