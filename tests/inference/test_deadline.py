"""What is settled in time is rewritten, the rest stays, and nobody waits longer than a step."""

import json
import time

import pytest
from standins import LONG, Session, editor, plainly, sequence_model, streamed
from typer.testing import CliRunner

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.cli import app
from bylostalo.inference.editor import Editor
from bylostalo.inference.facts import compare
from bylostalo.inference.halting import DeadlineError, until
from bylostalo.inference.results import Request
from bylostalo.inference.streaming import too_late

PAUSE = 0.1
WORK = 0.15
"""What everything beside the models may take."""
TEXT = Request(before=LONG)
NOT_BEGUN = "не успели: ответ остался прежним"


def timed(work):
    started = time.monotonic()
    found = work()
    return found, time.monotonic() - started


def test_what_is_settled_is_rewritten_and_the_rest_stays():
    editor(plainly).edit([TEXT])
    (edit,), took = timed(lambda: editor(plainly, pause=PAUSE).edit([TEXT], timeout=1.0))
    assert took < 1.0 + PAUSE + WORK
    assert edit.rewrite.status == "rewritten"
    assert edit.rewrite.reason == "не успели: 7 предложений остались прежними"
    assert edit.rewrite.after.count("идёт") == 3 and edit.rewrite.after.count("осуществляется") == 7
    assert edit.rewrite.after.index("осуществляется") > edit.rewrite.after.rindex("идёт")
    assert compare(edit.rewrite.after, before=LONG).ok


@pytest.mark.parametrize("timeout", [0.15, 0.5, 1.0])
def test_the_deadline_is_overstepped_by_one_step_at_most(timeout):
    (edit,), took = timed(lambda: editor(plainly, pause=PAUSE, steps=30).edit([TEXT], timeout=timeout))
    assert timeout - WORK < took < timeout + PAUSE + WORK
    assert edit.rewrite.after == LONG
    assert edit.rewrite.status == "kept" and edit.rewrite.reason == "не успели: 10 предложений остались прежними"


def test_in_time_it_is_the_same():
    assert editor(plainly).edit([TEXT], timeout=60) == editor(plainly).edit([TEXT])


def test_the_rewrite_is_read_in_time_too():
    (edit,), took = timed(lambda: editor(plainly, read_for=0.2, pause=PAUSE).edit([TEXT], timeout=1.4))
    assert took < 1.4 + PAUSE + WORK and edit.rewrite.status == "rewritten"
    (edit,), took = timed(lambda: editor(plainly, read_for=0.2).edit([TEXT], timeout=0.3))
    assert took < 0.3 and edit.rewrite.reason == NOT_BEGUN and edit.diagnosis.problems


def test_replies_are_taken_in_order_and_the_last_are_not_even_read():
    requests = [Request(before=f"Оплата осуществляется за {days} дней.") for days in range(2, 12)]
    work = editor(plainly, pause=PAUSE)
    edits, took = timed(lambda: work.edit(requests, timeout=0.5))
    assert took < 0.5 + PAUSE + WORK
    statuses = [edit.rewrite.status for edit in edits]
    assert statuses == sorted(statuses, reverse=True) and {"rewritten", "kept"} == set(statuses)
    last = requests[-1].before
    assert edits[-1].rewrite.after == last and edits[-1].rewrite.reason == NOT_BEGUN
    assert last not in work.classifier.seen


def test_equal_requests_are_edited_once():
    work = editor(plainly)
    edits = work.edit([TEXT, Request(before="Готово."), TEXT, Request(before=LONG, notes=())])
    assert edits[0] is edits[2] is edits[3] and work.classifier.seen.count(LONG) == 1


def test_the_rewriter_alone_keeps_to_it_too():
    rewriter = editor(plainly, pause=PAUSE).rewriter
    cold = [[(0, len(LONG))]] * 3
    found, took = timed(lambda: rewriter.rewrite([TEXT] * 3, codes=[()] * 3, cold=cold, timeout=1.0))
    assert took < 1.0 + PAUSE + WORK
    assert [one.reason for one in found] == ["не успели: 7 предложений остались прежними", NOT_BEGUN, NOT_BEGUN]


def test_a_stream_gives_the_rest_as_it_was():
    pieces, rewrite = streamed(editor(plainly, pause=PAUSE), TEXT, timeout=1.0)
    assert "".join(pieces) == rewrite.after and rewrite.after.count("идёт") == 3
    assert rewrite.reason == "не успели: 7 предложений остались прежними"


def test_the_decoder_stops_between_two_steps():
    session = Session(pause=PAUSE)
    model = sequence_model(session)
    with pytest.raises(DeadlineError):
        model.watched(until(time.monotonic() + 0.35)).generate(["Оплата осуществляется."], beams=2)
    assert session.steps == 4


def test_what_was_not_finished_is_not_remembered():
    model = sequence_model(Session(pause=0.01))
    with pytest.raises(DeadlineError):
        model.watched(until(time.monotonic() + 0.1)).generate(["Оплата осуществляется."], beams=2)
    assert not len(model.generated)
    (beam,) = model.generate(["Оплата осуществляется."], beams=2)
    assert beam and len(model.generated) == 1


@pytest.mark.parametrize("timeout", [0, -1.5, float("nan")])
def test_a_timeout_that_is_none_is_refused(timeout):
    work = editor(plainly)
    with pytest.raises(BylostaloError, match="timeout"):
        work.edit([TEXT], timeout=timeout)
    with pytest.raises(BylostaloError, match="timeout"):
        work.rewrite_stream(TEXT, timeout=timeout)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, ""),
        (1, "не успели: 1 предложение осталось прежним"),
        (3, "не успели: 3 предложения остались прежними"),
        (11, "не успели: 11 предложений остались прежними"),
        (12, "не успели: 12 предложений остались прежними"),
        (21, "не успели: 21 предложение осталось прежним"),
    ],
)
def test_the_reason_is_said_in_good_russian(count, said):
    assert too_late(count) == said


def test_the_command_line_takes_seconds_a_reply(monkeypatch):
    work = editor(plainly, pause=PAUSE)
    monkeypatch.setattr(Editor, "from_pretrained", lambda *_, **__: work)
    done = CliRunner().invoke(app, ["rewrite", LONG, "--timeout", "1.0", "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["status"] == "rewritten" and found["reason"] == "не успели: 7 предложений остались прежними"
