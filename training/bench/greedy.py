"""The likeliest token each time, the plainest way to use a decoder: what the other engines are asked for too."""

from collections.abc import Sequence

import numpy as np

from bylostalo.inference.engine.decode import pad
from bylostalo.inference.engine.session import Decoder
from bylostalo.inference.engine.vocabulary import EOS


def greedy(decoder: Decoder, prompts: Sequence[Sequence[int]], *, limit: int) -> list[tuple[int, ...]]:
    """At most `limit` ids a prompt, EOS left out; finished rows leave the batch."""
    ids, lengths = pad(prompts)
    cache = decoder.empty_cache(len(prompts), int(lengths.max()) + limit)
    logits = decoder.step(ids, lengths, cache, np.stack([np.arange(len(prompts)), lengths - 1], axis=1))
    found: list[list[int]] = [[] for _ in prompts]
    live = np.arange(len(prompts))
    while True:
        newest = logits.argmax(axis=1)
        going = np.flatnonzero(newest != EOS)
        live, newest = live[going], newest[going]
        for row, token in zip(live.tolist(), newest.tolist(), strict=True):
            found[row].append(token)
        if not len(live) or len(found[live[0]]) == limit:
            return [tuple(row) for row in found]
        cache.take(going)
        ones = np.ones(len(live), dtype=np.int64)
        logits = decoder.step(newest[:, None], ones, cache, np.stack([np.arange(len(live)), 0 * ones], axis=1))
