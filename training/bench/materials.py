"""The rewriter's merged weights in the formats of other engines."""

from pathlib import Path

HUB, CTRANSLATE = "hub", "ctranslate2"


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
