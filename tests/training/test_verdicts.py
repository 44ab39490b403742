"""Verdicts: which pairs are judged, and their own term of the loss."""

import random

import torch

from bylostalo.data.records import SentencePair
from bylostalo.inference import reserved
from bylostalo.inference.prompts import FAITHFUL, UNFAITHFUL
from bylostalo.training.examples import build, verdicts
from bylostalo.training.rewriter import terms_by_task

PAIR = SentencePair(
    id="s-1",
    kind="plain",
    before="Возврат суммы 300 ₽ осуществляется до 5 мая.",
    after="Мы вернём 300 ₽ до 5 мая.",
    unfaithful="Вы вернёте 300 ₽ до 5 мая.",
    group="g",
)
PLAIN = SentencePair(id="s-2", kind="plain", before=PAIR.before, after=PAIR.after, group="g")
NOTE = SentencePair(id="s-3", kind="note", before="Ждите.", note="до 5 мая", after="Подождите до 5 мая.", group="g")


def judged(pairs, share):
    return [one for one in build(pairs, seed=1, reverse_share=0.0, judge_share=share) if one.judged]


def test_an_authored_slip_gives_both_verdicts():
    faithful, unfaithful = verdicts(PAIR, random.Random(0), share=0.01)
    assert (faithful.target, unfaithful.target) == (FAITHFUL, UNFAITHFUL)
    assert "Мы вернём" in faithful.prompt and "Вы вернёте" in unfaithful.prompt
    assert faithful.prompt.count(reserved.REPLY) == faithful.prompt.count(reserved.TARGET) == 1


def test_a_share_of_the_others_is_judged_half_of_them_with_a_slip():
    found = judged([PLAIN] * 400, 0.5)
    assert 150 < len(found) < 250
    right = [one for one in found if one.target == FAITHFUL]
    assert 0.35 < len(right) / len(found) < 0.65
    after = right[0].prompt.partition(reserved.REPLY)[2]
    assert after == f"{PLAIN.after}{reserved.TARGET}"
    slips = {one.prompt.partition(reserved.REPLY)[2] for one in found if one.target == UNFAITHFUL}
    assert len(slips) >= 3 and after not in slips
    assert not judged([PLAIN] * 20, 0.0) and not judged([PAIR] * 20, 0.0)


def test_notes_are_not_judged():
    assert not judged([NOTE] * 20, 1.0)


def test_texts_and_verdicts_are_two_terms_of_the_loss(monkeypatch):
    terms = torch.arange(6.0).view(3, 1, 2)
    monkeypatch.setattr("bylostalo.training.rewriter.sequence_terms", lambda *_, **__: terms)
    batch = {"judged": torch.tensor([False, True, False])}
    found = terms_by_task(None, batch, base=None, label_smoothing=0.0)
    assert found.tolist() == [[[0, 1], [0, 0]], [[0, 0], [2, 3]], [[4, 5], [0, 0]]]
