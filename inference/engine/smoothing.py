"""Divisors that even out the channels of activations before they are quantised (SmoothQuant, Xiao et al., 2023).

What a matrix reads is divided channel by channel and its columns are multiplied, so the product stays the same. The
division costs nothing: it is done beforehand to the norm or the matrix that the channels come out of.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from bylostalo.inference.engine.geometry import Geometry

Array = NDArray[np.float32]
Smoothing = Mapping[str, Array]
"""Divisors `[inputs]` by the name of a matrix; the gate and the linear half beside it are `gate_up`. What is not named
is left as it is; all heads that read the same values have the same divisors."""
NO_SMOOTHING: Smoothing = {}
SMOOTHING_FILE = "smoothing.safetensors"
_NORMS = {"input_norm": "qkv", "forward_norm": "gate_up"}
_READ_TOGETHER = {"gate": "gate_up", "up": "gate_up"}


@cache
def embedded_smoothing() -> Smoothing:
    """That of the embedded base, which `bylostalo.training.smoothing` measured."""
    with as_file(files("bylostalo.inference").joinpath(f"weights/{SMOOTHING_FILE}")) as path:
        return {name: divisors.astype(np.float32) for name, divisors in load_file(path).items()}


def smoothed_norm(name: str, weight: Array, smoothing: Smoothing) -> Array:
    """The weight of a norm, divided for the matrices that read it."""
    layer, _, kind = name.rpartition(".")
    reader = f"{layer}.{_NORMS.get(kind)}" if layer else "head"
    return weight / smoothing[reader] if reader in smoothing else weight


def smoothed_matrix(name: str, weight: Array, smoothing: Smoothing, geometry: Geometry) -> Array:
    """A matrix `[outputs, inputs]` of a decoder: its columns multiplied; and the values of attention and the linear
    half of the gated feed-forward divided for the matrix that reads them."""
    layer, _, kind = name.rpartition(".")
    own = f"{layer}.{_READ_TOGETHER.get(kind, kind)}" if layer else name
    weight = weight * smoothing[own] if own in smoothing else weight
    if kind == "qkv" and f"{layer}.output" in smoothing:
        divisors = smoothing[f"{layer}.output"].reshape(geometry.kv_heads, -1, geometry.head_dim)[:, 0].ravel()
        kept, values = np.split(weight, [-len(divisors)])
        return np.concatenate([kept, values / divisors[:, None]])
    if kind == "up" and f"{layer}.down" in smoothing:
        divided: Array = weight / smoothing[f"{layer}.down"][:, None]
        return divided
    return weight
