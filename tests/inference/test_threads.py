"""Many threads share the models; processes do not; what is remembered is bounded and true."""

import gc
import importlib
import multiprocessing
import os
import pickle
import pkgutil
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest
from standins import Session, anything, editor, plainly, sequence_model

import bylostalo.inference
from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import read_replies
from bylostalo.data.splits import effective_split
from bylostalo.inference.choice import Source
from bylostalo.inference.classifier import Classifier
from bylostalo.inference.editor import Editor
from bylostalo.inference.memory import Memory
from bylostalo.inference.results import Request
from bylostalo.inference.rewriter import Rewriter

THREADS = 8
REPLIES = (
    Request(before="Оплата осуществляется до 5 июня."),
    Request(before="Уважаемый клиент! Заказ был собран.", client_message="Где мой заказ?"),
)
FEW = {"table", "listed", "entries", "wanted", "_source", "_field", "_editor"}
"""Unbounded caches asked for by what a file or a programmer names, never by a text."""


@pytest.fixture(scope="module")
def rewriter():
    return Rewriter.from_pretrained(threads=1).forgetful()


@pytest.fixture(scope="module")
def shipped(rewriter):
    return Editor(Classifier.from_pretrained(threads=1), rewriter)


def caches():
    for module in pkgutil.walk_packages(bylostalo.inference.__path__, "bylostalo.inference."):
        for name, one in vars(importlib.import_module(module.name)).items():
            if hasattr(one, "cache_parameters") and one.__module__ == module.name:
                yield name, one


def together(work, requests):
    """What every thread gets when all begin at once, each in an order of its own."""
    start = Barrier(THREADS)

    def edits(thread):
        order = [*requests[thread:], *requests[:thread]] if thread % 2 else list(reversed(requests))
        start.wait()
        return {request: work.edit([request])[0] for request in order}

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(edits, range(THREADS)))


def test_threads_say_what_one_says(shipped):
    alone = dict(zip(REPLIES, shipped.edit(REPLIES), strict=True))
    assert all(edit.rewrite.status == "rewritten" for edit in alone.values())
    assert all(found == alone for found in together(shipped, list(REPLIES)))


def test_threads_say_what_one_says_with_every_cache_cold():
    replies, _ = read_replies(Path(__file__).parents[2] / "data/corpus")
    texts = [reply.before for reply in replies if effective_split(reply) == "train"][::200]
    requests = [Request(before=f"{text} Оплата осуществляется до {day} мая.") for day, text in enumerate(texts, 1)]
    for _, one in caches():
        one.cache_clear()
    found = together(editor(anything, steps=0), requests)
    alone = {request: editor(anything, steps=0).edit([request])[0] for request in requests}
    assert all(edits == alone for edits in found)


def test_threads_share_a_memory():
    memory = Memory(50)

    def ask(thread):
        for start in range(300):
            asked = [(start * thread + step) % 90 for step in range(10)]
            assert memory.answers(asked, lambda new: [one * one for one in new]) == [one * one for one in asked]
            assert len(memory) <= 60

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(ask, range(THREADS)))
    assert len(memory) == 50


def test_a_memory_forgets_what_was_asked_longest_ago():
    memory, asked = Memory(2), []

    def find(new):
        asked.extend(new)
        return new

    for one in "абавб":
        assert memory.answers([one], find) == [one]
    assert asked == ["а", "б", "в", "б"]


def test_nothing_is_remembered_of_an_answer_that_failed():
    memory = Memory(2)
    with pytest.raises(ZeroDivisionError):
        memory.answers(["а"], lambda _: [1 / 0])
    assert not len(memory)


def test_what_is_remembered_is_what_is_found_anew():
    session = Session()
    model = sequence_model(session)
    prompts = ["Раз.", "Два.", "Раз.", "Очень длинное предложение " * 20]
    first = model.generate(prompts, beams=2)
    asked = session.steps
    assert asked and model.generate(prompts[:3], beams=2) == first[:3] and session.steps == asked
    assert sequence_model(Session()).forgetful().generate(prompts, beams=2) == first
    scores = model.score(prompts[:2], ["да", "нет"])
    asked = session.steps
    assert model.score(prompts[:2], ["да", "нет"]) == scores and session.steps == asked
    assert model.score(prompts[:1], ["не"]) and session.steps > asked


def test_sentences_are_said_once_where_the_model_sees_the_same(rewriter):
    """Numbers are hidden from it: the second sentence costs nothing, and the locks look at both."""
    sources = [Source(f"Оплата по счёту № 77-{n} осуществляется в срок.") for n in (1520, 1730)]
    remembering = replace(rewriter, model=replace(rewriter.model, generated=Memory(8), scored=Memory(8)))
    found = remembering.say(sources[:1]) | remembering.say(sources[1:])
    assert len(remembering.model.generated) == 1
    assert found == rewriter.say(sources)
    assert [f"77-{n}" in text for n, text in zip((1520, 1730), found.values(), strict=True)] == [True, True]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("part", ["classifier", "rewriter"])
def test_a_fork_after_loading_is_refused_in_one_line(request, part):
    if part == "classifier":
        shipped = request.getfixturevalue("shipped")
        work = partial(shipped.classifier.diagnose, [REPLIES[0].before])
    else:
        work = partial(request.getfixturevalue("rewriter").say, [Source(REPLIES[0].before)])
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=tell, args=(theirs, work))
    child.start()
    try:
        assert ours.poll(30), "the child hangs"
        said = ours.recv()
    finally:
        child.kill()
        child.join()
    assert "fork" in said and "spawn" in said and "\n" not in said


def tell(pipe, work):
    try:
        work()
        pipe.send("worked")
    except BylostaloError as error:
        pipe.send(str(error))


def test_loaded_models_are_not_pickled(shipped, rewriter):
    for one in (rewriter, shipped.classifier, shipped):
        with pytest.raises(BylostaloError, match="Rewriting"):
            pickle.dumps(one)


def test_caches_asked_for_by_texts_are_bounded():
    unbounded = {name for name, one in caches() if one.cache_parameters()["maxsize"] is None and takes(one)}
    assert unbounded <= FEW


def takes(function):
    return function.__wrapped__.__code__.co_argcount > 0


def test_memory_stays_flat_over_2_000_replies():
    work = editor(plainly, steps=0)
    requests = [Request(before=f"Оплата счёта № 77-{n} осуществляется до {n % 28 + 1} мая.") for n in range(100)]

    def rounds(count):
        for _ in range(count):
            for request in requests:
                work.edit([request])
            work.classifier.seen.clear()
            work.rewriter.model.asked.clear()
            gc.collect()

    rounds(16)
    tracemalloc.start()
    try:
        rounds(1)
        before, _ = tracemalloc.get_traced_memory()
        rounds(3)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 20_000
