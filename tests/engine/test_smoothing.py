"""Divisors that even out activations: the exact model stays the same, the quantised one comes nearer to it."""

import numpy as np
import onnx
import pytest
import torch
from conftest import TINY, tensors
from test_step import ROWS, in_torch, prefill

from bylostalo.inference.engine.adapter import NO_ADAPTER
from bylostalo.inference.engine.assemble import write_weights
from bylostalo.inference.engine.session import load_decoder
from bylostalo.inference.engine.smoothing import NO_SMOOTHING, embedded_smoothing
from bylostalo.training.graph import decoder_graph
from bylostalo.training.smoothing import smoothing


@pytest.fixture
def read(tiny_gemma, tmp_path):
    """Log-probabilities after the rows, of the weights packed with the divisors."""

    def found(divisors, *, packing, model=tiny_gemma):
        onnx.save(decoder_graph(TINY, packing=packing), tmp_path / "graph.onnx")
        write_weights(
            tmp_path / "weights.bin",
            TINY,
            tensors(model).__getitem__,
            NO_ADAPTER,
            packing=packing,
            smoothing=divisors,
            advance=lambda _: None,
        )
        return prefill(load_decoder(tmp_path / "graph.onnx", TINY, threads=1), ROWS)[0]

    return found


def measured(model):
    return {name: divisors.float().numpy() for name, divisors in smoothing(model, TINY, ROWS).items()}


def test_the_exact_model_says_the_same(read, tiny_gemma):
    rng = np.random.default_rng(0)
    divisors = {
        name: (found if name.endswith("output") else found * np.exp(rng.normal(size=found.shape))).astype(np.float32)
        for name, found in measured(tiny_gemma).items()
    }
    assert divisors.keys() == {f"layers.{layer}.{kind}" for layer in range(TINY.layers) for kind in KINDS} | {"head"}
    np.testing.assert_allclose(read(divisors, packing="exact"), in_torch(tiny_gemma, ROWS), atol=2e-4)


KINDS = ("qkv", "output", "gate_up", "down")


def test_a_model_with_loud_channels_is_quantised_better(read, tiny_gemma):
    loud = type(tiny_gemma)(tiny_gemma.config).eval()
    loud.load_state_dict(tiny_gemma.state_dict())
    with torch.no_grad():
        for layer in loud.model.layers:
            layer.input_layernorm.weight[::16] = 60.0
            layer.pre_feedforward_layernorm.weight[5::16] = 60.0
    exact = in_torch(loud, ROWS)

    def error(divisors):
        return np.abs(read(divisors, packing="columns", model=loud) - exact).mean()

    assert error(measured(loud)) < 0.7 * error(NO_SMOOTHING)


def test_the_embedded_base_has_divisors_for_every_matrix():
    divisors = embedded_smoothing()
    assert len(divisors) == 4 * 18 + 1 and all((found > 0).all() for found in divisors.values())
    heads = divisors["layers.3.output"].reshape(4, 256)
    assert (heads == heads[0]).all()
