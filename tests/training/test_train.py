"""Both trainers end to end on tiny random models saved in the hub's format."""

import json
import logging
from dataclasses import replace

import pytest
import torch
from safetensors.torch import load_file
from tiny_models import corpus, saved, sentences

from bylostalo.data.errors import BylostaloError
from bylostalo.training.base import load_base
from bylostalo.training.classifier import prepare_classifier, train_classifier
from bylostalo.training.config import ClassifierConfig, RewriterConfig
from bylostalo.training.rewriter import IGNORED, encode, fitting, train_rewriter


@pytest.fixture(scope="module")
def gemma_folder(tmp_path_factory):
    return saved("gemma", tmp_path_factory.mktemp("gemma"))


@pytest.fixture(scope="module")
def bert_folder(tmp_path_factory):
    return saved("bert", tmp_path_factory.mktemp("bert"))


def test_rewriter_trains_checkpoints_and_resumes(gemma_folder, tmp_path):
    output = tmp_path / "run"
    config = RewriterConfig(
        base=str(gemma_folder),
        sentences=sentences(tmp_path),
        output=str(output),
        epochs=1,
        batch_size=8,
        checkpoint_steps=2,
    )
    figures = train_rewriter(config)
    assert figures["train_examples"] > 40
    assert (output / "adapter" / "adapter_model.safetensors").is_file()
    assert json.loads((output / "run.json").read_text("utf-8"))["corpus_sha256"] == figures["corpus_sha256"]
    again = train_rewriter(config, resume=True)
    assert again["corpus_sha256"] == figures["corpus_sha256"]
    assert again["hours"] <= figures["hours"] + 0.01


def test_classifier_trains_on_a_bert_folder(bert_folder, tmp_path):
    output = tmp_path / "run"
    config = ClassifierConfig(
        encoder=str(bert_folder), corpus=corpus(tmp_path), output=str(output), epochs=1, batch_size=8
    )
    figures = train_classifier(config)
    assert figures["train_rows"] >= 24
    assert (output / "heads.safetensors").is_file() and (output / "encoder" / "model.safetensors").is_file()
    heads, further = load_file(output / "heads.safetensors"), replace(config, encoder=str(output / "encoder"))
    model = prepare_classifier(replace(further, output=str(tmp_path / "further"))).model
    assert torch.equal(model.spans.weight, heads["spans"]) and torch.equal(model.spans.bias, heads["spans_bias"])
    assert torch.equal(model.codes.weight, heads["codes"][:, : model.codes.in_features])
    fresh = prepare_classifier(replace(config, output=str(tmp_path / "fresh"))).model
    assert not torch.equal(fresh.codes.weight, model.codes.weight)


def test_loss_is_on_the_target_only(gemma_folder):
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
    with pytest.raises(BylostaloError, match="no/such"):
        load_base("no/such/folder", dtype=torch.float32)


def test_broken_data_is_refused(tmp_path):
    folder = tmp_path / "sentences"
    folder.mkdir()
    (folder / "plain.jsonl").write_text("{broken\n", "utf-8")
    with pytest.raises(BylostaloError, match=r"plain\.jsonl:1"):
        train_rewriter(RewriterConfig(sentences=str(folder), output=str(tmp_path / "run")))
