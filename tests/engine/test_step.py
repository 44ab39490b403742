"""The graph against the torch model it was made from."""

import numpy as np
import torch
from conftest import TINY

from bylostalo.inference.engine.session import Decoder, open_graph

ROWS = [[5, 9, 301], [7, 7, 12, 80, 4, 33, 21], [250]]


def torch_logits(model, rows):
    return np.stack([model(torch.tensor([row])).logits[0, -1].detach().numpy() for row in rows])


def prefill(decoder, rows, capacity=24):
    width = max(map(len, rows))
    ids = np.zeros((len(rows), width), dtype=np.int64)
    for index, row in enumerate(rows):
        ids[index, : len(row)] = row
    lengths = np.array([len(row) for row in rows])
    ends = np.stack([np.arange(len(rows)), lengths - 1], axis=1)
    cache = decoder.empty_cache(len(rows), capacity)
    return decoder.step(ids, lengths, cache, ends), cache


def one(tokens):
    ids = np.array(tokens, dtype=np.int64)[:, None]
    ends = np.stack([np.arange(len(tokens)), np.zeros(len(tokens), dtype=np.int64)], axis=1)
    return ids, np.ones(len(tokens), dtype=np.int64), ends


def test_prefill_and_steps_equal_torch(tiny_gemma, tiny_decoder):
    rows = [list(row) for row in ROWS]
    logits, cache = prefill(tiny_decoder, rows)
    np.testing.assert_allclose(logits, torch_logits(tiny_gemma, rows), atol=2e-4)
    for step in range(5):
        tokens = [(31 * step + 7 * row) % TINY.vocabulary for row in range(len(rows))]
        ids, lengths, ends = one(tokens)
        logits = tiny_decoder.step(ids, lengths, cache, ends)
        for row, token in zip(rows, tokens, strict=True):
            row.append(token)
        np.testing.assert_allclose(logits, torch_logits(tiny_gemma, rows), atol=2e-4)


def test_cache_rows_can_be_dropped_swapped_and_repeated(tiny_gemma, tiny_decoder):
    rows = [list(row) for row in ROWS]
    _, cache = prefill(tiny_decoder, rows)
    for order in ([2, 0, 0], [1, 0], [1, 1, 0, 0]):
        cache.take(np.array(order))
        rows = [list(rows[place]) for place in order]
        ids, lengths, ends = one([9 + place for place in range(len(rows))])
        logits = tiny_decoder.step(ids, lengths, cache, ends)
        for row, token in zip(rows, ids[:, 0], strict=True):
            row.append(int(token))
        np.testing.assert_allclose(logits, torch_logits(tiny_gemma, rows), atol=2e-4)


def test_int8_stays_near(tiny_graphs, tiny_decoder):
    exact, _ = prefill(tiny_decoder, ROWS)
    quantised, _ = prefill(Decoder(TINY, open_graph(tiny_graphs.quantised_decoder, threads=1)), ROWS)
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
