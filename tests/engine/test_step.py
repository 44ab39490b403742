"""The graph against the torch model it was made from."""

import numpy as np
import torch
from conftest import TINY
from hypothesis import given, settings
from hypothesis import strategies as st

from bylostalo.inference.engine.decode import lasts, pad
from bylostalo.inference.engine.session import load_decoder, open_graph

ROWS = [[5, 9, 301], [7, 7, 12, 80, 4, 33, 21], [250]]


def in_torch(model, rows):
    """Log-probabilities of every next token, `[rows, vocabulary]`."""
    logits = [model(torch.tensor([row])).logits[0, -1] for row in rows]
    return torch.stack(logits).log_softmax(-1).detach().numpy()


def prefill(decoder, rows, *, capacity=24, places=None):
    ids, lengths = pad(rows)
    cache = decoder.empty_cache(len(rows), capacity, places=places)
    return decoder.log_probabilities(ids, lengths, cache, lasts(lengths)), cache


def one(tokens):
    ones = np.ones(len(tokens), dtype=np.int64)
    return np.array(tokens, dtype=np.int64)[:, None], ones, lasts(ones)


def step(decoder, cache, tokens):
    ids, lengths, ends = one(tokens)
    return decoder.log_probabilities(ids, lengths, cache, ends)


def test_prefill_and_steps_equal_torch(tiny_gemma, tiny_decoder):
    rows = [list(row) for row in ROWS]
    found, cache = prefill(tiny_decoder, rows)
    np.testing.assert_allclose(found, in_torch(tiny_gemma, rows), atol=2e-4)
    for number in range(5):
        tokens = [(31 * number + 7 * row) % TINY.vocabulary for row in range(len(rows))]
        found = step(tiny_decoder, cache, tokens)
        for row, token in zip(rows, tokens, strict=True):
            row.append(token)
        np.testing.assert_allclose(found, in_torch(tiny_gemma, rows), atol=2e-4)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=8), min_size=1, max_size=6))
def test_cache_rows_can_be_dropped_swapped_and_repeated(tiny_gemma, tiny_decoder, orders):
    rows = [list(row) for row in ROWS]
    _, cache = prefill(tiny_decoder, rows, places=8)
    for order in orders:
        order = [place % len(rows) for place in order]
        cache.take(np.array(order))
        rows = [list(rows[place]) for place in order]
        tokens = [9 + place for place in range(len(rows))]
        found = step(tiny_decoder, cache, tokens)
        for row, token in zip(rows, tokens, strict=True):
            row.append(token)
    np.testing.assert_allclose(found, in_torch(tiny_gemma, rows), atol=2e-4)


def test_the_likeliest_and_the_chosen_tokens_are_those_of_all(tiny_decoder):
    ids, lengths = pad(ROWS)
    everything, _ = prefill(tiny_decoder, ROWS)
    best = tiny_decoder.step(ids, lengths, tiny_decoder.empty_cache(3, 24), lasts(lengths), count=5)
    order = np.argsort(-everything, axis=1)[:, :5]
    assert np.array_equal(best.tokens, order)
    np.testing.assert_allclose(best.log_probabilities, np.take_along_axis(everything, order, axis=1))
    tokens = np.array([4, 7, 300])
    chosen = tiny_decoder.chosen(ids, lengths, lasts(lengths), tokens)
    np.testing.assert_allclose(chosen, everything[range(3), tokens])


def test_int8_stays_near(tiny_graphs, tiny_decoder):
    exact, _ = prefill(tiny_decoder, ROWS)
    quantised, _ = prefill(load_decoder(tiny_graphs.quantised_decoder, TINY, threads=1), ROWS)
    correlation = np.corrcoef(exact.ravel(), quantised.ravel())[0, 1]
    assert correlation > 0.995


def test_encoder_equals_torch_with_attention_both_ways(tiny_gemma, tiny_graphs):
    from bylostalo.training.encoder import both_ways

    ids = np.array([[5, 9, 301, 2, 8], [7, 12, 80, 0, 0]])
    mask = np.array([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])
    expected = (
        tiny_gemma.model(input_ids=torch.tensor(ids), attention_mask=both_ways(torch.tensor(mask)), use_cache=False)
        .last_hidden_state.detach()
        .numpy()
    )
    bias = np.where(mask, 0.0, -1e4).astype(np.float32)[:, None, None, :]
    session = open_graph(tiny_graphs.encoder, threads=1)
    found = session.run(["hidden"], {"input_ids": ids, "bias": bias})[0]
    np.testing.assert_allclose(found[mask == 1], expected[mask == 1], atol=2e-4)


def hidden(graph, ids, mask):
    bias = np.where(mask, 0.0, -1e4).astype(np.float32)[:, None, None, :]
    return open_graph(graph, threads=1).run(["hidden"], {"input_ids": ids, "bias": bias})[0]


def test_int8_encoder_stays_near(tiny_graphs):
    ids, mask = np.arange(40).reshape(2, 20) * 7, np.ones((2, 20))
    exact, quantised = hidden(tiny_graphs.encoder, ids, mask), hidden(tiny_graphs.quantised_encoder, ids, mask)
    assert np.corrcoef(exact.ravel(), quantised.ravel())[0, 1] > 0.99


def test_no_row_of_the_int8_encoder_depends_on_its_neighbours(tiny_graphs):
    rows = np.array([[5, 9, 301, 2, 8], [7, 12, 80, 0, 0]])
    mask = np.array([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])
    together = hidden(tiny_graphs.quantised_encoder, rows, mask)
    alone = hidden(tiny_graphs.quantised_encoder, rows[1:, :3], mask[1:, :3])
    np.testing.assert_allclose(together[1, :3], alone[0], atol=1e-5)
