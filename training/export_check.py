"""Reads an exported rewriter as inference will, beside torch, before anyone relies on it."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import onnx
import torch
from transformers import Gemma3ForCausalLM

from bylostalo.inference.artifacts import GRAPH_FILE, WEIGHTS_FILE, assembled, embedded_geometry
from bylostalo.inference.engine.adapter import Adapter, load_adapter
from bylostalo.inference.engine.assemble import write_weights
from bylostalo.inference.engine.geometry import Geometry
from bylostalo.inference.engine.layout import Packing
from bylostalo.inference.engine.session import load_decoder
from bylostalo.inference.engine.smoothing import embedded_smoothing
from bylostalo.inference.engine.vocabulary import embedded_vocabulary
from bylostalo.training.base import embedded_model, with_adapter
from bylostalo.training.graph import decoder_graph
from bylostalo.training.parity import Parity, parity, require, rows


def write_graph(
    folder: Path, model: Gemma3ForCausalLM, geometry: Geometry, adapter: Adapter, *, packing: Packing
) -> Path:
    """A graph of the model with its weights beside it."""
    arrays = {name: tensor.detach().float().numpy() for name, tensor in model.state_dict().items()}
    weights = folder / WEIGHTS_FILE
    write_weights(weights, geometry, arrays.__getitem__, adapter, packing=packing, advance=lambda _: None)
    onnx.save(decoder_graph(geometry, packing=packing), folder / GRAPH_FILE)
    return folder / GRAPH_FILE


def check_export(folder: Path, *, layers: int, packing: Packing) -> Mapping[Packing, Parity]:
    """The folder's graph over the embedded base, exact and as it is packed, against torch; refuses a bad one."""
    vocabulary, geometry = embedded_vocabulary(), embedded_geometry(layers)
    model, given = embedded_model(vocabulary, layers=layers), rows(vocabulary)
    with tempfile.TemporaryDirectory() as temporary, torch.inference_mode():
        exact = write_graph(Path(temporary), model, geometry, load_adapter(folder), packing="exact")
        merged = with_adapter(model, str(folder)).merge_and_unload().eval()
        packed = assembled(folder, layers=layers, packing=packing, smoothing=embedded_smoothing())
        graphs: dict[Packing, Path] = {"exact": exact, packing: packed}
        found = {}
        for kind, graph in graphs.items():
            found[kind] = parity(merged, load_decoder(graph, geometry, threads=0), given)
            require(found[kind], packing=kind)
    return found
