import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bylostalo.data.cli import app

PAIR = {"id": "s-1", "kind": "cliche", "before": "Ваше мнение очень важно.", "after": "", "group": "s-1"}
run = CliRunner().invoke


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, *records: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")


def test_clean_corpus_is_silent_and_0(folder: Path):
    write(folder / "x.jsonl", PAIR)
    result = run(app, ["validate", "x.jsonl"])
    assert (result.exit_code, result.stdout) == (0, "")


def test_each_defect_is_a_line_of_stdout_and_1(folder: Path):
    write(folder / "x.jsonl", {**PAIR, "after": "Ждём вас."}, {"kind": "tone"})
    result = run(app, ["validate", "x.jsonl"])
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[0] == "x.jsonl:1: у пары вида cliche after должен быть пуст"
    assert all(line.startswith("x.jsonl:2: нет ключа ") for line in lines[1:])


@pytest.mark.parametrize("command", ["validate", "stats"])
@pytest.mark.parametrize("arguments", [[], ["нет.jsonl"], ["--нет"]])
def test_bad_usage_is_2(folder: Path, command: str, arguments: list[str]):
    result = run(app, [command, *arguments])
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_default_is_the_corpus_of_the_current_folder(folder: Path):
    write(folder / "data/corpus/x.jsonl", {**PAIR, "after": "Ждём вас."})
    write(folder / "data/sentences/y.jsonl", {**PAIR, "id": "s-2"})
    result = run(app, ["validate"])
    assert result.exit_code == 1
    assert "data/corpus/x.jsonl:1: " in result.stdout
    assert "data/sentences/y.jsonl:1: тот же текст" in result.stdout


def test_stats_count(folder: Path):
    write(folder / "x.jsonl", PAIR, {**PAIR, "id": "s-2", "kind": "plain", "after": "Ждём вас."})
    result = run(app, ["stats", "x.jsonl"])
    assert result.exit_code == 0
    assert "plain" in result.stdout and "50.0%" in result.stdout and "остаются как были" in result.stdout


def test_stats_of_nothing(folder: Path):
    write(folder / "x.jsonl")
    assert run(app, ["stats", "x.jsonl"]).exit_code == 0


JUDGED = {
    "id": "c-1", "domain": "банк", "channel": "чат", "client_message": None, "before": "Ждите.", "group": "c",
    "problems": [{"code": "rudeness", "quotes": ["Ждите"]}, {"code": "no_greeting"}],
}  # fmt: skip


def test_labelled_replies_without_rewrites_are_checked_and_counted(folder: Path):
    write(folder / "x.jsonl", JUDGED)
    assert run(app, ["validate", "x.jsonl"]).exit_code == 0
    assert "Наборы для сравнения" in run(app, ["stats", "x.jsonl"]).stdout
    write(folder / "x.jsonl", {**JUDGED, "problems": [{"code": "rudeness"}]})
    result = run(app, ["validate", "x.jsonl"])
    assert result.exit_code == 1 and "нет цитат" in result.stdout


def test_contrasts_of_the_current_folder_are_read_too(folder: Path):
    write(folder / "data/corpus/x.jsonl", PAIR)
    write(folder / "data/sentences/y.jsonl", {**PAIR, "id": "s-2", "before": "Ждём."})
    write(folder / "data/contrasts/z.jsonl", {**JUDGED, "channel": "голубь"})
    result = run(app, ["validate"])
    assert result.exit_code == 1 and "data/contrasts/z.jsonl:1: неизвестный канал" in result.stdout
