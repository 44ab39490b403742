"""Writes the weight file of a graph: base tensors with the adapter merged in, quantised, in layout order."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bylostalo.inference.engine.adapter import Adapter
from bylostalo.inference.engine.geometry import Geometry
from bylostalo.inference.engine.layout import POSITIONS, Packing, head, layout, matrices, packing_of
from bylostalo.inference.engine.quantise import quantise, quantise_columns, quantise_nibbles
from bylostalo.inference.engine.smoothing import NO_SMOOTHING, Smoothing, smoothed_matrix, smoothed_norm

Array = NDArray[np.float32]
Read = Callable[[str], Array]
Named = Iterator[tuple[str, NDArray[np.generic]]]

_MATRICES = {
    "qkv": ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
    "output": ("self_attn.o_proj",),
    "gate": ("mlp.gate_proj",),
    "up": ("mlp.up_proj",),
    "down": ("mlp.down_proj",),
}
_NORMS = {
    "input_norm": "input_layernorm",
    "query_norm": "self_attn.q_norm",
    "key_norm": "self_attn.k_norm",
    "attended_norm": "post_attention_layernorm",
    "forward_norm": "pre_feedforward_layernorm",
    "forwarded_norm": "post_feedforward_layernorm",
}


def rotary(geometry: Geometry, base: float) -> tuple[Array, Array]:
    """Cosines and sines `[positions, dim/2]` of rotary embeddings (Su et al., 2021)."""
    frequencies = base ** (-np.arange(0, geometry.head_dim, 2, dtype=np.float64) / geometry.head_dim)
    angles = np.outer(np.arange(POSITIONS), frequencies)
    return np.cos(angles).astype(np.float32), np.sin(angles).astype(np.float32)


def _merged(name: str, read: Read, adapter: Adapter) -> Array:
    """One joined matrix `[outputs, inputs]` of the layout."""
    _, layer, kind = name.split(".")
    modules = [f"model.layers.{layer}.{module}" for module in _MATRICES[kind]]
    return np.concatenate([adapter.merge(module, read(f"{module}.weight")) for module in modules])


def _norm(name: str, read: Read) -> Array:
    if name == "final_norm":
        return 1.0 + read("model.norm.weight")
    _, layer, kind = name.split(".")
    return 1.0 + read(f"model.layers.{layer}.{_NORMS[kind]}.weight")


_QUANTISE: Mapping[Packing, Callable[[Array], tuple[NDArray[np.generic], Array]]] = {
    "columns": quantise_columns,
    "nibbles": quantise_nibbles,
}


def _matrix(name: str, weight: Array, *, packing: Packing) -> Named:
    packed = packing_of(name, packing)
    if packed == "exact":
        yield f"{name}.weight", np.ascontiguousarray(weight.T)
    else:
        codes, scales = _QUANTISE[packed](weight)
        yield f"{name}.codes", codes
        yield f"{name}.scales", scales


def _embedding(geometry: Geometry, rows: Array, *, packing: Packing) -> Named:
    if packing == "exact":
        yield "embedding.rows", rows
        return
    codes, scales = quantise(rows)
    yield "embedding.codes", codes
    yield "embedding.scales", scales
    yield "embedding.scaled_scales", scales * np.float32(geometry.embedding_scale)


def tensors(geometry: Geometry, read: Read, adapter: Adapter, *, packing: Packing, smoothing: Smoothing) -> Named:
    """Every tensor of the layout, by name; `read` gives base parameters, the embedding trimmed already."""
    rows = adapter.replace_rows(read("model.embed_tokens.weight"))
    yield from _embedding(geometry, rows, packing=packing)
    for reach, base in (("local", geometry.local_rope_base), ("global", geometry.global_rope_base)):
        cosines, sines = rotary(geometry, base)
        yield f"rope.{reach}.cos", cosines
        yield f"rope.{reach}.sin", sines
    for layer in range(geometry.layers):
        for kind in _NORMS:
            name = f"layers.{layer}.{kind}"
            yield name, smoothed_norm(name, _norm(name, read), smoothing)
        for name, *_ in matrices(geometry, layer):
            weight = smoothed_matrix(name, _merged(name, read, adapter), smoothing, geometry)
            yield from _matrix(name, weight, packing=packing)
    yield "final_norm", smoothed_norm("final_norm", _norm("final_norm", read), smoothing)
    name, *_ = head(geometry)
    yield from _matrix(name, smoothed_matrix(name, rows, smoothing, geometry), packing=packing)


def write_weights(
    path: Path,
    geometry: Geometry,
    read: Read,
    adapter: Adapter,
    *,
    packing: Packing,
    smoothing: Smoothing = NO_SMOOTHING,
    advance: Callable[[int], None],
) -> None:
    """Write the file; `advance` is told of every tensor's bytes as they are written."""
    places = {tensor.name: tensor for tensor in layout(geometry, packing=packing)}
    with path.open("wb") as file:
        for name, array in tensors(geometry, read, adapter, packing=packing, smoothing=smoothing):
            tensor = places.pop(name)
            if array.shape != tensor.shape or array.dtype != tensor.dtype:
                raise ValueError(f"{name}: {array.dtype}{array.shape}, the layout says {tensor.dtype}{tensor.shape}")
            file.seek(tensor.offset)
            file.write(np.ascontiguousarray(array).data)
            advance(tensor.size)
    if places:
        raise ValueError(f"not written: {', '.join(places)}")
