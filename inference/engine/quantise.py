"""Block-wise symmetric 8-bit quantisation as ONNX Runtime's MatMulNBits reads it."""

import numpy as np
from numpy.typing import NDArray

from bylostalo.inference.engine.layout import BLOCK

ZERO = 128


def quantise(weight: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """`[rows, columns]` → codes `[rows, columns/32, 32]` around 128 and one scale a block."""
    blocks = weight.reshape(weight.shape[0], -1, BLOCK)
    scales = np.abs(blocks).max(axis=2) / (ZERO - 1)
    divisors = np.where(scales == 0, 1, scales)[..., None]
    codes = np.rint(blocks / divisors) + ZERO
    return codes.astype(np.uint8), scales.astype(np.float32)


def dequantise(codes: NDArray[np.uint8], scales: NDArray[np.float32]) -> NDArray[np.float32]:
    """The inverse, `[rows, columns]`."""
    blocks = (codes.astype(np.float32) - ZERO) * scales[..., None]
    return blocks.reshape(codes.shape[0], -1)
