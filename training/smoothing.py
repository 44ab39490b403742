"""Measures the divisors of `inference/engine/smoothing.py` on the embedded base with the shipped adapter.

python -m bylostalo.training.smoothing
"""

from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import Gemma3ForCausalLM

from bylostalo.data.reading import read_sentences
from bylostalo.data.splits import effective_split
from bylostalo.inference.artifacts import SHIPPED, model_folder
from bylostalo.inference.engine.geometry import GEMMA_3_270M, Geometry
from bylostalo.inference.engine.smoothing import SMOOTHING_FILE
from bylostalo.inference.engine.vocabulary import BOS, embedded_vocabulary
from bylostalo.training.base import embedded_model, with_adapter
from bylostalo.training.choosing import sample
from bylostalo.training.examples import build

ALPHA = 0.6
"""How much of the unevenness of the activations goes over to the weights."""
PAIRS = 300
READERS = {
    "qkv": ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
    "output": ("self_attn.o_proj",),
    "gate_up": ("mlp.gate_proj", "mlp.up_proj"),
    "down": ("mlp.down_proj",),
}


def readers(model: Gemma3ForCausalLM) -> dict[str, list[torch.nn.Module]]:
    """The linear layers that read the same channels, by the name of their divisors."""
    found = {
        f"layers.{layer}.{name}": [block.get_submodule(path) for path in paths]
        for layer, block in enumerate(model.model.layers)
        for name, paths in READERS.items()
    }
    return {**found, "head": [model.lm_head]}


@torch.inference_mode()
def largest_inputs(
    model: Gemma3ForCausalLM, layers: dict[str, list[torch.nn.Module]], rows: Sequence[Sequence[int]]
) -> dict[str, torch.Tensor]:
    """The largest absolute value of every channel `[inputs]` while the model reads the rows of token ids."""
    found: dict[str, torch.Tensor] = {}

    def watch(name: str, states: torch.Tensor) -> None:
        largest = states.abs().flatten(0, -2).amax(0)
        found[name] = torch.maximum(found[name], largest) if name in found else largest

    handles = [
        first.register_forward_pre_hook(lambda _, inputs, name=name: watch(name, inputs[0]))
        for name, (first, *_) in layers.items()
    ]
    for row in rows:
        model(torch.tensor([list(row)]))
    for handle in handles:
        handle.remove()
    return found


def shared_by_heads(divisors: torch.Tensor, geometry: Geometry) -> torch.Tensor:
    """The largest of the heads that read the same values, for all of them."""
    grouped = divisors.view(geometry.kv_heads, -1, geometry.head_dim)
    return grouped.amax(1, keepdim=True).expand_as(grouped).reshape(-1)


def smoothing(
    model: Gemma3ForCausalLM, geometry: Geometry, rows: Sequence[Sequence[int]], *, alpha: float = ALPHA
) -> dict[str, torch.Tensor]:
    """Divisors `[inputs]` by name: the largest input to the power of alpha by the largest weight to the power of
    1 - alpha; their median is 1."""
    layers = readers(model)
    divisors = {}
    for name, inputs in largest_inputs(model, layers, rows).items():
        weights = torch.stack([layer.get_parameter("weight").detach().abs().amax(0) for layer in layers[name]]).amax(0)
        found = inputs.clamp_min(1e-5) ** alpha / weights.clamp_min(1e-5) ** (1 - alpha)
        found = shared_by_heads(found, geometry) if name.endswith(".output") else found
        divisors[name] = (found / found.median()).clamp_min(1e-3).half()
    return divisors


def main() -> None:
    vocabulary = embedded_vocabulary()
    adapted = with_adapter(embedded_model(vocabulary), str(model_folder(None, "rewriter")))
    pairs, _ = read_sentences(Path("data/sentences"))
    some = sample([pair for pair in pairs if effective_split(pair) == "train"], PAIRS)
    rows = [
        [BOS, *vocabulary.encode(example.prompt), *vocabulary.encode(example.target)]
        for example in build(some, seed=0, reverse_share=1.0)
    ]
    found = smoothing(adapted.merge_and_unload().eval(), GEMMA_3_270M, rows)
    save_file(found, Path(str(SHIPPED)) / SMOOTHING_FILE)


if __name__ == "__main__":
    main()
