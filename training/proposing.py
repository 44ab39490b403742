"""Candidates of a rewriter that is being trained: by the shipped engine, or by torch where there is no graph."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import onnx
import torch

from bylostalo.inference.artifacts import GRAPH_FILE, assembled, embedded_geometry
from bylostalo.inference.engine.geometry import GEMMA_3_270M
from bylostalo.inference.engine.smoothing import embedded_smoothing
from bylostalo.inference.sequence_model import load_sequence_model
from bylostalo.training import precision
from bylostalo.training.base import EMBEDDED, Codec
from bylostalo.training.config import PreferenceConfig
from bylostalo.training.export import copy_adapter
from bylostalo.training.graph import decoder_graph

Propose = Callable[[Sequence[str]], list[list[str]]]
"""Several texts for each prompt, the likeliest first."""
AT_ONCE = 8


def proposing(config: PreferenceConfig, model: Any, codec: Codec) -> Propose:
    if config.base == EMBEDDED:
        return by_engine(Path(config.adapter), beams=config.beams, threads=config.threads)
    return lambda prompts: list(by_torch(model, codec, prompts, beams=config.beams))


def by_engine(adapter: Path, *, beams: int, threads: int) -> Propose:
    """As the adapter will answer when it is exported, quantised."""
    layers = GEMMA_3_270M.layers
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy_adapter(adapter, folder)
        onnx.save(decoder_graph(embedded_geometry(layers), packing="columns"), folder / GRAPH_FILE)
        graph = assembled(folder, layers=layers, packing="columns", smoothing=embedded_smoothing())
    model = load_sequence_model(graph, layers=layers, threads=threads)
    return lambda prompts: [[one.text for one in beam] for beam in model.generate(prompts, beams=beams)]


def by_torch(model: Any, codec: Codec, prompts: Sequence[str], *, beams: int) -> Iterator[list[str]]:
    for start in range(0, len(prompts), AT_ONCE):
        encoded = [[*codec.bos, *codec.encode(prompt)] for prompt in prompts[start : start + AT_ONCE]]
        width = max(map(len, encoded))
        ids = torch.tensor([[codec.pad] * (width - len(row)) + row for row in encoded])
        mask = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in encoded])
        with quietly(model) as device:
            found = model.generate(
                input_ids=ids.to(device),
                attention_mask=mask.to(device),
                num_beams=beams,
                num_return_sequences=beams,
                do_sample=False,
                max_new_tokens=width * 3 // 2 + 16,
                pad_token_id=codec.pad,
                eos_token_id=codec.eos,
            )
        said = found[:, 1 if model.config.is_encoder_decoder else width :].view(len(encoded), beams, -1).tolist()
        for beam in said:
            yield list(dict.fromkeys(codec.decode(ids[: ids.index(codec.eos)]) for ids in beam if codec.eos in ids))


@contextmanager
def quietly(model: Any) -> Iterator[torch.device]:
    """The model on the machine's device as training computes it, without dropout and gradients."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    kind = precision.working_dtype()
    was = model.training
    model.to(device).eval()
    with torch.no_grad(), torch.autocast(device.type, kind, enabled=kind != torch.float32):
        yield device
    model.train(was)
