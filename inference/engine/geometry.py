"""Shape of a Gemma 3 text model (Gemma Team, 2025, «Gemma 3 Technical Report»)."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Geometry:
    """Sizes that fix every tensor and every operator of the model."""

    layers: int
    hidden: int
    intermediate: int
    heads: int
    kv_heads: int
    head_dim: int
    vocabulary: int
    window: int
    full_attention_every: int = 6
    local_rope_base: float = 10_000.0
    global_rope_base: float = 1_000_000.0
    epsilon: float = 1e-6

    def attends_fully(self, layer: int) -> bool:
        """Whether the layer sees the whole context; the others see the last `window` tokens."""
        return (layer + 1) % self.full_attention_every == 0

    @property
    def query_scale(self) -> float:
        return math.sqrt(1 / self.head_dim)

    @property
    def embedding_scale(self) -> float:
        return math.sqrt(self.hidden)


GEMMA_3_270M = Geometry(
    layers=18,
    hidden=640,
    intermediate=2048,
    heads=4,
    kv_heads=1,
    head_dim=256,
    vocabulary=262_144,
    window=512,
)
