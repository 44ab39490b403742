"""The classifier's encoder in torch: the lower layers of the embedded base or a BERT from a hub or folder."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from peft import get_peft_model
from transformers import AutoModel, AutoTokenizer

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.engine.vocabulary import PAD, embedded_vocabulary
from bylostalo.inference.framing import Frame, Tokenize, embedded_frame
from bylostalo.training import precision
from bylostalo.training.base import EMBEDDED, embedded_model, with_adapter
from bylostalo.training.config import ClassifierConfig
from bylostalo.training.job import checkpoint_activations
from bylostalo.training.lora import lora_config


@dataclass(frozen=True)
class Encoder:
    """`hidden(ids, mask)` is `[rows, length, size]` for int64 ids and a 0/1 mask `[rows, length]`."""

    model: torch.nn.Module
    hidden: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
    tokenize: Tokenize
    frame: Frame
    pad: int
    size: int


def both_ways(mask: torch.Tensor) -> dict[str, torch.Tensor]:
    """Gemma's attention masks for attention in both directions: every token sees every real one."""
    seen = mask.bool()[:, None, None, :].expand(-1, 1, mask.shape[1], -1)
    return {"full_attention": seen, "sliding_attention": seen}


def _embedded(config: ClassifierConfig) -> Encoder:
    vocabulary = embedded_vocabulary()
    base = embedded_model(vocabulary, layers=config.layers).model.to(precision.working_dtype())
    if config.gradient_checkpointing:
        checkpoint_activations(base)
    model = with_adapter(base, config.adapter) if config.adapter else get_peft_model(base, lora_config(config, base))

    def hidden(ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        states: torch.Tensor = model(input_ids=ids, attention_mask=both_ways(mask), use_cache=False).last_hidden_state
        return states

    frame = embedded_frame(vocabulary)
    return Encoder(model, hidden, vocabulary.encode_with_offsets, frame, PAD, base.config.hidden_size)


def _bert(config: ClassifierConfig) -> Encoder:
    name = config.encoder
    try:
        model = AutoModel.from_pretrained(name, use_safetensors=True)
        tokenizer = AutoTokenizer.from_pretrained(name)
    except (OSError, ValueError) as error:
        place = "папка" if Path(name).exists() else "модель"
        raise BylostaloError(f"{place} {name} не загружается как энкодер: {str(error).splitlines()[0]}") from None
    if config.gradient_checkpointing:
        checkpoint_activations(model)

    def tokenize(text: str) -> tuple[list[int], list[tuple[int, int]]]:
        encoded = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
        return list(encoded["input_ids"]), [(int(a), int(b)) for a, b in encoded["offset_mapping"]]

    def hidden(ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        states: torch.Tensor = model(input_ids=ids, attention_mask=mask).last_hidden_state
        return states

    separator = (tokenizer.sep_token_id,)
    frame = Frame((tokenizer.cls_token_id,), separator, separator)
    return Encoder(model, hidden, tokenize, frame, tokenizer.pad_token_id, model.config.hidden_size)


def load_encoder(config: ClassifierConfig) -> Encoder:
    """`embedded`, a local folder or a hub name; the embedded base is trained through LoRA (a new one or that of the
    folder `adapter`), a BERT as a whole."""
    return _embedded(config) if config.encoder == EMBEDDED else _bert(config)
