import numpy as np

from bylostalo.inference.engine.quantise import dequantise, quantise, quantise_columns, quantise_nibbles


def test_error_is_at_most_half_a_step():
    weight = np.random.default_rng(0).normal(size=(16, 96)).astype(np.float32)
    codes, scales = quantise(weight)
    assert codes.shape == (16, 3, 32) and scales.shape == (16, 3)
    error = np.abs(dequantise(codes, scales) - weight).reshape(16, 3, 32)
    assert (error <= scales[..., None] / 2 + 1e-6).all()


def test_a_block_of_zeros_stays_zero():
    codes, scales = quantise(np.zeros((2, 32), dtype=np.float32))
    assert not dequantise(codes, scales).any()


def test_an_output_loses_at_most_half_a_step():
    weight = np.random.default_rng(0).normal(size=(16, 96)).astype(np.float32)
    codes, scales = quantise_columns(weight)
    assert codes.shape == (96, 16) and codes.dtype == np.int8
    assert (np.abs(codes.T * scales[:, None] - weight) <= scales[:, None] / 2 + 1e-6).all()


def unpacked(codes, scales):
    """The inverse of `quantise_nibbles`, `[rows, columns]`."""
    numbers = np.stack([codes & 15, codes >> 4], axis=-1).reshape(*codes.shape[:2], 32)
    return ((numbers.astype(np.float32) - 8) * scales[..., None]).reshape(codes.shape[0], -1)


def test_four_bits_lose_half_a_step_and_at_the_far_end_a_whole_one():
    weight = np.random.default_rng(0).normal(size=(16, 96)).astype(np.float32)
    codes, scales = quantise_nibbles(weight)
    assert codes.shape == (16, 3, 16) and codes.dtype == np.uint8 and scales.shape == (16, 3)
    error = unpacked(codes, scales) - weight
    step = np.abs(scales)[..., None]
    assert (np.abs(error).reshape(16, 3, 32) <= step + 1e-6).all()
    assert (np.abs(error).reshape(16, 3, 32) > step / 2 + 1e-6).mean() < 0.02


def test_four_bits_keep_what_they_can_hold():
    weight = np.tile(np.arange(-8, 8, dtype=np.float32), 4)[None, :] * np.float32(0.5)
    assert np.array_equal(unpacked(*quantise_nibbles(weight)), weight)
    assert not unpacked(*quantise_nibbles(np.zeros((2, 32), dtype=np.float32))).any()
