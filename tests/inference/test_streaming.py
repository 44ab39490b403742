"""What is streamed is what is edited, whatever the model says; nothing given out is taken back."""

import gc
import threading
import time
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standins import LONG, Session, anything, editor, plainly, sequence_model, streamed

from bylostalo.data.reading import read_replies
from bylostalo.data.splits import effective_split
from bylostalo.inference.editor import Editor
from bylostalo.inference.engine.cache import Cache
from bylostalo.inference.facts import compare
from bylostalo.inference.prompts import DROPPED
from bylostalo.inference.results import Problem, Request
from bylostalo.inference.rewriter import Rewriter
from bylostalo.inference.streaming import GROUP, groups


def test_on_the_corpus_the_pieces_joined_are_the_edit():
    replies, _ = read_replies(Path(__file__).parents[2] / "data/corpus")
    known = {reply.before: reply for reply in replies if effective_split(reply) == "train" and reply.problems}
    sample = list(known.values())[::25]
    problems = {
        reply.before: tuple(
            Problem(code=label.code, score=0.9, spans=label.spans(reply.before)) for label in reply.problems
        )
        for reply in sample
    }
    work = editor(anything, problems=problems, steps=0)
    in_pieces, rewritten = 0, 0
    for reply in sample:
        request = Request(before=reply.before, client_message=reply.client_message, notes=reply.notes)
        (edit,) = work.edit([request])
        pieces, rewrite = streamed(work, request)
        assert "".join(pieces) == edit.rewrite.after and all(pieces)
        assert rewrite == edit.rewrite
        if rewrite.status == "rewritten":
            sources = {"client_message": reply.client_message, "notes": reply.notes}
            assert compare(rewrite.after, before=reply.before, **sources).ok
        in_pieces += len(pieces) > 1
        rewritten += rewrite.status == "rewritten"
    assert in_pieces > 0.5 * len(sample) and rewritten > 0.8 * len(sample)


SENTENCES = st.lists(
    st.sampled_from(
        [
            "Оплата счёта № 77-1520 на сумму 12 500 ₽ осуществляется до 18:00.",
            "Возврат производится в течение 10 рабочих дней.",
            "Доставка осуществляется.\n\n",
            "Уважаемый клиент!",
            "Здравствуйте!",
            "Приносим извинения.",
            "Код {{ code }} действует 30 минут.\n",
            "Ваше мнение очень важно для нас.",
        ]
    ),
    min_size=1,
    max_size=6,
)
ANSWER = st.one_of(
    st.text("абв \n.!\ue000\ue001\ue02610", max_size=20),
    st.sampled_from([DROPPED, "Здравствуйте! Оплатите.", "Извините нас.", "Вернём за 10 рабочих дней.", "Пишите!"]),
)
CODES = ("officialese", "no_greeting", "dead_end", "no_apology", "impersonal_address")
NOTES = st.lists(st.sampled_from(["ответ придёт 5 июня", "клиента зовут Ирина", "оплата картой"]), max_size=2)


@settings(max_examples=100, deadline=None)
@given(SENTENCES, st.lists(ANSWER, min_size=1, max_size=3), st.sets(st.sampled_from(CODES)), NOTES)
def test_whatever_the_model_says_the_pieces_joined_are_the_edit(sentences, answers, codes, notes):
    before = " ".join(sentences)
    found = tuple(Problem(code=code, score=0.9, spans=((0, len(before)),)) for code in ("passive_voice", *codes))
    work = editor(lambda _: answers, problems={before: found}, steps=0)
    request = Request(before=before, notes=tuple(notes))
    (edit,) = work.edit([request])
    pieces, rewrite = streamed(work, request)
    assert "".join(pieces) == edit.rewrite.after == rewrite.after
    assert rewrite == edit.rewrite


def test_the_first_piece_comes_long_before_the_last():
    work, request = editor(plainly, pause=0.02), Request(before=f"Здравствуйте! {LONG}")
    work.edit([request])
    started = time.monotonic()
    times = [time.monotonic() - started for _ in work.rewrite_stream(request)]
    assert len(times) > 4
    assert times[0] < 0.25 * times[-1] and times[1] < 0.5 * times[-1]


def test_good_sentences_do_not_wait_for_the_model():
    work = editor(plainly)
    stream = work.rewrite_stream(Request(before=f"Здравствуйте! Ваш заказ № 15 собран. {LONG}"))
    assert next(stream) == "Здравствуйте! Ваш заказ № 15 собран." and not work.rewriter.model.asked


def test_a_good_reply_comes_at_once_and_to_the_byte():
    before = "Здравствуйте!  Всё готово. \n"
    pieces, rewrite = streamed(editor(plainly), Request(before=before))
    assert pieces == [before] and rewrite.status == "unchanged"


def test_a_sentence_that_clashes_with_what_was_given_out_stays_as_it_was():
    """An apology was given out at the beginning: a sentence that comes with its own would take it away again."""
    before = "Оплата осуществляется картой. Возврат осуществляется на карту. Доставка осуществляется почтой."
    codes = ("officialese", "no_apology")
    problems = {before: tuple(Problem(code=code, score=0.9, spans=((0, len(before)),)) for code in codes)}

    def say(prompt):
        (text,) = plainly(prompt)
        return [f" извините, {text.strip()}" if "возврат" in text else text]

    work = editor(say, problems=problems)
    request = Request(before=before, client_message="Мне это не нравится")
    pieces, rewrite = streamed(work, request)
    assert "".join(pieces).endswith("Оплата идёт картой. Возврат осуществляется на карту. Доставка идёт почтой.")
    assert rewrite.status == "rewritten" and rewrite == work.edit([request])[0].rewrite


def test_white_space_is_no_clash():
    """Without its last paragraph the reply would be one paragraph, and its greeting no paragraph of its own."""
    before = "Оплата осуществляется картой. Доставка осуществляется почтой.\n\nВаше мнение очень важно для нас."
    codes = ("officialese", "no_greeting")
    problems = {before: tuple(Problem(code=code, score=0.9, spans=((0, len(before)),)) for code in codes)}
    work = editor(lambda prompt: [DROPPED] if "мнение" in prompt else plainly(prompt), problems=problems)
    pieces, rewrite = streamed(work, Request(before=before))
    assert "".join(pieces) == rewrite.after and len(pieces) > 2
    assert rewrite.after.endswith("\n\nОплата идёт картой. Доставка идёт почтой.")


def test_a_reply_is_never_emptied():
    before = "Ваше мнение очень важно для нас."
    pieces, rewrite = streamed(editor(lambda _: [DROPPED]), Request(before=before))
    assert pieces == [before] and rewrite.status == "kept" and rewrite.reason


def test_groups_grow():
    assert [len(group) for group in groups("а" * 20)] == [1, 2, 4, GROUP, 5]


def test_closing_the_stream_ends_the_work_and_frees_everything():
    session = Session()
    stream = Editor(editor(plainly).classifier, Rewriter(sequence_model(session))).rewrite_stream(Request(before=LONG))
    list(islice(stream, 1))
    stream.close()
    done = session.steps
    gc.collect()
    assert done and session.steps == done
    assert not [one for one in gc.get_objects() if isinstance(one, Cache)]


@pytest.mark.parametrize("moment", [1, 7, 45])
def test_cancelling_ends_the_work_within_a_step(moment):
    cancel = threading.Event()
    session = Session(on_step=lambda step: cancel.set() if step == moment else None)
    work = Editor(editor(plainly).classifier, Rewriter(sequence_model(session)))
    pieces, rewrite = streamed(work, Request(before=LONG), cancel=cancel)
    assert session.steps == moment and rewrite is None
    assert LONG.startswith("".join(pieces))


def test_cancelling_from_another_thread():
    cancel = threading.Event()
    work = editor(plainly, pause=0.05, steps=1_000)
    threading.Timer(0.3, cancel.set).start()
    started = time.monotonic()
    _, rewrite = streamed(work, Request(before=LONG), cancel=cancel)
    assert rewrite is None and 0.3 <= time.monotonic() - started < 0.5
