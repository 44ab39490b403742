"""A training that was killed and resumed says what an uninterrupted one says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from killed_runs import MOMENTS
from safetensors.torch import load_file
from tiny_models import corpus, saved, sentences

from bylostalo.data.errors import BylostaloError
from bylostalo.training.config import RewriterConfig
from bylostalo.training.rewriter import train_rewriter
from bylostalo.training.run import checkpoints

SHORT = {"epochs": 2, "batch_size": 8, "checkpoint_steps": 3, "report_to": "none"}
EXACT = ("loss", "eval_loss", "grad_norm", "learning_rate")


def figures(folder):
    """Every logged figure by its step; a step may have losses of training and of evaluation."""
    log = json.loads((folder / "run.json").read_text("utf-8"))["log"]
    return {(entry["step"], key): entry[key] for entry in log for key in EXACT if key in entry}


def killed_and_resumed(config, tmp_path, moments):
    """The folders of an uninterrupted training and of those killed and resumed."""
    (tmp_path / "config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    script = Path(__file__).with_name("killed_runs.py")
    done = subprocess.run([sys.executable, script, tmp_path, *moments], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return tmp_path / "whole", [tmp_path / moment for moment in moments]


def same_tensors(first, second):
    one, other = load_file(first), load_file(second)
    return one.keys() == other.keys() and all(tensor.allclose(other[name], atol=1e-6) for name, tensor in one.items())


def test_a_rewriter_killed_at_any_moment_resumes_with_the_same_losses(tmp_path):
    base = str(saved("gemma", tmp_path / "model"))
    data = {"sentences": sentences(tmp_path, 14), "reverse_share": 0.0}
    config = {**SHORT, **data, "base": base, "dropout": 0.1, "batch_size": 2}
    whole, resumed = killed_and_resumed(config, tmp_path, MOMENTS)
    expected = figures(whole)
    assert sum(key == "eval_loss" for _, key in expected) == 2 and sum(key == "loss" for _, key in expected) >= 4
    for folder in resumed:
        assert figures(folder) == pytest.approx(expected, rel=0, abs=1e-6), folder.name
        adapter = Path("adapter", "adapter_model.safetensors")
        assert same_tensors(whole / adapter, folder / adapter), folder.name


def test_a_classifier_killed_in_training_resumes_with_the_same_losses(tmp_path):
    config = {**SHORT, "encoder": str(saved("bert", tmp_path / "model")), "corpus": corpus(tmp_path)}
    moments = ["in a step after a checkpoint", "while a checkpoint is written"]
    whole, resumed = killed_and_resumed(config, tmp_path, moments)
    for folder in resumed:
        assert figures(folder) == pytest.approx(figures(whole), rel=0, abs=1e-6), folder.name
        assert same_tensors(whole / "heads.safetensors", folder / "heads.safetensors"), folder.name


def checkpoint(output, step, state):
    folder = output / f"checkpoint-{step}"
    folder.mkdir(parents=True)
    if state is not None:
        (folder / "trainer_state.json").write_text(state, "utf-8")
    return folder


def test_half_written_checkpoints_are_passed_over(tmp_path):
    whole = [checkpoint(tmp_path, step, "{}") for step in (20, 100)]
    checkpoint(tmp_path, 200, '{"epoch": 0.')
    checkpoint(tmp_path, 300, None)
    assert checkpoints(tmp_path) == whole


def test_an_interrupted_training_is_not_overwritten(tmp_path):
    checkpoint(tmp_path / "run", 20, "{}")
    base = str(saved("gemma", tmp_path / "model"))
    with pytest.raises(BylostaloError, match="--resume"):
        train_rewriter(RewriterConfig(base=base, sentences=sentences(tmp_path, 4), output=str(tmp_path / "run")))
    assert (tmp_path / "run" / "checkpoint-20").is_dir()
