"""Symmetric quantisation: by block to 8 or 4 bits as ONNX Runtime's MatMulNBits reads it, by output to 8 bits as
MatMulIntegerToFloat does."""

import numpy as np
from numpy.typing import NDArray

from bylostalo.inference.engine.layout import BLOCK

ZERO = 128
HALF = 8
WHOLE = 127


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


def quantise_nibbles(weight: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """`[rows, columns]` → 4-bit codes around 8, two a byte, the first one low, `[rows, columns/32, 16]`, and one scale
    a block, of the sign that makes its largest weight the code 0."""
    blocks = weight.reshape(weight.shape[0], -1, BLOCK)
    scales = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2)[..., None], axis=2) / np.float32(-HALF)
    numbers = np.rint(blocks / np.where(scales == 0, np.float32(1), scales)) + HALF
    codes = numbers.clip(0, 2 * HALF - 1).astype(np.uint8)
    return codes[..., ::2] + codes[..., 1::2] * np.uint8(16), np.ascontiguousarray(scales[..., 0])


def quantise_columns(weight: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """`[outputs, inputs]` → signed codes `[inputs, outputs]` and one scale an output."""
    scales = np.abs(weight).max(axis=1) / WHOLE
    codes = np.rint(weight / np.where(scales == 0, 1, scales)[:, None])
    return np.ascontiguousarray(codes.astype(np.int8).T), scales.astype(np.float32)
