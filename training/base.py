"""The base model in torch: the embedded one, a local folder or a hub name."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from peft import PeftModel
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoModelForSeq2SeqLM,
    AutoTokenizer,
    Gemma3ForCausalLM,
    Gemma3TextConfig,
    PreTrainedModel,
)

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.engine.base import final_norm_name, read_rows, read_tensor
from bylostalo.inference.engine.geometry import GEMMA_3_270M, Geometry
from bylostalo.inference.engine.vocabulary import BOS, EOS, PAD, Vocabulary, embedded_vocabulary
from bylostalo.inference.reserved import RESERVED

EMBEDDED = "embedded"


@dataclass(frozen=True)
class Codec:
    """Text to ids for any base; `bos` is empty where the model has none."""

    tokenizer: Any
    bos: tuple[int, ...]
    eos: int
    pad: int
    reserved: tuple[int, ...]

    def encode(self, text: str) -> list[int]:
        if isinstance(self.tokenizer, Vocabulary):
            return self.tokenizer.encode(text)
        return list(self.tokenizer.encode(text, add_special_tokens=False))

    def decode(self, ids: list[int]) -> str:
        if isinstance(self.tokenizer, Vocabulary):
            return self.tokenizer.decode(ids)
        return str(self.tokenizer.decode(ids, skip_special_tokens=False))


def gemma_config(geometry: Geometry) -> Gemma3TextConfig:
    """The geometry as transformers spells it."""
    layer_types = [
        "full_attention" if geometry.attends_fully(layer) else "sliding_attention" for layer in range(geometry.layers)
    ]
    return Gemma3TextConfig(
        vocab_size=geometry.vocabulary,
        hidden_size=geometry.hidden,
        intermediate_size=geometry.intermediate,
        num_hidden_layers=geometry.layers,
        num_attention_heads=geometry.heads,
        num_key_value_heads=geometry.kv_heads,
        head_dim=geometry.head_dim,
        query_pre_attn_scalar=geometry.head_dim,
        sliding_window=geometry.window,
        layer_types=layer_types,
        rope_parameters={
            "full_attention": {"rope_type": "default", "rope_theta": geometry.global_rope_base},
            "sliding_attention": {"rope_type": "default", "rope_theta": geometry.local_rope_base},
        },
        rms_norm_eps=geometry.epsilon,
        tie_word_embeddings=True,
        pad_token_id=PAD,
        eos_token_id=EOS,
        bos_token_id=BOS,
    )


def embedded_model(vocabulary: Vocabulary, *, layers: int = GEMMA_3_270M.layers) -> Gemma3ForCausalLM:
    """The embedded base with the trimmed vocabulary and its first `layers` layers, float32."""
    geometry = dataclasses.replace(GEMMA_3_270M, vocabulary=len(vocabulary), layers=layers)
    model = Gemma3ForCausalLM(gemma_config(geometry))
    for name, parameter in model.named_parameters():
        if name == "model.embed_tokens.weight":
            weight = read_rows(name, vocabulary.base_rows)
        else:
            weight = read_tensor(final_norm_name(layers) if name == "model.norm.weight" else name)
        parameter.data.copy_(torch.from_numpy(weight))
    return model


def load_base(name: str, *, dtype: torch.dtype) -> tuple[PreTrainedModel, Codec]:
    """`embedded`, a local folder or a hub name → the model and its codec; both kinds of architecture."""
    if name == EMBEDDED:
        vocabulary = embedded_vocabulary()
        reserved = tuple(range(vocabulary.first_reserved, len(vocabulary)))
        return embedded_model(vocabulary).to(dtype), Codec(vocabulary, (BOS,), EOS, PAD, reserved)
    try:
        config = AutoConfig.from_pretrained(name)
        family = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModelForCausalLM
        model = family.from_pretrained(name, dtype=dtype, use_safetensors=True)
        tokenizer = AutoTokenizer.from_pretrained(name)
    except (OSError, ValueError) as error:
        place = "папка" if Path(name).exists() else "модель"
        reason = str(error).strip().splitlines()[0]
        raise BylostaloError(f"{place} {name} не загружается как базовая модель: {reason}") from None
    tokenizer.add_tokens(list(RESERVED), special_tokens=True)
    model.resize_token_embeddings(len(tokenizer), mean_resizing=False)
    reserved = tuple(tokenizer.convert_tokens_to_ids(list(RESERVED)))
    bos = () if tokenizer.bos_token_id is None else (tokenizer.bos_token_id,)
    pad = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id
    return model, Codec(tokenizer, bos, tokenizer.eos_token_id, pad, reserved)


def with_adapter(model: Any, folder: str) -> Any:
    """The model with the LoRA adapter of a folder, ready to be trained on."""
    try:
        return PeftModel.from_pretrained(model, folder, is_trainable=True, use_safetensors=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise BylostaloError(f"адаптер {folder} не загружается: {str(error).splitlines()[0]}") from None
