import numpy as np

from bylostalo.inference.engine.quantise import dequantise, quantise


def test_error_is_at_most_half_a_step():
    weight = np.random.default_rng(0).normal(size=(16, 96)).astype(np.float32)
    codes, scales = quantise(weight)
    assert codes.shape == (16, 3, 32) and scales.shape == (16, 3)
    error = np.abs(dequantise(codes, scales) - weight).reshape(16, 3, 32)
    assert (error <= scales[..., None] / 2 + 1e-6).all()


def test_a_block_of_zeros_stays_zero():
    codes, scales = quantise(np.zeros((2, 32), dtype=np.float32))
    assert not dequantise(codes, scales).any()
