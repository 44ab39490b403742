"""Beam search and scoring against slow torch code."""

import numpy as np
import pytest
import torch

from bylostalo.inference.engine.decode import batches, beam_search, score
from bylostalo.inference.engine.vocabulary import EOS

PROMPTS = [[5, 9, 301], [7, 7, 12, 80, 4], [250, 3], [11, 12, 13, 14]]


def log_probability(model, prompt, target):
    row = [*prompt, *target]
    logits = model(torch.tensor([row])).logits[0].log_softmax(-1).detach().numpy()
    return sum(logits[len(prompt) - 1 + place, token] for place, token in enumerate(target))


def slow_beam_search(model, prompt, *, limit, beams):
    """The same search one hypothesis at a time, every prefix read anew by torch."""
    live, finished = [((), 0.0)], []
    while True:
        grown = []
        for tokens, total in live:
            logits = model(torch.tensor([[*prompt, *tokens]])).logits[0, -1].double().log_softmax(-1)
            grown += [(total + float(value), tokens, token) for token, value in enumerate(logits.tolist())]
        best = sorted(grown, key=lambda one: -one[0])[: 2 * beams]
        finished += [(total / (len(tokens) + 1), tokens) for total, tokens, token in best if token == EOS]
        live = [((*tokens, token), total) for total, tokens, token in best if token != EOS][:beams]
        length = len(live[0][0])
        means = sorted((mean for mean, _ in finished), reverse=True)
        no_better = len(means) >= beams and max(total for _, total in live) / (length + 1) < means[beams - 1]
        if length >= limit or no_better:
            return [tokens for _, tokens in sorted(finished, key=lambda one: -one[0])[:beams]]


@pytest.mark.parametrize("beams", [1, 3])
def test_beam_search_equals_the_slow_one(tiny_gemma, tiny_decoder, beams):
    with torch.no_grad():
        expected = [slow_beam_search(tiny_gemma, prompt, limit=12, beams=beams) for prompt in PROMPTS]
    found = beam_search(tiny_decoder, PROMPTS, limits=[12] * 4, beams=beams)
    assert any(expected)
    assert [[candidate.ids for candidate in one] for one in found] == expected


def test_candidates_carry_their_true_probability(tiny_gemma, tiny_decoder):
    found = beam_search(tiny_decoder, PROMPTS, limits=[30] * 4, beams=4)
    checked = 0
    for prompt, candidates in zip(PROMPTS, found, strict=True):
        for candidate in candidates:
            expected = log_probability(tiny_gemma, prompt, [*candidate.ids, EOS])
            assert candidate.log_probability == pytest.approx(expected, abs=1e-3)
            checked += 1
    assert checked >= 4


def test_a_batch_gives_what_single_calls_give(tiny_decoder):
    together = beam_search(tiny_decoder, PROMPTS, limits=[20] * 4, beams=3)
    alone = [beam_search(tiny_decoder, [prompt], limits=[20], beams=3)[0] for prompt in PROMPTS]
    assert [[c.ids for c in found] for found in together] == [[c.ids for c in found] for found in alone]


def test_candidates_differ_and_come_best_first(tiny_decoder):
    for candidates in beam_search(tiny_decoder, PROMPTS, limits=[30] * 4, beams=4):
        assert len({candidate.ids for candidate in candidates}) == len(candidates)
        means = [candidate.mean for candidate in candidates]
        assert means == sorted(means, reverse=True)


def test_score_equals_torch(tiny_gemma, tiny_decoder):
    targets = [[4, 8], [15], [16, 23, 42], []]
    found = score(tiny_decoder, PROMPTS, targets)
    for value, prompt, target in zip(found, PROMPTS, targets, strict=True):
        whole = [*target, EOS]
        assert value == pytest.approx(log_probability(tiny_gemma, prompt, whole) / len(whole), abs=1e-3)


def test_batches_hold_every_index_once_within_the_budget():
    sizes = [5, 1, 9, 3, 3, 7, 20]
    found = list(batches(sizes, budget=18))
    assert sorted(index for batch in found for index in batch) == list(range(len(sizes)))
    assert all(len(batch) * max(sizes[i] for i in batch) <= 18 or len(batch) == 1 for batch in found)


def test_nothing_to_do():
    assert list(batches([], budget=5)) == []
    assert np.array_equal([], beam_search(None, [], limits=[], beams=2))
