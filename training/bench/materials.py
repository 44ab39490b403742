"""The rewriter's weights as each engine wants them."""

import json
import shutil
from pathlib import Path

HUB, CTRANSLATE, FOUR_BITS = "hub", "ctranslate2", "int4"


def write_four_bits(model: Path, target: Path) -> None:
    """The same rewriter with 4-bit matrices."""
    import onnx

    from bylostalo.inference.artifacts import GRAPH_FILE, embedded_geometry, read_config
    from bylostalo.training.graph import decoder_graph

    config = read_config(model)
    shutil.copytree(model, target)
    onnx.save(decoder_graph(embedded_geometry(config["layers"]), packing="nibbles"), target / GRAPH_FILE)
    (target / "config.json").write_text(json.dumps({**config, "packing": "nibbles"}), "utf-8")


def assemble(model: Path) -> None:
    """What the first start of the rewriter does: its weights into the cache."""
    from bylostalo.inference.adapters import opener

    opener()(model)


def write_hub(model: Path, target: Path) -> None:
    """The embedded base with the adapter of `model` merged in, float32, as transformers loads it."""
    from bylostalo.inference.engine.vocabulary import embedded_vocabulary
    from bylostalo.training.base import EMBEDDED
    from bylostalo.training.merging import hub_tokenizer, merged

    weights, _ = merged(EMBEDDED, model)
    weights.save_pretrained(target)
    tokenizer = hub_tokenizer(embedded_vocabulary())
    tokenizer.unk_token = tokenizer.pad_token  # nothing is unknown, thanks to byte pieces; CTranslate2 wants a name
    tokenizer.save_pretrained(target)


def write_ctranslate(hub: Path, target: Path) -> None:
    """The same weights converted to CTranslate2's int8."""
    from ctranslate2.converters import TransformersConverter

    TransformersConverter(str(hub)).convert(str(target), quantization="int8")
