"""Tiny models with random weights: nothing is downloaded, everything is ready in seconds."""

import os
from pathlib import Path
from types import SimpleNamespace

import onnx
import pytest
import torch
from hypothesis import settings
from transformers import Gemma3ForCausalLM

from bylostalo.inference.engine.adapter import NO_ADAPTER
from bylostalo.inference.engine.assemble import write_weights
from bylostalo.inference.engine.geometry import Geometry
from bylostalo.inference.engine.layout import Packing
from bylostalo.inference.engine.session import Decoder, load_decoder
from bylostalo.inference.engine.vocabulary import EOS
from bylostalo.training.base import gemma_config
from bylostalo.training.graph import decoder_graph, encoder_graph

settings.register_profile("same", derandomize=True)
settings.load_profile("same")  # to look for new examples: pytest --hypothesis-profile=default

TINY = Geometry(
    layers=7,
    hidden=64,
    intermediate=96,
    heads=4,
    kv_heads=1,
    head_dim=32,
    vocabulary=320,
    window=512,
)


@pytest.fixture(scope="session")
def tiny_gemma() -> Gemma3ForCausalLM:
    """A random Gemma 3 whose logits are far from flat."""
    torch.manual_seed(0)
    model = Gemma3ForCausalLM(gemma_config(TINY)).eval()
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    model.get_input_embeddings().weight.data[EOS] *= 2.0
    return model


def pytest_configure() -> None:
    """The tests run in as many processes as there are cores: one thread each, and for what they start."""
    os.environ["OMP_NUM_THREADS"] = "1"
    torch.set_num_threads(1)


def tensors(model: torch.nn.Module) -> dict:
    return {name: tensor.detach().numpy() for name, tensor in model.state_dict().items()}


@pytest.fixture(scope="session")
def tiny_graphs(tiny_gemma: Gemma3ForCausalLM, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Folders with decoder and encoder graphs of the tiny model, exact and quantised."""

    def build(graph: onnx.ModelProto, *, packing: Packing) -> Path:
        folder = tmp_path_factory.mktemp("graph")
        onnx.save(graph, folder / "graph.onnx")
        read = tensors(tiny_gemma).__getitem__
        write_weights(folder / "weights.bin", TINY, read, NO_ADAPTER, packing=packing, advance=lambda _: None)
        return folder / "graph.onnx"

    return SimpleNamespace(
        decoder=build(decoder_graph(TINY, packing="exact"), packing="exact"),
        quantised_decoder=build(decoder_graph(TINY, packing="columns"), packing="columns"),
        encoder=build(encoder_graph(TINY, packing="exact"), packing="exact"),
        quantised_encoder=build(encoder_graph(TINY, packing="columns"), packing="columns"),
    )


@pytest.fixture(scope="session")
def tiny_decoder(tiny_graphs: SimpleNamespace) -> Decoder:
    return load_decoder(tiny_graphs.decoder, TINY, threads=1)
