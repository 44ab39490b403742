"""Training with rounded weights sees exactly the numbers that the exported 4-bit model has."""

import dataclasses

import numpy as np
import pytest
import torch
from peft import PeftModel, TaskType, get_peft_model
from peft.tuners.lora import Linear
from tiny_models import gemma, saved, sentences
from transformers import Gemma3ForCausalLM

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.engine.quantise import ZERO, quantise_columns
from bylostalo.training import rewriter, schedule
from bylostalo.training.base import load_base
from bylostalo.training.config import RewriterConfig
from bylostalo.training.lora import lora_config
from bylostalo.training.rewriter import collate, examples, sentence_pairs, sequence_terms, train_rewriter
from bylostalo.training.rounding import round_while_training, rounded, rounded_by_token


def test_rounding_is_that_of_the_packed_weights():
    weight = np.random.default_rng(0).normal(size=(24, 96)).astype(np.float32)
    weight[3] = 0
    codes, scales = quantise_columns(weight)
    np.testing.assert_allclose(rounded(torch.from_numpy(weight)).numpy(), codes.T * scales[:, None], atol=1e-6)


def test_inputs_are_rounded_by_token_and_gradients_pass():
    values = torch.randn(2, 3, 40, requires_grad=True)
    seen = rounded_by_token(values)
    codes = seen / values.detach().abs().amax(-1, keepdim=True) * (ZERO - 1)
    torch.testing.assert_close(codes.detach(), codes.detach().round(), atol=1e-3, rtol=0)
    assert (seen != values).any()
    seen.sum().backward()
    torch.testing.assert_close(values.grad, torch.ones_like(values))


@pytest.fixture
def adapted():
    torch.manual_seed(0)
    config = RewriterConfig(rank=4)
    base = gemma(64).float()
    return get_peft_model(base, lora_config(config, base, task_type=TaskType.CAUSAL_LM))


def test_weight_and_update_are_together_rounded_after_every_step(adapted):
    exact = {name: layer.get_base_layer().weight.clone() for name, layer in named(adapted)}
    round_while_training(adapted)
    ids = torch.arange(12).view(2, 6)
    optimizer = torch.optim.AdamW([p for p in adapted.parameters() if p.requires_grad], lr=0.1)
    for _ in range(3):
        loss = adapted(input_ids=ids, labels=ids).loss
        for name, layer in named(adapted):
            update = layer.get_delta_weight("default")
            expected = rounded((exact[name] + update).detach())
            torch.testing.assert_close((layer.get_base_layer().weight + update).detach(), expected)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert any(layer.get_delta_weight("default").abs().max() > 0.01 for _, layer in named(adapted))


def named(model):
    return [(name, layer) for name, layer in model.named_modules() if isinstance(layer, Linear)]


def loud(folder):
    """A model whose rounding is heard in its losses."""
    saved("gemma", folder)
    model = Gemma3ForCausalLM.from_pretrained(folder)
    with torch.no_grad():
        model.get_input_embeddings().weight.mul_(30)
    model.save_pretrained(folder)
    return str(folder)


def test_the_loss_of_a_run_is_that_of_the_merged_and_rounded_model(tmp_path, monkeypatch):
    monkeypatch.setattr(schedule, "mixed_precision", dict)
    monkeypatch.setattr(rewriter, "load_base", lambda name, dtype: load_base(name, dtype=torch.float32))
    config = RewriterConfig(
        base=loud(tmp_path / "model"),
        sentences=sentences(tmp_path, 24),
        output=str(tmp_path / "run"),
        epochs=2,
        batch_size=4,
        learning_rate=1e-2,
        rounded=True,
        report_to="none",
    )
    figures = train_rewriter(config)
    base, codec = load_base(config.base, dtype=torch.float32)
    merged = PeftModel.from_pretrained(base, tmp_path / "run" / "adapter").merge_and_unload()
    plain = loss_of(merged, config, codec)
    with torch.no_grad():
        for name, layer in merged.named_modules():
            if name.endswith("proj"):
                layer.weight.copy_(rounded(layer.weight))
                layer.register_forward_pre_hook(lambda _, inputs: (rounded_by_token(inputs[0]),))
    told = [entry["eval_loss"] for entry in figures["log"] if "eval_loss" in entry][-1]
    assert abs(loss_of(merged, config, codec) - told) < abs(plain - told) / 20


def loss_of(model, config, codec):
    rows = examples(sentence_pairs(config), config, "validation", codec, joined=True)
    with torch.no_grad():
        terms = sequence_terms(model.eval(), collate(rows, codec.pad), base=model, label_smoothing=0.0)
    totals, counts = terms.sum((0, 1))
    return float(totals / counts)


def test_dora_is_refused(tmp_path):
    config = dataclasses.replace(RewriterConfig(), rounded=True, lora="dora", output=str(tmp_path))
    with pytest.raises(BylostaloError, match="dora"):
        train_rewriter(config)
