"""Beam search and scoring over token ids; the engine knows nothing of text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bylostalo.inference.engine.cache import Cache, Ids
from bylostalo.inference.engine.session import Best, Decoder
from bylostalo.inference.engine.vocabulary import EOS, PAD

CACHE_BUDGET = 2_500
"""Cached positions (rows × capacity) of one batch: about 90 MB of keys and values for the embedded base.
More rows at once are no faster on two cores."""
PASS = 256
"""Tokens read in one pass: the activations of more do not stay in a processor's cache, and a deadline waits for the
pass to end."""


@dataclass(frozen=True)
class Candidate:
    """Generated ids without EOS and their summed log-probability, EOS included."""

    ids: tuple[int, ...]
    log_probability: float

    @property
    def mean(self) -> float:
        return self.log_probability / (len(self.ids) + 1)


@dataclass
class _Search:
    """The state of one source: live hypotheses and finished ones."""

    index: int
    limit: int
    tokens: list[list[int]] = field(default_factory=lambda: [[]])
    scores: NDArray[np.float64] = field(default_factory=lambda: np.zeros(1))
    finished: list[Candidate] = field(default_factory=list)

    def extend(self, best: Best, rows: slice, beams: int) -> list[int]:
        """Grow every live hypothesis by one token; returns which of them (by index) the new ones come from."""
        totals = self.scores[:, None] + best.log_probabilities[rows]
        choices = best.tokens[rows]
        order = np.argsort(-totals, axis=None, kind="stable")[: 2 * beams]
        parents: list[int] = []
        tokens: list[list[int]] = []
        scores: list[float] = []
        for parent, place in zip(*np.unravel_index(order, totals.shape), strict=True):
            token, total = int(choices[parent, place]), float(totals[parent, place])
            if token == EOS:
                self.finished.append(Candidate(tuple(self.tokens[parent]), total))
            elif len(parents) < beams:
                parents.append(int(parent))
                tokens.append([*self.tokens[parent], token])
                scores.append(total)
        self.tokens, self.scores = tokens, np.array(scores)
        return parents

    def is_done(self, beams: int) -> bool:
        """Enough are finished and no live one can still come out better, or the limit is reached."""
        if len(self.tokens[0]) >= self.limit:
            return True
        if len(self.finished) < beams:
            return False
        worst = sorted((candidate.mean for candidate in self.finished), reverse=True)[beams - 1]
        return bool(self.scores.max() / (len(self.tokens[0]) + 1) < worst)


def pad(rows: Sequence[Sequence[int]]) -> tuple[Ids, Ids]:
    """Right-padded ids `[rows, longest]` and lengths `[rows]`."""
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    ids = np.full((len(rows), int(lengths.max())), PAD, dtype=np.int64)
    for index, row in enumerate(rows):
        ids[index, : len(row)] = row
    return ids, lengths


def lasts(lengths: Ids) -> Ids:
    """The last position of every row, `[rows, 2]`."""
    return np.stack([np.arange(len(lengths)), lengths - 1], axis=1)


def batches(sizes: Sequence[int], *, budget: int) -> Iterator[list[int]]:
    """Indices grouped by similar size so that (members × largest size) stays within the budget."""
    batch: list[int] = []
    for index in sorted(range(len(sizes)), key=lambda i: sizes[i]):
        if batch and (len(batch) + 1) * sizes[index] > budget:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def read(
    decoder: Decoder, prompts: Sequence[Sequence[int]], *, limits: Sequence[int], ways: int = 1, count: int = 1
) -> tuple[Cache, Best]:
    """A cache in which the prompts have been read, with room for `limits` more tokens of each going on in `ways` ways,
    and the `count` likeliest next tokens of each."""
    capacity = max(len(prompt) + limit for prompt, limit in zip(prompts, limits, strict=True))
    cache = decoder.empty_cache(len(prompts), capacity, places=ways * len(prompts))
    order = sorted(range(len(prompts)), key=lambda row: len(prompts[row]))
    found = []
    for places in batches([len(prompts[row]) for row in order], budget=PASS):
        ids, lengths = pad([prompts[order[place]] for place in places])
        part = cache.part(slice(places[0], places[-1] + 1))
        found.append(decoder.step(ids, lengths, part, lasts(lengths), count=count))
    cache.places = np.argsort(order)
    cache.lengths = np.array([len(prompt) for prompt in prompts])
    cache.beginnings = cache.lengths[order]
    tokens = np.concatenate([best.tokens for best in found])
    log_probabilities = np.concatenate([best.log_probabilities for best in found])
    return cache, Best(tokens[cache.places], log_probabilities[cache.places])


def _rows_of(counts: Sequence[int]) -> list[int]:
    """First row of each source in a batch where source i has `counts[i]` rows."""
    return [0, *np.cumsum(counts).tolist()]


def _search_batch(
    decoder: Decoder, prompts: Sequence[Sequence[int]], limits: Sequence[int], beams: int
) -> list[_Search]:
    searches = [_Search(index, limit) for index, limit in enumerate(limits)]
    cache, best = read(decoder, prompts, limits=limits, ways=beams, count=2 * beams)
    live = list(searches)
    while live:
        starts = _rows_of([len(search.tokens) for search in live])
        rows: list[int] = []
        still: list[_Search] = []
        for search, start, stop in zip(live, starts, starts[1:], strict=False):
            parents = search.extend(best, slice(start, stop), beams)
            if not search.is_done(beams):
                still.append(search)
                rows.extend(start + parent for parent in parents)
        live = still
        if live:
            cache.take(np.array(rows))
            newest = np.array([[tokens[-1]] for search in live for tokens in search.tokens], dtype=np.int64)
            ones = np.ones(len(rows), dtype=np.int64)
            best = decoder.step(newest, ones, cache, lasts(ones), count=2 * beams)
    return searches


def beam_search(
    decoder: Decoder, prompts: Sequence[Sequence[int]], *, limits: Sequence[int], beams: int
) -> list[list[Candidate]]:
    """Up to `beams` finished candidates a prompt, best mean log-probability first.

    `limits` are the most tokens each prompt may yield; a hypothesis that has not ended by then is dropped,
    so a list may be empty. Equal input gives equal output whatever else is in the batch up to rounding.
    """
    results: list[list[Candidate]] = [[] for _ in prompts]
    sizes = [beams * (len(prompt) + limit) for prompt, limit in zip(prompts, limits, strict=True)]
    for batch in batches(sizes, budget=CACHE_BUDGET):
        searches = _search_batch(decoder, [prompts[i] for i in batch], [limits[i] for i in batch], beams)
        for search in searches:
            found = sorted(search.finished, key=lambda candidate: -candidate.mean)
            results[batch[search.index]] = found[:beams]
    return results


def score(decoder: Decoder, prompts: Sequence[Sequence[int]], targets: Sequence[Sequence[int]]) -> list[float]:
    """Mean log-probability a token of each target (EOS included) after its prompt."""
    results = [0.0] * len(prompts)
    rows = [[*prompt, *target] for prompt, target in zip(prompts, targets, strict=True)]
    for batch in batches([len(row) for row in rows], budget=PASS):
        ids, lengths = pad([rows[i] for i in batch])
        places = [
            (row, position)
            for row, i in enumerate(batch)
            for position in range(len(prompts[i]) - 1, len(prompts[i]) + len(targets[i]))
        ]
        wanted = [token for i in batch for token in (*targets[i], EOS)]
        chosen = decoder.chosen(ids, lengths, np.array(places), np.array(wanted))
        starts = _rows_of([len(targets[i]) + 1 for i in batch])
        for i, start, stop in zip(batch, starts, starts[1:], strict=False):
            results[i] = float(chosen[start:stop].mean())
    return results
