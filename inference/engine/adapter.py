"""A LoRA adapter in peft's format, merged with numpy (Hu et al., 2021: W + (alpha / r) · B · A; rows scaled to a learnt
length where it is a DoRA, Liu et al., 2024)."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from bylostalo.data.errors import BylostaloError

Array = NDArray[np.float32]
_PREFIX = "base_model.model."
_INNER = "layers."
_ROWS = "model.embed_tokens.token_adapter.trainable_tokens_delta"
_PICKLES = (".bin", ".ckpt", ".joblib", ".pickle", ".pkl", ".pt", ".pth")


@dataclass(frozen=True)
class Adapter:
    """`weights` by module name without peft's prefix; `rows` are the token ids whose embeddings were trained."""

    scale: float
    weights: dict[str, Array]
    rows: tuple[int, ...]

    def merge(self, module: str, weight: Array) -> Array:
        """The weight `[outputs, inputs]` of a module with its update added, where there is one."""
        down = self.weights.get(f"{module}.lora_A.weight")
        if down is None:
            return weight
        merged: Array = weight + np.float32(self.scale) * (self.weights[f"{module}.lora_B.weight"] @ down)
        lengths = self.weights.get(f"{module}.lora_magnitude_vector")
        if lengths is None:
            return merged
        scaled: Array = merged * (lengths / np.linalg.norm(merged, axis=1))[:, None]
        return scaled

    def replace_rows(self, embedding: Array) -> Array:
        """The embedding `[vocabulary, hidden]` with the trained rows in place."""
        if not self.rows:
            return embedding
        embedding = embedding.copy()
        embedding[list(self.rows)] = self.weights[_ROWS]
        return embedding


NO_ADAPTER = Adapter(0.0, {}, ())


def _module(name: str) -> str:
    """A stored name as the base names its modules; an adapter of the bare encoder lacks the outer `model.`."""
    inner = name.removeprefix(_PREFIX)
    return f"model.{inner}" if inner.startswith(_INNER) else inner


def refuse_pickles(folder: Path) -> None:
    """A pickle runs code when it is read: a folder that holds one is not touched."""
    found = sorted(path.name for path in folder.iterdir() if path.suffix.lower() in _PICKLES)
    if found:
        raise BylostaloError(f"{folder}: здесь лежит {found[0]}; pickle может выполнить чужой код, нужен safetensors")


def load_adapter(folder: Path) -> Adapter:
    """Read `adapter_config.json` and `adapter_model.safetensors`; nothing else is accepted."""
    try:
        refuse_pickles(folder)
        config = json.loads((folder / "adapter_config.json").read_text("utf-8"))
        stored = load_file(folder / "adapter_model.safetensors")
    except (OSError, ValueError, SafetensorError) as error:
        raise BylostaloError(f"{folder}: адаптер не читается ({error})") from None
    if config.get("rank_pattern") or config.get("alpha_pattern"):
        raise BylostaloError(f"{folder}: адаптер с разными рангами или силой слоёв пока не поддерживается")
    scale = config["lora_alpha"] / (config["r"] ** 0.5 if config.get("use_rslora") else config["r"])
    weights = {_module(name): array.astype(np.float32) for name, array in stored.items()}
    return Adapter(scale, weights, tuple(config.get("trainable_token_indices") or ()))
