"""`bylostalo templates` as a user runs it, on the shipped weights."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BAD = (
    "Уважаемый клиент! Возврат денежных средств осуществляется в течение {days} рабочих дней.",
    "Уважаемый клиент! Рассмотрение Вашего обращения {{ id }} осуществляется специалистами.",
)
GOOD = (
    "Здравствуйте! Да, перенесла вашу запись на субботу, 14 июня, на 11:30, мастер та же. "
    "Если планы изменятся, напишите сюда."
)
TEXTS = (BAD[0], GOOD, BAD[1], BAD[0])


def run(*arguments, code=0):
    """Standard output and the lines of standard error of a run that ends with this exit code."""
    done = subprocess.run(
        [sys.executable, "-c", "from bylostalo.inference.cli import main; main()", "templates", *map(str, arguments)],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200"},
        timeout=300,
    )
    errors = done.stderr.decode()
    assert "Traceback" not in errors and done.returncode == code, errors
    return done.stdout.decode(), errors.strip().splitlines()


def refused(*arguments):
    """The one line with which a run ends that did nothing."""
    out, errors = run(*arguments, code=2)
    assert not out
    lines = [line for line in errors if line.startswith("bylostalo: ")]
    assert lines == errors[-1:]
    assert all(line.startswith("таблица") for line in errors[:-1])
    return lines[0]


def write_csv(path, texts=TEXTS, rows=()):
    lines = [["id", "тема", "текст"], *([n, "=1+1", text] for n, text in enumerate(texts)), *rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(lines)
    return path


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_decisions(path, journal, decisions):
    header = json.loads(journal.read_text("utf-8").splitlines()[0])["header"]
    job = {"input": header["input"], "journal": str(journal)}
    document = {"format": "bylostalo-decisions-1", "job": job, "decisions": decisions}
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return path


def decision(key, action, **more):
    return {"key": key, "decision": action, "answers": {}, **more}


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """A library that has been rewritten: its folder holds in.csv, out.csv and the journal."""
    folder = tmp_path_factory.mktemp("done")
    write_csv(folder / "in.csv")
    (folder / "rules.yaml").write_text("signature: Ваша «Ромашка»\naddress: вы\n", "utf-8")
    run("rewrite", folder / "in.csv", "-o", folder / "out.csv", "--rules", folder / "rules.yaml")
    return folder


@pytest.fixture
def copied(done, tmp_path):
    """The same in a folder of its own: its journal still names the first one."""
    for name in ("in.csv", "out.csv", "out.csv.journal", "rules.yaml"):
        (tmp_path / name).write_bytes((done / name).read_bytes())
    return tmp_path


def test_rewritten_beside_the_original_by_the_rules(done):
    rows = read_csv(done / "out.csv")
    assert [row["текст"] for row in rows] == list(TEXTS)
    assert {row["тема"] for row in rows} == {"=1+1"}
    assert all(row["стало"].endswith("\n\nВаша «Ромашка»") for row in rows)
    assert rows[0]["стало"] == rows[3]["стало"] and "{days}" in rows[0]["стало"] and "{{ id }}" in rows[2]["стало"]
    assert "officialese" in rows[0]["проблемы"] and not rows[1]["проблемы"]
    assert "Вашего" not in rows[2]["стало"]


def test_reviewed_decided_applied(done, tmp_path):
    page, final = tmp_path / "review.html", tmp_path / "final.csv"
    out, _ = run("review", done / "out.csv", "-o", page)
    assert "шаблонов 4" in out and BAD[0].split("!")[0] in page.read_text("utf-8")
    decided = write_decisions(
        tmp_path / "decisions.json",
        done / "out.csv.journal",
        [
            decision("строка 2", "accept"),
            decision("строка 3", "reject"),
            decision("строка 4", "edit", text="Готово {{ id }}."),
        ],
    )
    out, errors = run("apply", decided, "-o", final)
    assert "принято 1, исправлено 1, отклонено 1, без решения 1" in out and not errors
    accepted = read_csv(done / "out.csv")[0]["стало"]
    assert [row["текст"] for row in read_csv(final)] == [accepted, GOOD, "Готово {{ id }}.", BAD[0]]


def test_answers_are_woven_in_by_the_rules_of_the_run(done, tmp_path):
    answered = decision("строка 4", "accept", answers={"Когда ответите?": "Ответим до 18 июля."})
    decided = write_decisions(tmp_path / "decisions.json", done / "out.csv.journal", [answered])
    run("apply", decided, "-o", tmp_path / "final.csv")
    text = read_csv(tmp_path / "final.csv")[2]["текст"]
    assert "18 июля" in text and "{{ id }}" in text and "Вашего" not in text and text.endswith("Ваша «Ромашка»")


def test_an_edit_that_loses_a_placeholder_is_named(done, tmp_path):
    lost = decision("строка 2", "edit", text="Готово.")
    decided = write_decisions(tmp_path / "decisions.json", done / "out.csv.journal", [lost])
    _, errors = run("apply", decided, "-o", tmp_path / "final.csv")
    assert len(errors) == 1 and "строка 2" in errors[0] and "{days}" in errors[0]


@pytest.mark.parametrize(
    ("job", "decisions", "message"),
    [
        ({}, [], "не сказано, к какой работе"),
        ({"journal": "/нет/такого.journal"}, [], "нет журнала"),
        ({"input": "другой"}, [], "другой версии"),
        (None, [decision("строка 99", "accept")], "шаблона 'строка 99' нет"),
        (None, [decision("строка 2", "maybe")], "decision должно быть"),
    ],
)
def test_bad_decisions_are_one_line(done, tmp_path, job, decisions, message):
    path = write_decisions(tmp_path / "decisions.json", done / "out.csv.journal", decisions)
    document = json.loads(path.read_text("utf-8"))
    document["job"] = document["job"] if job is None else ({**document["job"], **job} if job else {})
    path.write_text(json.dumps(document), "utf-8")
    assert message in refused("apply", path, "-o", tmp_path / "final.csv")
    assert not (tmp_path / "final.csv").exists()


def test_decisions_that_cannot_be_read_are_one_line(tmp_path):
    (tmp_path / "decisions.json").write_text("[", "utf-8")
    assert "не JSON" in refused("apply", tmp_path / "decisions.json")
    assert "не читается" in refused("apply", tmp_path / "no.json")
    assert "нет журнала" in refused("review", tmp_path / "out.csv", "-o", tmp_path / "page.html")


def test_a_changed_input_is_refused(copied):
    paths = copied / "in.csv", "-o", copied / "out.csv", "--rules", copied / "rules.yaml"
    write_csv(copied / "in.csv", (*TEXTS, GOOD.replace("14", "15")))
    before = (copied / "out.csv").read_bytes()
    assert "--update" in refused("rewrite", *paths)
    assert (copied / "out.csv").read_bytes() == before
    run("rewrite", *paths, "--update")
    rows = read_csv(copied / "out.csv")
    assert len(rows) == 5 and "15 июня" in rows[4]["стало"]
    write_csv(copied / "in.csv", (GOOD,))
    assert "изменился" in refused("review", copied / "out.csv", "-o", copied / "page.html")


def test_other_settings_and_models_are_refused(copied):
    rewrite = "rewrite", copied / "in.csv", "-o", copied / "out.csv"
    assert "настройки; начать заново: --restart" in refused(*rewrite)
    journal = copied / "out.csv.journal"
    first, *rest = journal.read_text("utf-8").splitlines()
    header = json.loads(first)
    header["header"]["models"] = "другие"
    journal.write_text("\n".join([json.dumps(header), *rest]) + "\n", "utf-8")
    assert "модели; начать заново: --restart" in refused(*rewrite, "--rules", copied / "rules.yaml")
    assert "нужен config.json" in refused(*rewrite, "--classifier", copied)


def test_one_line_for_each_mistake(copied):
    source, fresh = copied / "in.csv", copied / "new.csv"
    unknown = refused("rewrite", source, "-o", fresh, "--column", "ответ")
    assert "нет столбца «ответ», есть: «id», «тема», «текст»" in unknown
    assert "не читается" in refused("rewrite", copied / "no.csv", "-o", fresh)
    assert "сама библиотека" in refused("rewrite", source, "-o", source)
    assert "кончаться на .csv" in refused("rewrite", source, "-o", copied / "new.xlsx")
    (copied / "bad.yaml").write_text("sign: Ромашка\n", "utf-8")
    assert "похоже на 'signature'" in refused("rewrite", source, "-o", fresh, "--rules", copied / "bad.yaml")
    assert not fresh.exists()


def test_a_dry_run_writes_nothing(tmp_path):
    source = write_csv(tmp_path / "in.csv")
    out, _ = run("rewrite", source, "-o", tmp_path / "out.csv", "--dry-run")
    assert "Шаблонов: 4, разных: 3" in out and "Займёт около" in out and "с проблемами 2" in out
    assert list(tmp_path.iterdir()) == [source]


def test_a_part_then_the_whole_and_bad_rows_are_named(tmp_path):
    source, target = write_csv(tmp_path / "in.csv", rows=[["5", "без текста"]]), tmp_path / "out.csv"
    _, errors = run("rewrite", source, "-o", target, "--limit", 2, "--only-problems", code=2)
    assert errors[-1] == "строка 6: полей 2, а в заголовке 3"
    rows = read_csv(target)
    assert [bool(row["стало"]) for row in rows] == [True, True, False, False, False]
    part = (tmp_path / "out.csv.journal").read_text("utf-8")
    run("rewrite", source, "-o", target, "--only-problems", code=2)
    assert (tmp_path / "out.csv.journal").read_text("utf-8").startswith(part)
    whole = read_csv(target)
    assert whole[:2] == rows[:2]
    assert [row["статус"] for row in whole[:4]] == ["переписан", "хорош, не тронут", "переписан", "переписан"]
    assert whole[1]["стало"] == GOOD
