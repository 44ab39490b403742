"""A library through the stages: resumed, updated, refused."""

import json
import multiprocessing
import random
from functools import partial

import pytest
from engine import execute

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates.formats import open_library
from bylostalo.inference.templates.job import Models, header, journal_path
from bylostalo.inference.templates.journal import open_journal
from bylostalo.inference.templates.rules import Rules
from bylostalo.inference.templates.run import CHUNK, name_of, outcomes
from bylostalo.inference.templates.template import Template

HEADER = {"input": "1", "models": "2", "settings": "3"}
KILLS = 50
FORK = multiprocessing.get_context("fork")


def library(count=300):
    verbs = ("осуществляется", "осуществлена", "ждёт", "готова")
    texts = [
        f"Доставка {number} {verbs[number % 4]} завтра. Выдача осуществляется до {number}." for number in range(count)
    ]
    return [Template(f"строка {number}", text) for number, text in enumerate(texts, 1)]


def run(templates, path, *, header=HEADER, calls=None, only_problems=False, restart=False, update=False):
    def spying(stage, chunks):
        for chunk in chunks:
            if calls is not None:
                calls.append((stage, len(chunk)))
            yield from execute(stage, [chunk])

    journal = open_journal(path, header, restart=restart, update=update)
    return outcomes(templates, journal=journal, execute=spying, advance=lambda *_: None, only_problems=only_problems)


def work(source, output, *, pause):
    """The whole of `bylostalo templates rewrite` but for the models."""
    templates = open_library(source)
    known = header(source, output, column=None, models=Models(), rules=Rules(), only_problems=False)
    journal = open_journal(journal_path(output), known, restart=False, update=False)
    found = outcomes(
        templates.templates,
        journal=journal,
        execute=partial(execute, pause=pause),
        advance=lambda *_: None,
        only_problems=False,
    )
    templates.annotated({outcome.key: outcome for outcome in found}, output)


def test_every_template_has_its_outcome_in_order(tmp_path):
    templates = library()
    found = run(templates, tmp_path / "journal")
    assert [one.key for one in found] == [one.key for one in templates]
    assert all(one.before == template.text for one, template in zip(found, templates, strict=True))
    assert {one.status for one in found} == {"rewritten"}
    assert not any("осуществл" in one.after for one in found)


def test_a_second_run_does_nothing_again(tmp_path):
    calls: list = []
    first = run(library(), tmp_path / "journal", calls=calls)
    assert sum(count for stage, count in calls if stage == "diagnosis") == 300
    calls.clear()
    assert run(library(), tmp_path / "journal", calls=calls) == first and not calls


def test_equal_templates_are_worked_on_once(tmp_path):
    calls: list = []
    same = [Template(f"строка {number}", "Доставка осуществляется завтра.") for number in range(50)]
    found = run(same, tmp_path / "journal", calls=calls)
    assert calls == [("diagnosis", 1), ("sentences", 1), ("result", 1)]
    assert {one.after for one in found} == {"Доставка идёт завтра."}


def test_a_changed_input_is_refused_and_updated_on_demand(tmp_path):
    path, changed = tmp_path / "journal", {**HEADER, "input": "другой"}
    run(library(), path)
    with pytest.raises(BylostaloError, match="--update"):
        run(library(301), path, header=changed)
    calls: list = []
    assert len(run(library(301), path, header=changed, update=True, calls=calls)) == 301
    assert calls == [("diagnosis", 1), ("sentences", 2), ("result", 1)]


@pytest.mark.parametrize("part", ["models", "settings"])
def test_other_models_or_settings_are_refused_even_for_an_update(tmp_path, part):
    run(library(3), tmp_path / "journal")
    other = {**HEADER, part: "другие"}
    for update in (False, True):
        with pytest.raises(BylostaloError, match="--restart"):
            run(library(3), tmp_path / "journal", header=other, update=update)
    assert len(run(library(3), tmp_path / "journal", header=other, restart=True)) == 3


def test_a_torn_last_line_is_cut_off(tmp_path):
    path, templates = tmp_path / "journal", library(140)
    first = run(templates, path)
    whole = path.read_bytes()
    for length in random.Random(3).sample(range(1, len(whole)), 12):
        path.write_bytes(whole[:length])
        assert run(templates, path) == first
        assert path.read_bytes() == whole


def test_a_file_that_is_no_journal_is_left_alone(tmp_path):
    path = tmp_path / "journal"
    path.write_text(json.dumps({"format": "иное"}) + "\n", "utf-8")
    with pytest.raises(BylostaloError, match="не журнал"):
        run(library(2), path)
    assert json.loads(path.read_text("utf-8")) == {"format": "иное"}


def test_templates_without_problems_stay_out_of_the_last_stage_on_demand(tmp_path):
    calls: list = []
    templates = [Template("1", "Заказ готов."), Template("2", "Выдача осуществляется завтра.")]
    found = run(templates, tmp_path / "journal", only_problems=True, calls=calls)
    assert [one.status for one in found] == ["unchanged", "rewritten"]
    assert calls == [("diagnosis", 2), ("sentences", 1), ("result", 1)]


def test_too_long_a_text_fails_alone(tmp_path):
    found = run([Template("1", "а" * 20_001), Template("2", "Заказ готов.")], tmp_path / "journal")
    assert [one.status for one in found] == ["failed", "unchanged"]
    assert "20000" in found[0].reason and found[0].after == found[0].before


def test_names_follow_from_the_item_alone():
    assert name_of(["а", True]) == name_of(("а", True)) != name_of(["а", False])


def test_killed_at_fifty_random_moments_the_result_is_the_same(tmp_path):
    source = tmp_path / "library.csv"
    rows = [f"{one.key};{one.text}" for one in library(6 * CHUNK["diagnosis"])]
    source.write_text("\n".join(["id;текст", *rows]) + "\n", "utf-8")
    whole, output = tmp_path / "whole.csv", tmp_path / "killed.csv"
    work(source, whole, pause=0.0)
    rng, killed = random.Random(11), 0
    while killed < KILLS:
        running = FORK.Process(target=work, args=(source, output), kwargs={"pause": 0.03})
        running.start()
        running.join(rng.random() * 0.3)
        if running.exitcode is None:
            running.kill()
            killed += 1
        running.join()
        assert not output.exists() or output.read_bytes() == whole.read_bytes()
        if output.exists():
            output.unlink()
            journal_path(output).unlink()
    work(source, output, pause=0.0)
    assert output.read_bytes() == whole.read_bytes()
