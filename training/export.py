"""Makes the folder that inference loads: half-precision adapter, graph, heads, config."""

import json
import shutil
from pathlib import Path
from typing import Any

import onnx
import torch
from safetensors.torch import load_file, save_file

from bylostalo.inference.artifacts import GRAPH_FILE, embedded_geometry
from bylostalo.inference.engine.geometry import GEMMA_3_270M
from bylostalo.training.card import write_card
from bylostalo.training.classifier import HEADS_FILE
from bylostalo.training.graph import decoder_graph, encoder_graph
from bylostalo.training.labels import CODES, SPAN_CODES

ADAPTER = ("adapter_config.json", "adapter_model.safetensors")


def copy_adapter(source: Path, target: Path) -> None:
    """peft's adapter with weights in float16 (they lie far within its range)."""
    target.mkdir(parents=True, exist_ok=True)
    config = json.loads((source / ADAPTER[0]).read_text("utf-8"))
    config["base_model_name_or_path"] = "embedded"
    (target / ADAPTER[0]).write_text(json.dumps(config, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
    halves = {name: tensor.to(torch.float16) for name, tensor in load_file(source / ADAPTER[1]).items()}
    save_file(halves, target / ADAPTER[1])


def write_config(target: Path, config: dict[str, Any]) -> None:
    (target / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1), "utf-8")


def export_rewriter(run: Path, target: Path) -> None:
    """A finished rewriter run → a folder for `Rewriter.from_pretrained`."""
    copy_adapter(run / "adapter", target)
    figures = json.loads((run / "run.json").read_text("utf-8"))
    layers = GEMMA_3_270M.layers
    onnx.save(decoder_graph(embedded_geometry(layers), quantised=True), target / GRAPH_FILE)
    write_config(target, {"kind": "rewriter", "base": figures["config"]["base"], "layers": layers})
    shutil.copyfile(run / "run.json", target / "run.json")
    write_card("rewriter", figures, target)


def export_classifier(run: Path, target: Path, *, thresholds: list[float], span_thresholds: list[float]) -> None:
    """A finished classifier run → a folder for `Classifier.from_pretrained`."""
    figures = json.loads((run / "run.json").read_text("utf-8"))
    layers = figures["config"]["layers"]
    copy_adapter(run / "encoder", target)
    shutil.copyfile(run / HEADS_FILE, target / HEADS_FILE)
    onnx.save(encoder_graph(embedded_geometry(layers), quantised=True), target / GRAPH_FILE)
    write_config(
        target,
        {
            "kind": "classifier",
            "encoder": figures["config"]["encoder"],
            "layers": layers,
            "max_tokens": figures["config"]["max_tokens"],
            "codes": list(CODES),
            "span_codes": list(SPAN_CODES),
            "thresholds": thresholds,
            "span_thresholds": span_thresholds,
        },
    )
    shutil.copyfile(run / "run.json", target / "run.json")
    write_card("classifier", figures, target)
