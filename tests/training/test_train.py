"""Both trainers end to end on tiny random models saved in the hub's format."""

import json
import logging
from pathlib import Path

import pytest
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel, Gemma3ForCausalLM, PreTrainedTokenizerFast

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.engine.geometry import Geometry
from bylostalo.training.base import gemma_config, load_base
from bylostalo.training.classifier import train_classifier
from bylostalo.training.config import ClassifierConfig, RewriterConfig
from bylostalo.training.rewriter import IGNORED, encode, fitting, train_rewriter

ROOT = Path(__file__).parents[2]
TOKENIZER = ROOT / "inference" / "weights" / "tokenizer" / "tokenizer.json"


def fast_tokenizer() -> PreTrainedTokenizerFast:
    return PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_file(str(TOKENIZER)),
        pad_token="<pad>",
        eos_token="<eos>",
        bos_token="<bos>",
        cls_token="<bos>",
        sep_token="<eos>",
    )


@pytest.fixture(scope="module")
def gemma_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gemma")
    tokenizer = fast_tokenizer()
    geometry = Geometry(
        layers=2, hidden=32, intermediate=48, heads=2, kv_heads=1, head_dim=16, vocabulary=len(tokenizer), window=64
    )
    Gemma3ForCausalLM(gemma_config(geometry)).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def bert_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bert")
    tokenizer = fast_tokenizer()
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48
    )
    BertModel(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def some(source, target, count):
    target.mkdir()
    lines = source.read_text("utf-8").splitlines()[:count]
    (target / source.name).write_text("\n".join(lines) + "\n", "utf-8")
    return str(target)


def test_rewriter_trains_checkpoints_and_resumes(gemma_folder, tmp_path):
    sentences = some(ROOT / "data" / "sentences" / "plain.jsonl", tmp_path / "sentences", 40)
    output = tmp_path / "run"
    config = RewriterConfig(
        base=str(gemma_folder), sentences=sentences, output=str(output), epochs=1, batch_size=8, checkpoint_steps=2
    )
    figures = train_rewriter(config)
    assert figures["train_examples"] > 40
    assert (output / "adapter" / "adapter_model.safetensors").is_file()
    assert json.loads((output / "run.json").read_text("utf-8"))["corpus_sha256"] == figures["corpus_sha256"]
    again = train_rewriter(config, resume=True)
    assert again["corpus_sha256"] == figures["corpus_sha256"]
    assert again["hours"] <= figures["hours"] + 0.01


def test_classifier_trains_on_a_bert_folder(bert_folder, tmp_path):
    corpus = some(ROOT / "data" / "corpus" / "telecom.jsonl", tmp_path / "corpus", 24)
    output = tmp_path / "run"
    config = ClassifierConfig(encoder=str(bert_folder), corpus=corpus, output=str(output), epochs=1, batch_size=8)
    figures = train_classifier(config)
    assert figures["train_rows"] >= 24
    assert (output / "heads.safetensors").is_file() and (output / "encoder" / "model.safetensors").is_file()


def test_loss_is_on_the_target_only(gemma_folder):
    import torch

    from bylostalo.training.examples import Example

    _, codec = load_base(str(gemma_folder), dtype=torch.float32)
    row = encode(Example("да", "нет"), codec, joined=True)
    target = [*codec.encode("нет"), codec.eos]
    assert row["labels"][-len(target) :] == target
    assert set(row["labels"][: -len(target)]) == {IGNORED}
    assert len(row["labels"]) == len(row["input_ids"])


def test_what_does_not_fit_is_counted_aloud(caplog):
    rows = [{"input_ids": [1] * size, "labels": [1] * size} for size in (3, 50, 4)]
    with caplog.at_level(logging.WARNING):
        assert fitting(rows, max_tokens=10) == [rows[0], rows[2]]
    assert "1 из 3" in caplog.text


def test_a_wrong_base_is_one_clear_line():
    import torch

    with pytest.raises(BylostaloError, match="no/such"):
        load_base("no/such/folder", dtype=torch.float32)


def test_broken_data_is_refused(tmp_path):
    folder = tmp_path / "sentences"
    folder.mkdir()
    (folder / "plain.jsonl").write_text("{broken\n", "utf-8")
    with pytest.raises(BylostaloError, match=r"plain\.jsonl:1"):
        train_rewriter(RewriterConfig(sentences=str(folder), output=str(tmp_path / "run")))
