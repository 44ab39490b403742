"""A base with the adapter merged in, as any program of the hub's format loads it."""

import json
from pathlib import Path
from typing import Any

import torch
from tokenizers import AddedToken, Tokenizer
from tokenizers.processors import TemplateProcessing
from transformers import PreTrainedTokenizerFast

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.engine.layout import POSITIONS
from bylostalo.inference.engine.vocabulary import BOS, Vocabulary
from bylostalo.inference.reserved import RESERVED
from bylostalo.training.base import Codec, load_base, with_adapter
from bylostalo.training.card import write_card
from bylostalo.training.folders import filled


def figures_of(run: Path) -> dict[str, Any]:
    """What a finished run says of itself."""
    try:
        figures = json.loads((run / "run.json").read_text("utf-8"))
        return {**figures, "config": dict(figures["config"])}
    except (OSError, ValueError, KeyError, TypeError):
        raise BylostaloError(f"{run}: здесь нет законченного обучения (нужен run.json)") from None


def adapter_of(run: Path) -> Path:
    """The adapter of a run, or of a folder that was exported from one."""
    return run / "adapter" if (run / "adapter").is_dir() else run


def merged(base: str, adapter: Path) -> tuple[Any, Codec]:
    """The model with the adapter's updates added to its weights, float32, and its codec."""
    model, codec = load_base(base, dtype=torch.float32)
    return with_adapter(model, str(adapter)).merge_and_unload().eval(), codec


def hub_tokenizer(vocabulary: Vocabulary) -> PreTrainedTokenizerFast:
    """The embedded vocabulary in the hub's format: the same ids, BOS put first. «▁» in a text becomes a space there."""
    tokenizer = Tokenizer.from_str(vocabulary.tokenizer.to_str())
    tokenizer.add_tokens([AddedToken(character, normalized=False, special=False) for character in RESERVED])
    tokenizer.post_processor = TemplateProcessing(single="<bos> $A", special_tokens=[("<bos>", BOS)])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token="<pad>",
        eos_token="<eos>",
        bos_token="<bos>",
        model_max_length=POSITIONS,
        clean_up_tokenization_spaces=False,
    )


def export_merged(run: Path, target: Path) -> None:
    """A finished rewriter run → a folder in the hub's format: bfloat16 safetensors, tokenizer, card."""
    figures = figures_of(run)
    model, codec = merged(figures["config"]["base"], adapter_of(run))
    known = codec.tokenizer
    tokenizer = hub_tokenizer(known) if isinstance(known, Vocabulary) else known
    with filled(target) as folder:
        model.to(torch.bfloat16).save_pretrained(folder)
        tokenizer.save_pretrained(folder)
        write_card("merged", figures, folder)
