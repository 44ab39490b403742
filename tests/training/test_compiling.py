"""Compiled blocks: which, when, and that they say the same."""

import pytest
import torch
from peft import TaskType, get_peft_model
from tiny_models import MAKERS

from bylostalo.training.compiling import WORTH, blocks, can_compile, compile_blocks
from bylostalo.training.config import RewriterConfig
from bylostalo.training.lora import lora_config


def tiny():
    torch.manual_seed(0)
    return MAKERS["gemma"](64)


def test_the_blocks_are_the_layers():
    assert [type(block).__name__ for block in blocks(tiny())] == ["Gemma3DecoderLayer"] * len(tiny().model.layers)


def test_a_short_training_compiles_nothing(monkeypatch):
    monkeypatch.setattr(torch.nn.Module, "compile", lambda *_, **__: pytest.fail("compiled"))
    assert not compile_blocks(tiny(), steps=WORTH - 1)


def test_without_a_compiler_nothing_is_compiled(monkeypatch):
    monkeypatch.setenv("CXX", "no-such-compiler")
    assert not compile_blocks(tiny(), steps=WORTH)


@pytest.mark.skipif(not can_compile(), reason="needs a C++ compiler and Python's headers")
def test_compiled_blocks_say_and_learn_the_same():
    def read(compiled):
        model = get_peft_model(tiny(), lora_config(RewriterConfig(), tiny(), task_type=TaskType.CAUSAL_LM))
        assert compile_blocks(model, steps=WORTH) if compiled else True
        ids = torch.arange(3, 33).reshape(2, 15)
        loss = model(input_ids=ids, labels=ids, use_cache=False).loss
        loss.backward()
        return loss, [p.grad for p in model.parameters() if p.grad is not None]

    (loss, gradients), (same, others) = read(compiled=False), read(compiled=True)
    assert torch.allclose(loss, same, rtol=1e-5)
    assert len(gradients) == len(others) > 0
    assert all(torch.allclose(a, b, rtol=1e-3, atol=1e-6) for a, b in zip(gradients, others, strict=True))
