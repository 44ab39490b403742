"""A decoder that can be stopped between two steps."""

from collections.abc import Callable
from dataclasses import dataclass

from bylostalo.inference.engine.session import Cache, Decoder, Ids, Logits


@dataclass(frozen=True)
class Watched(Decoder):
    """Calls `halt` before every step; what that raises ends the decoding."""

    halt: Callable[[], None]

    def step(self, ids: Ids, lengths: Ids, cache: Cache, positions: Ids) -> Logits:
        self.halt()
        return super().step(ids, lengths, cache, positions)
