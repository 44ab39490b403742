"""Makes the folder that inference loads: half-precision adapter, graph, heads, config."""

import json
import shutil
from pathlib import Path
from typing import Any

import onnx
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModel, AutoTokenizer

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.artifacts import GRAPH_FILE, embedded_geometry
from bylostalo.inference.encoder import BERT, EMBEDDED, TOKENIZER_FILE
from bylostalo.inference.engine.geometry import GEMMA_3_270M
from bylostalo.inference.engine.layout import Packing
from bylostalo.inference.ngrams import BUCKETS
from bylostalo.inference.templates.rules_file import HOUSE_FILE, read_rules, write_rules
from bylostalo.training.bert_graph import bert_graph
from bylostalo.training.card import write_card
from bylostalo.training.classifier import HEADS_FILE
from bylostalo.training.export_check import check_export
from bylostalo.training.folders import filled
from bylostalo.training.graph import decoder_graph, encoder_graph
from bylostalo.training.labels import CODES, SPAN_CODES
from bylostalo.training.merging import adapter_of, figures_of

ADAPTER = ("adapter_config.json", "adapter_model.safetensors")
NGRAMS_FILE = "ngrams.safetensors"


def copy_adapter(source: Path, target: Path) -> None:
    """peft's adapter with weights in float16 (they lie far within its range)."""
    target.mkdir(parents=True, exist_ok=True)
    config = json.loads((source / ADAPTER[0]).read_text("utf-8"))
    config["base_model_name_or_path"] = "embedded"
    (target / ADAPTER[0]).write_text(json.dumps(config, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
    halves = {name: tensor.to(torch.float16) for name, tensor in load_file(source / ADAPTER[1]).items()}
    save_file(halves, target / ADAPTER[1])


def write_json(path: Path, values: Any) -> None:
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1), "utf-8")


def write_config(target: Path, config: dict[str, Any]) -> None:
    write_json(target / "config.json", config)


def export_rewriter(run: Path, target: Path, *, packing: Packing = "columns", house: Path | None = None) -> None:
    """A finished rewriter run → a folder for `Rewriter.from_pretrained`, if its graph agrees with torch; with the rules
    of the company's `house`, where they are given."""
    rules = read_rules(house)
    figures = figures_of(run)
    base, layers = figures["config"]["base"], GEMMA_3_270M.layers
    if base != EMBEDDED:
        raise BylostaloError(f"{run}: для основы {base} графа нет, можно вынести её целиком: --merged ПАПКА")
    with filled(target) as folder:
        copy_adapter(adapter_of(run), folder)
        onnx.save(decoder_graph(embedded_geometry(layers), packing=packing), folder / GRAPH_FILE)
        write_config(folder, {"kind": "rewriter", "base": base, "layers": layers, "packing": packing})
        found = check_export(folder, layers=layers, packing=packing)
        write_json(folder / "parity.json", {kind: vars(one) for kind, one in found.items()})
        shutil.copyfile(run / "run.json", folder / "run.json")
        if house:
            write_rules(rules, folder / HOUSE_FILE)
        write_card("rewriter", figures, folder)
    for stale in ("metrics.json", *(() if house else (HOUSE_FILE,))):
        (target / stale).unlink(missing_ok=True)


def silent_ngrams() -> dict[str, torch.Tensor]:
    """N-grams that say nothing."""
    return {
        "weights": torch.zeros(BUCKETS, len(CODES), dtype=torch.float16),
        "rarity": torch.zeros(BUCKETS, dtype=torch.float16),
    }


def export_classifier(run: Path, target: Path) -> None:
    """A finished classifier run → a folder for `Classifier.from_pretrained`, not fitted yet."""
    figures = figures_of(run)
    with filled(target) as folder:
        shutil.copyfile(run / HEADS_FILE, folder / HEADS_FILE)
        save_file(silent_ngrams(), folder / NGRAMS_FILE)
        embedded = figures["config"]["encoder"] == EMBEDDED
        encoder = embedded_encoder(run, figures, folder) if embedded else bert_encoder(run, figures, folder)
        write_config(
            folder,
            {
                "kind": "classifier",
                **encoder,
                "max_tokens": figures["config"]["max_tokens"],
                "codes": list(CODES),
                "span_codes": list(SPAN_CODES),
                "thresholds": [0.5] * len(CODES),
                "span_thresholds": [0.5] * len(SPAN_CODES),
            },
        )
        shutil.copyfile(run / "run.json", folder / "run.json")
        write_card("classifier", figures, folder)
    (target / "metrics.json").unlink(missing_ok=True)


def embedded_encoder(run: Path, figures: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Adapter and graph; the weights are assembled on first use."""
    layers = figures["config"]["layers"]
    copy_adapter(run / "encoder", folder)
    onnx.save(encoder_graph(embedded_geometry(layers), packing="columns"), folder / GRAPH_FILE)
    return {"encoder": EMBEDDED, "layers": layers}


def bert_encoder(run: Path, figures: dict[str, Any], folder: Path) -> dict[str, Any]:
    """A graph with its weights inside, and the tokenizer."""
    model = AutoModel.from_pretrained(run / "encoder", use_safetensors=True)
    tokenizer = AutoTokenizer.from_pretrained(figures["config"]["encoder"])
    weights = {name: tensor.float().numpy() for name, tensor in model.state_dict().items()}
    onnx.save(bert_graph(weights, model.config), folder / GRAPH_FILE)
    tokenizer.backend_tokenizer.save(str(folder / TOKENIZER_FILE))
    return {"encoder": BERT, "frame": {"start": tokenizer.cls_token_id, "separator": tokenizer.sep_token_id}}
