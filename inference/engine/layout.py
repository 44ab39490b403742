"""Which tensors the weight file of a Gemma graph holds, in which order and at which offsets.

The graph refers to them by offset, the assembler writes them; both read this list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Literal

from bylostalo.inference.engine.geometry import Geometry

Packing = Literal["exact", "columns", "nibbles"]
"""How matrices lie in the file: as float32; as 8-bit codes with a scale an output; the same, but the feed-forward as
4-bit codes with a scale a block."""
PACKED: tuple[Packing, ...] = ("columns", "nibbles")
BLOCK = 32
POSITIONS = 1024
_ALIGNMENT = 4096
Entry = tuple[str, str, tuple[int, ...]]
"""Name, type and shape of a tensor."""


@dataclass(frozen=True)
class Tensor:
    """`dtype` is `float32`, `uint8` or `int8`; `offset` in bytes from the start of the file."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    offset: int

    @property
    def size(self) -> int:
        return prod(self.shape) * (4 if self.dtype == "float32" else 1)


def matrices(geometry: Geometry, layer: int) -> tuple[tuple[str, int, int], ...]:
    """Name, outputs and inputs of every matrix of a layer."""
    width = geometry.heads * geometry.head_dim
    side = geometry.kv_heads * geometry.head_dim
    return (
        (f"layers.{layer}.qkv", width + 2 * side, geometry.hidden),
        (f"layers.{layer}.output", geometry.hidden, width),
        (f"layers.{layer}.gate", geometry.intermediate, geometry.hidden),
        (f"layers.{layer}.up", geometry.intermediate, geometry.hidden),
        (f"layers.{layer}.down", geometry.hidden, geometry.intermediate),
    )


def norms(geometry: Geometry, layer: int) -> tuple[tuple[str, int], ...]:
    """Name and width of every norm of a layer, in the order of their use."""
    return (
        (f"layers.{layer}.input_norm", geometry.hidden),
        (f"layers.{layer}.query_norm", geometry.head_dim),
        (f"layers.{layer}.key_norm", geometry.head_dim),
        (f"layers.{layer}.attended_norm", geometry.hidden),
        (f"layers.{layer}.forward_norm", geometry.hidden),
        (f"layers.{layer}.forwarded_norm", geometry.hidden),
    )


def head(geometry: Geometry) -> tuple[str, int, int]:
    """The matrix of the logits: the embedding, as a decoder multiplies by it."""
    return "head", geometry.vocabulary, geometry.hidden


def packing_of(name: str, packing: Packing) -> Packing:
    """Of one matrix: with 4 bits attention and the head would lose more than they save, and keep 8."""
    return "columns" if packing == "nibbles" and not name.endswith(("gate", "up", "down")) else packing


def _blocks(name: str, rows: int, columns: int, *, bits: int) -> Iterator[Entry]:
    yield f"{name}.codes", "uint8", (rows, columns // BLOCK, BLOCK * bits // 8)
    yield f"{name}.scales", "float32", (rows, columns // BLOCK)


def _matrix(name: str, rows: int, columns: int, *, packing: Packing) -> Iterator[Entry]:
    packed = packing_of(name, packing)
    if packed == "exact":
        yield f"{name}.weight", "float32", (columns, rows)
    elif packed == "columns":
        yield f"{name}.codes", "int8", (columns, rows)
        yield f"{name}.scales", "float32", (rows,)
    else:
        yield from _blocks(name, rows, columns, bits=4)


def _embedding(geometry: Geometry, *, packing: Packing) -> Iterator[Entry]:
    rows, columns = geometry.vocabulary, geometry.hidden
    if packing == "exact":
        yield "embedding.rows", "float32", (rows, columns)
    else:
        yield from _blocks("embedding", rows, columns, bits=8)
        yield "embedding.scaled_scales", "float32", (rows, columns // BLOCK)


def _entries(geometry: Geometry, *, packing: Packing) -> Iterator[Entry]:
    yield from _embedding(geometry, packing=packing)
    for reach in ("local", "global"):
        for wave in ("cos", "sin"):
            yield f"rope.{reach}.{wave}", "float32", (POSITIONS, geometry.head_dim // 2)
    for layer in range(geometry.layers):
        for name, width in norms(geometry, layer):
            yield name, "float32", (width,)
        for name, rows, columns in matrices(geometry, layer):
            yield from _matrix(name, rows, columns, packing=packing)
    yield "final_norm", "float32", (geometry.hidden,)
    yield from _matrix(*head(geometry), packing=packing)


def layout(geometry: Geometry, *, packing: Packing) -> tuple[Tensor, ...]:
    """Every tensor of the weight file; each starts on a page boundary so that it can be mapped."""
    tensors: list[Tensor] = []
    offset = 0
    for name, dtype, shape in _entries(geometry, packing=packing):
        tensor = Tensor(name, dtype, shape, offset)
        tensors.append(tensor)
        offset += -(-tensor.size // _ALIGNMENT) * _ALIGNMENT
    return tuple(tensors)
