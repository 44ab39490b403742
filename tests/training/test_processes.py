"""Two processes with half the batch each train as one process with the whole batch, and one of them writes."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from preferences import add_candidates, start
from test_resume import figures
from tiny_models import ROOT, corpus, saved, sentences

from bylostalo.training.config import PreferenceConfig

SCRIPT = Path(__file__).with_name("float32_runs.py")
SHORT = {"epochs": 2, "checkpoint_steps": 2, "report_to": "none"}


def written(folder, data, *, batch_size):
    """A folder with the configs of trainings, each with an output of its own."""
    folder.mkdir()
    for name, keys in data.items():
        config = {**SHORT, **keys, "batch_size": batch_size, "output": str(folder / "runs" / name)}
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(config), "utf-8")
        if name == "preference":
            add_candidates(PreferenceConfig(**config))
    return folder


def launched(folder, *, processes):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    accelerate = [sys.executable, "-m", "accelerate.commands.launch"]
    options = ["--config_file", ROOT / "configs" / "accelerate" / "two_cpu.yaml", "--main_process_port", str(port)]
    launch = [*accelerate, *options] if processes == 2 else [sys.executable]
    done = subprocess.run(
        [*launch, SCRIPT, folder],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return folder / "runs"


def without_dropout(folder):
    path = folder / "config.json"
    none = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **none}), "utf-8")
    return str(folder)


def test_two_processes_train_as_one(tmp_path):
    data = {
        "rewriter": {
            "base": str(saved("gemma", tmp_path / "gemma")),
            "sentences": sentences(tmp_path, 40),
            "reverse_share": 0.0,
        },
        "preference": {
            **start(tmp_path / "start"),
            "sentences": sentences(tmp_path / "start", 40),
            "learning_rate": 1e-3,
        },
        "classifier": {"encoder": without_dropout(saved("bert", tmp_path / "bert")), "corpus": corpus(tmp_path, 30)},
    }
    one = launched(written(tmp_path / "one", data, batch_size=8), processes=1)
    two = launched(written(tmp_path / "two", data, batch_size=4), processes=2)
    for name in data:
        expected = figures(one / name)
        assert sum(key == "eval_loss" for _, key in expected) == 2
        assert figures(two / name) == pytest.approx(expected, rel=1e-4), name
        last = max((two / name).glob("checkpoint-*"), key=lambda folder: folder.stat().st_mtime)
        assert {path.name for path in last.glob("rng_state*")} == {"rng_state_0.pth", "rng_state_1.pth"}
    wrote = {path.name: path.read_text("utf-8").split() for path in two.parent.rglob("wrote.*")}
    assert set(wrote) == {"wrote.first"}
