"""The keys and values of a batch of rows, kept in place from step to step."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

Ids = NDArray[np.int64]


@dataclass
class Cache:
    """`whole` is float32 `[keys and values of every layer, places, kv_heads, capacity, dim]`. The rows lie at `places`
    `[rows]`, which are the first ones in some order, and have `lengths` `[rows]` filled. `origins` tells by place what
    was read there at first, `beginnings` by origin how many tokens. `binding` is that of the session that reads it, for
    the first `bound` places."""

    whole: NDArray[np.float32]
    places: Ids
    lengths: Ids
    origins: Ids
    beginnings: Ids
    binding: ort.IOBinding | None = field(default=None, repr=False)
    bound: int = 0

    def take(self, rows: Ids) -> None:
        """Keep the given rows in the given order; a row may be repeated (read once, go on many ways), but no more rows
        than there are places.

        A row stays where it lies if it can. If not, and it moves to where one of its origin was, only what came after
        their common beginning is copied.
        """
        sources = self.places[rows]
        self.places = settled(sources.tolist(), self.origins.tolist())
        self.lengths = self.lengths[rows]
        moved = self.places != sources
        sources, targets = sources[moved], self.places[moved]
        kin = self.origins[sources] == self.origins[targets]
        self._copy(sources[~kin], targets[~kin], start=0)
        common = self.beginnings[self.origins[sources[kin]]]
        self._copy(sources[kin], targets[kin], start=int(common.min(initial=self.whole.shape[3])))
        self.origins[targets] = self.origins[sources]

    def part(self, rows: slice) -> "Cache":
        """Some of the rows of a cache into which nothing has been read yet."""
        return Cache(
            self.whole[:, rows],
            np.arange(rows.stop - rows.start),
            self.lengths[rows],
            np.arange(rows.stop - rows.start),
            self.beginnings[rows],
        )

    def _copy(self, sources: Ids, targets: Ids, *, start: int) -> None:
        stop = int(self.lengths.max(initial=0))
        self.whole[:, targets, :, start:stop] = self.whole[:, sources, :, start:stop]


def settled(wanted: Sequence[int], origins: Sequence[int]) -> Ids:
    """A place for each row among the first ones: that which it wants, for the first that wants it; else a free one
    whose origin is the same, and else any."""
    kept = {place: row for row, place in reversed(list(enumerate(wanted))) if place < len(wanted)}
    places = {row: place for place, row in kept.items()}
    free: dict[int, list[int]] = {}
    for place in set(range(len(wanted))) - kept.keys():
        free.setdefault(origins[place], []).append(place)
    homeless = [row for row in range(len(wanted)) if row not in places]
    for row in homeless:
        if kin := free.get(origins[wanted[row]]):
            places[row] = kin.pop()
    rest = (place for found in free.values() for place in found)
    places.update(zip((row for row in homeless if row not in places), rest, strict=True))
    return np.array([places[row] for row in range(len(wanted))], dtype=np.int64)
