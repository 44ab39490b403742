"""Tiny random models of every architecture that the configs name, saved in the hub's format."""

from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import (
    BertConfig,
    BertModel,
    Gemma3ForCausalLM,
    PreTrainedTokenizerFast,
    Qwen3Config,
    Qwen3ForCausalLM,
    T5Config,
    T5ForConditionalGeneration,
    T5Gemma2Config,
    T5Gemma2ForConditionalGeneration,
)

from bylostalo.inference.engine.geometry import Geometry
from bylostalo.training.base import gemma_config

ROOT = Path(__file__).parents[2]
TOKENIZER = ROOT / "inference" / "weights" / "tokenizer" / "tokenizer.json"


def fast_tokenizer() -> PreTrainedTokenizerFast:
    return PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_file(str(TOKENIZER)),
        pad_token="<pad>",
        eos_token="<eos>",
        bos_token="<bos>",
        cls_token="<bos>",
        sep_token="<eos>",
    )


def gemma(size: int, *, layers: int = 2) -> Gemma3ForCausalLM:
    geometry = Geometry(
        layers=layers, hidden=32, intermediate=48, heads=2, kv_heads=1, head_dim=16, vocabulary=size, window=64
    )
    return Gemma3ForCausalLM(gemma_config(geometry))


def qwen(size: int) -> Qwen3ForCausalLM:
    config = Qwen3Config(
        vocab_size=size,
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        head_dim=16,
        tie_word_embeddings=True,
    )
    return Qwen3ForCausalLM(config)


def t5(size: int) -> T5ForConditionalGeneration:
    config = T5Config(
        vocab_size=size,
        d_model=32,
        d_kv=16,
        d_ff=48,
        num_layers=2,
        num_heads=2,
        feed_forward_proj="gated-gelu",
        decoder_start_token_id=0,
    )
    return T5ForConditionalGeneration(config)


def t5gemma2(size: int) -> T5Gemma2ForConditionalGeneration:
    text = {
        "vocab_size": size,
        "hidden_size": 32,
        "intermediate_size": 48,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 1,
        "head_dim": 16,
        "query_pre_attn_scalar": 16,
        "sliding_window": 64,
        "layer_types": ["sliding_attention", "full_attention"],
    }
    vision = {
        "model_type": "siglip_vision_model",
        "hidden_size": 32,
        "intermediate_size": 48,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "image_size": 28,
        "patch_size": 14,
    }
    image = {"boi_token_index": size - 3, "eoi_token_index": size - 2, "image_token_index": size - 1}
    encoder = {"text_config": text, "vision_config": vision, "mm_tokens_per_image": 4, **image}
    return T5Gemma2ForConditionalGeneration(T5Gemma2Config(encoder=encoder, decoder=text, image_token_index=size - 1))


def bert(size: int) -> BertModel:
    config = BertConfig(
        vocab_size=size, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48
    )
    return BertModel(config)


MAKERS = {"gemma": gemma, "qwen": qwen, "t5": t5, "t5gemma2": t5gemma2, "bert": bert}


def saved(name: str, folder: Path) -> Path:
    """A folder with the model and its tokenizer."""
    tokenizer = fast_tokenizer()
    torch.manual_seed(0)
    model = MAKERS[name](len(tokenizer))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def some(source: Path, target: Path, count: int) -> str:
    """A folder with the first lines of a JSONL file."""
    target.mkdir(parents=True)
    lines = source.read_text("utf-8").splitlines()[:count]
    (target / source.name).write_text("\n".join(lines) + "\n", "utf-8")
    return str(target)


def sentences(folder: Path, count: int = 40) -> str:
    return some(ROOT / "data" / "sentences" / "plain.jsonl", folder / "sentences", count)


def corpus(folder: Path, count: int = 24) -> str:
    return some(ROOT / "data" / "corpus" / "telecom.jsonl", folder / "corpus", count)
