"""The likeliest token each time, the plainest way to use a decoder: what the other engines are asked for too."""

from collections.abc import Sequence

import numpy as np

from bylostalo.inference.engine.decode import lasts, read
from bylostalo.inference.engine.session import Decoder
from bylostalo.inference.engine.vocabulary import EOS


def greedy(decoder: Decoder, prompts: Sequence[Sequence[int]], *, limit: int) -> list[tuple[int, ...]]:
    """At most `limit` ids a prompt, EOS left out; finished rows leave the batch."""
    cache, best = read(decoder, prompts, limits=[limit] * len(prompts))
    found: list[list[int]] = [[] for _ in prompts]
    live = np.arange(len(prompts))
    while True:
        newest = best.tokens[:, 0]
        going = np.flatnonzero(newest != EOS)
        live, newest = live[going], newest[going]
        for row, token in zip(live.tolist(), newest.tolist(), strict=True):
            found[row].append(token)
        if not len(live) or len(found[live[0]]) == limit:
            return [tuple(row) for row in found]
        cache.take(going)
        ones = np.ones(len(live), dtype=np.int64)
        best = decoder.step(newest[:, None], ones, cache, lasts(ones))
