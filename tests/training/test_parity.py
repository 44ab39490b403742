"""An exported graph against torch: merging, packing, and the refusal of a bad conversion."""

import numpy as np
import pytest
import torch
from conftest import TINY
from peft import LoraConfig, get_peft_model
from transformers import Gemma3ForCausalLM

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.engine.adapter import NO_ADAPTER, load_adapter
from bylostalo.inference.engine.layout import layout
from bylostalo.inference.engine.session import load_decoder
from bylostalo.inference.engine.vocabulary import embedded_vocabulary
from bylostalo.training.base import gemma_config
from bylostalo.training.export_check import write_graph
from bylostalo.training.parity import BOUNDS, Parity, parity, require, rows

GIVEN = [(row[:4], row[4:]) for row in np.random.default_rng(3).integers(3, TINY.vocabulary, size=(8, 24)).tolist()]
PACKINGS = ("exact", "columns", "nibbles")


def copy_of(model):
    copied = Gemma3ForCausalLM(gemma_config(TINY)).eval()
    copied.load_state_dict(model.state_dict())
    return copied


def measured(model, graph):
    return parity(model, load_decoder(graph, TINY, threads=1), GIVEN)


@pytest.fixture(scope="module", params=PACKINGS)
def packed(request, tiny_gemma, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    return request.param, write_graph(folder, tiny_gemma, TINY, NO_ADAPTER, packing=request.param)


def test_a_finer_packing_is_nearer(tiny_gemma, tmp_path):
    found = []
    for packing in PACKINGS:
        folder = tmp_path / packing
        folder.mkdir()
        found.append(measured(tiny_gemma, write_graph(folder, tiny_gemma, TINY, NO_ADAPTER, packing=packing)))
    exact, whole, nibbles = found
    assert exact.tokens == 8 * 21 and exact.equal == 1.0 and exact.largest < 1e-3
    assert exact.divergence < whole.divergence < nibbles.divergence
    assert whole.equal > 0.9 and nibbles.equal > 0.5
    require(exact, packing="exact")


def corrupt(graph, name, *, packing):
    """Turn one tensor of the weight file round."""
    (place,) = (tensor for tensor in layout(TINY, packing=packing) if tensor.name == name)
    weights = graph.parent / "weights.bin"
    stored = np.memmap(weights, dtype=place.dtype, mode="r+", offset=place.offset, shape=place.shape)
    stored[:] = stored[::-1].copy()
    stored.flush()


def test_one_broken_tensor_is_refused(packed, tiny_gemma):
    packing, graph = packed
    whole = measured(tiny_gemma, graph)
    if packing != "nibbles":
        require(whole, packing=packing)
    corrupt(graph, "layers.3.down.weight" if packing == "exact" else "layers.3.down.codes", packing=packing)
    broken = measured(tiny_gemma, graph)
    assert broken.divergence > 3 * whole.divergence
    with pytest.raises(BylostaloError, match="не прошёл сверку с torch") as refused:
        require(broken, packing=packing)
    assert "\n" not in str(refused.value) and BOUNDS[packing].title in str(refused.value)


def test_nan_is_refused():
    with pytest.raises(BylostaloError):
        require(Parity(10, 1.0, float("nan"), float("nan")), packing="columns")


@pytest.mark.parametrize("variant", [{}, {"use_dora": True}, {"use_rslora": True}])
def test_adapters_are_merged_as_peft_merges_them(variant, tiny_gemma, tmp_path):
    torch.manual_seed(1)
    config = LoraConfig(r=4, lora_alpha=12, target_modules="all-linear", trainable_token_indices=[7, 11], **variant)
    model = get_peft_model(copy_of(tiny_gemma), config)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_B" in name or "magnitude" in name or "tokens_delta" in name:
                parameter.add_(torch.rand_like(parameter) * 0.1)
    model.save_pretrained(tmp_path / "adapter")
    graph = write_graph(tmp_path, tiny_gemma, TINY, load_adapter(tmp_path / "adapter"), packing="exact")
    merged = model.merge_and_unload().eval()
    assert measured(tiny_gemma, graph).divergence > 1e-3
    require(measured(merged, graph), packing="exact")


def test_every_task_is_among_the_rows():
    given = rows(embedded_vocabulary())
    assert len({prompt[1] for prompt, _ in given}) == 3 and sum(len(answer) for _, answer in given) > 100
