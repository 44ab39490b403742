"""Every config end to end on a tiny random model of its architecture: train, evaluate, save, load, generate."""

import json
import math

import pytest
import torch
from peft import PeftModel
from preferences import add_candidates, start
from safetensors.torch import load_file
from test_config import PATHS, PREFERENCE, kind_at
from tiny_models import corpus, gemma, saved, sentences
from transformers import AutoModel, AutoTokenizer

from bylostalo.inference.prompts import sentence_prompt
from bylostalo.training.base import load_base
from bylostalo.training.config import PreferenceConfig, RewriterConfig, load_config
from bylostalo.training.preparing import prepare
from bylostalo.training.run import run

ARCHITECTURES = {
    "rewriter/embedded": "gemma",
    "rewriter/causal": "qwen",
    "rewriter/rut5-base": "t5",
    "rewriter/fred-t5-large": "t5",
    "rewriter/t5gemma-2-270m": "t5gemma2",
    "rewriter/preference": "gemma",
    "classifier/embedded": "gemma",
    "classifier/rubert-base": "bert",
    "classifier/rubert-tiny2": "bert",
    "encoder/small": "bert",
}
SHORT = ["epochs=1", "batch_size=8", "checkpoint_steps=4", "report_to=none"]


def name(path):
    return f"{path.parent.name}/{path.stem}"


@pytest.fixture
def tiny_embedded(monkeypatch):
    """The embedded base of two narrow layers."""

    def tiny(vocabulary, *, layers=2):
        torch.manual_seed(0)
        return gemma(len(vocabulary), layers=min(layers, 2))

    monkeypatch.setattr("bylostalo.training.base.embedded_model", tiny)
    monkeypatch.setattr("bylostalo.training.encoder.embedded_model", tiny)


def overrides(path, tmp_path):
    output = [f"output={tmp_path / 'run'}"]
    if name(path) == "encoder/small":
        small = ["base_embeddings=false", "hidden=32", "heads=2", "layers=2", "max_tokens=32"]
        return [*SHORT, *output, *small, f"corpus={corpus(tmp_path)}"]
    if path.stem == PREFERENCE:
        begun = [f"{key}={value}" for key, value in start(tmp_path).items()]
        return [*SHORT, *output, *begun, f"sentences={sentences(tmp_path, 16)}"]
    key = "base" if path.parent.name == "rewriter" else "encoder"
    model = "embedded" if path.stem == "embedded" else saved(ARCHITECTURES[name(path)], tmp_path / "model")
    data = [f"sentences={sentences(tmp_path, 16)}"]
    if path.parent.name == "classifier":
        data = [f"corpus={corpus(tmp_path)}", "contrasts=", "sentences="]
    return [*SHORT, *output, *data, f"{key}={model}"]


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_a_config_trains_end_to_end(path, tmp_path, tiny_embedded):
    config = load_config(kind_at(path), path, overrides(path, tmp_path))
    if isinstance(config, PreferenceConfig):
        add_candidates(config)
    figures = run(config, prepare(config), resume=False)
    losses = [entry["eval_loss"] for entry in figures["log"] if "eval_loss" in entry]
    assert losses and all(math.isfinite(loss) for loss in losses)
    output = tmp_path / "run"
    assert json.loads((output / "run.json").read_text("utf-8"))["log"] == figures["log"]
    {"rewriter": generates, "classifier": encodes, "encoder": is_an_encoder}[path.parent.name](config, output)


def generates(config: RewriterConfig | PreferenceConfig, output):
    """The saved adapter goes onto a fresh base and moves its logits; the model generates ids of its vocabulary."""
    base, codec = load_base(config.base, dtype=torch.float32)
    base.eval()
    prompt = torch.tensor([[*codec.bos, *codec.encode(sentence_prompt("Ваш запрос принят в работу."))]])
    start = {"decoder_input_ids": prompt[:, :1]} if base.config.is_encoder_decoder else {}
    with torch.no_grad():
        before = base(input_ids=prompt, **start).logits
    model = PeftModel.from_pretrained(base, output / "adapter").eval()
    with torch.no_grad():
        after = model(input_ids=prompt, **start).logits
    assert not torch.equal(before, after)
    ids = model.generate(input_ids=prompt, max_new_tokens=4, do_sample=False, pad_token_id=codec.pad)
    assert ids.shape[0] == 1 and int(ids.max()) < base.get_input_embeddings().weight.shape[0]
    weights = load_file(output / "adapter" / "adapter_model.safetensors")
    assert not any("vision" in key or "embed_tokens.weight" in key or "shared.weight" in key for key in weights)
    assert any("trainable_tokens_delta" in key for key in weights)
    task = json.loads((output / "adapter" / "adapter_config.json").read_text("utf-8"))["task_type"]
    assert task == ("SEQ_2_SEQ_LM" if base.config.is_encoder_decoder else "CAUSAL_LM")


def encodes(config, output):
    heads = load_file(output / "heads.safetensors")
    assert set(heads) == {"codes", "codes_bias", "spans", "spans_bias"}
    assert all(torch.isfinite(tensor).all() for tensor in heads.values())
    assert list((output / "encoder").glob("*.safetensors"))


def is_an_encoder(config, output):
    model, tokenizer = AutoModel.from_pretrained(output), AutoTokenizer.from_pretrained(output)
    encoded = tokenizer("Проверим", return_tensors="pt")
    assert model(input_ids=encoded["input_ids"]).last_hidden_state.shape[-1] == config.hidden


def test_no_config_is_left_out():
    assert set(ARCHITECTURES) == {name(path) for path in PATHS}
