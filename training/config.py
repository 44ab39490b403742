"""Run configurations: one YAML a run, every key known, every value typed."""

import dataclasses
import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import yaml

from bylostalo.data.errors import BylostaloError


@dataclasses.dataclass(frozen=True, kw_only=True)
class RewriterConfig:
    """LoRA training of the rewriter (Hu et al., 2021)."""

    base: str = "embedded"
    adapter: str = ""
    sentences: str = "data/sentences"
    output: str = "runs/rewriter"
    seed: int = 17
    epochs: float = 3.0
    batch_size: int = 32
    gradient_accumulation: int = 1
    learning_rate: float = 5e-4
    warmup_ratio: float = 0.05
    weight_decay: float = 0.0
    label_smoothing: float = 0.0
    rank: int = 16
    alpha: int = 32
    dropout: float = 0.0
    max_tokens: int = 256
    reverse_share: float = 1.0
    threads: int = 0
    checkpoint_steps: int = 200


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClassifierConfig:
    """Training of the two-headed classifier: codes of the whole reply and spans by token."""

    encoder: str = "embedded"
    adapter: str = ""
    layers: int = 6
    corpus: str = "data/corpus"
    sentences: str = ""
    output: str = "runs/classifier"
    seed: int = 17
    epochs: float = 3.0
    batch_size: int = 16
    gradient_accumulation: int = 1
    learning_rate: float = 1e-3
    head_learning_rate: float = 2e-3
    warmup_ratio: float = 0.1
    weight_decay: float = 0.01
    span_weight: float = 1.0
    rank: int = 16
    alpha: int = 32
    dropout: float = 0.0
    max_tokens: int = 512
    threads: int = 0
    checkpoint_steps: int = 200


Config = TypeVar("Config", RewriterConfig, ClassifierConfig)


def load_config(kind: type[Config], path: Path, overrides: Iterable[str] = ()) -> Config:
    """Read a YAML file and `key=value` overrides; an unknown key or a bad value is refused by name."""
    try:
        values = yaml.safe_load(path.read_text("utf-8")) or {}
    except OSError as error:
        raise BylostaloError(f"{path}: не читается ({error.strerror})") from None
    except yaml.YAMLError as error:
        raise BylostaloError(f"{path}: это не YAML ({str(error).splitlines()[0]})") from None
    if not isinstance(values, dict):
        raise BylostaloError(f"{path}: ожидаются строки вида «ключ: значение»")
    for override in overrides:
        key, found, value = override.partition("=")
        if not found:
            raise BylostaloError(f"«{override}»: ожидается ключ=значение")
        values[key] = yaml.safe_load(value)
    hints = get_type_hints(kind)
    return kind(**{key: _typed(path, key, value, hints) for key, value in values.items()})


def _typed(path: Path, key: str, value: Any, hints: dict[str, type]) -> Any:
    if key not in hints:
        near = difflib.get_close_matches(str(key), hints, n=1)
        hint = f", может быть, {near[0]}?" if near else f"; есть: {', '.join(hints)}"
        raise BylostaloError(f"{path}: неизвестный ключ {key}{hint}")
    expected = hints[key]
    if expected is float and type(value) in (int, str):
        try:
            return float(value)
        except ValueError:
            pass
    if type(value) is not expected:
        raise BylostaloError(f"{path}: {key} должен быть {expected.__name__}, а это {value!r}")
    return value
