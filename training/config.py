"""Run configurations: one YAML a run, every key known, every value typed."""

import dataclasses
import difflib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_type_hints

import yaml

from bylostalo.data.errors import BylostaloError

Lora = Literal["lora", "dora", "rslora"]
"""Hu et al., 2021; Liu et al., 2024; Kalajdzievski, 2023."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class RunConfig:
    """What every training is told."""

    output: str = "runs"
    seed: int = 17
    epochs: float = 1.0
    batch_size: int = 16
    gradient_accumulation: int = 1
    gradient_checkpointing: bool = False
    learning_rate: float = 5e-4
    warmup_ratio: float = 0.05
    weight_decay: float = 0.0
    patience: int = 0
    max_tokens: int = 256
    threads: int = 0
    checkpoint_steps: int = 200
    report_to: str = "auto"


@dataclasses.dataclass(frozen=True, kw_only=True)
class AdapterConfig(RunConfig):
    """Training of an adapter."""

    adapter: str = ""
    epochs: float = 3.0
    lora: Lora = "lora"
    rank: int = 16
    alpha: int = 32
    dropout: float = 0.0


@dataclasses.dataclass(frozen=True, kw_only=True)
class RewriterConfig(AdapterConfig):
    """LoRA training of the rewriter."""

    base: str = "embedded"
    sentences: str = "data/sentences"
    output: str = "runs/rewriter"
    batch_size: int = 32
    label_smoothing: float = 0.0
    reverse_share: float = 1.0
    swap_share: float = 0.0


@dataclasses.dataclass(frozen=True, kw_only=True)
class PreferenceConfig(RunConfig):
    """Preference training of a rewriter that has been trained already."""

    base: str = "embedded"
    adapter: str = ""
    sentences: str = "data/sentences"
    judgements: str = ""
    output: str = "runs/rewriter-preference"
    sources: int = 1500
    beams: int = 4
    margin: float = 15.0
    beta: float = 5.0
    supervised_weight: float = 0.2
    learning_rate: float = 1e-4
    warmup_ratio: float = 0.1


@dataclasses.dataclass(frozen=True, kw_only=True)
class ClassifierConfig(AdapterConfig):
    """Training of the two-headed classifier: codes of the whole reply and spans by token."""

    encoder: str = "embedded"
    layers: int = 6
    corpus: str = "data/corpus"
    contrasts: str = ""
    sentences: str = ""
    output: str = "runs/classifier"
    learning_rate: float = 1e-3
    head_learning_rate: float = 2e-3
    warmup_ratio: float = 0.1
    weight_decay: float = 0.01
    span_weight: float = 1.0
    positive_weight: float = 0.0
    max_tokens: int = 512


@dataclasses.dataclass(frozen=True, kw_only=True)
class EncoderConfig(RunConfig):
    """Masked language modelling of a small BERT."""

    texts: str = ""
    corpus: str = "data/corpus"
    output: str = "runs/encoder"
    base_embeddings: bool = True
    layers: int = 6
    hidden: int = 384
    heads: int = 6
    batch_size: int = 64
    warmup_ratio: float = 0.06
    weight_decay: float = 0.01
    max_tokens: int = 128
    checkpoint_steps: int = 500


Config = TypeVar("Config", bound=RunConfig)
KINDS: tuple[type[RunConfig], ...] = (RewriterConfig, PreferenceConfig, ClassifierConfig, EncoderConfig)
SHARES = frozenset(["warmup_ratio", "label_smoothing", "dropout", "reverse_share", "swap_share"])
WEIGHTS = ("weight_decay", "span_weight", "positive_weight", "supervised_weight")
ZERO_ALLOWED = frozenset([*WEIGHTS, "seed", "patience", "threads", "sources"])


def load_config(kind: type[Config], path: Path, overrides: Iterable[str] = ()) -> Config:
    """Read a YAML file and `key=value` overrides; an unknown key or a bad value is refused by name."""
    values = read_values(path)
    for override in overrides:
        key, found, value = override.partition("=")
        if not found:
            raise BylostaloError(f"«{override}»: ожидается ключ=значение")
        values[key] = parsed(value)
    return kind(**{key: typed(path, key, value, kind) for key, value in values.items()})


def read_values(path: Path) -> dict[str, Any]:
    try:
        values = yaml.safe_load(path.read_text("utf-8")) or {}
    except (OSError, UnicodeDecodeError) as error:
        raise BylostaloError(f"{path}: не читается ({getattr(error, 'strerror', None) or 'не UTF-8'})") from None
    except yaml.YAMLError as error:
        raise BylostaloError(f"{path}: это не YAML ({str(error).splitlines()[0]})") from None
    if not isinstance(values, dict):
        raise BylostaloError(f"{path}: ожидаются строки вида «ключ: значение»")
    return values


def parsed(text: str) -> Any:
    """A value as YAML reads it; what is no YAML, or empty, is the text itself."""
    try:
        return yaml.safe_load(text) if text else text
    except yaml.YAMLError:
        return text


def kind_of(path: Path) -> type[RunConfig]:
    """Whose config a YAML file is: the kind that knows most of its keys."""
    keys = read_values(path).keys()
    return max(KINDS, key=lambda kind: len(keys & {field.name for field in dataclasses.fields(kind)}))


def typed(path: Path, key: str, value: Any, kind: type[object]) -> Any:
    """The value as the key's type, within its bounds."""
    hints = get_type_hints(kind)
    if key not in hints:
        raise BylostaloError(f"{path}: неизвестный ключ {key}{_near(key, hints)}")
    expected = hints[key]
    if choices := get_args(expected):
        if value not in choices:
            raise BylostaloError(f"{path}: {key}: {value}{_near(value, choices)}")
        return value
    if expected is float and type(value) in (int, str):
        with suppress(ValueError):
            value = float(value)
    if type(value) is not expected:
        raise BylostaloError(f"{path}: {key} должен быть {expected.__name__}, а это {value!r}")
    if expected in (int, float):
        _bounded(path, key, value)
    return value


def _near(word: object, known: Iterable[str]) -> str:
    known = list(known)
    near = difflib.get_close_matches(str(word), known, n=1)
    return f", может быть, {near[0]}?" if near else f"; есть: {', '.join(known)}"


def _bounded(path: Path, key: str, value: float) -> None:
    if key in SHARES and not 0 <= value <= 1:
        raise BylostaloError(f"{path}: {key} должен быть от 0 до 1, а это {value}")
    if key in ZERO_ALLOWED and not value >= 0:
        raise BylostaloError(f"{path}: {key} не может быть меньше нуля, а это {value}")
    if key not in SHARES | ZERO_ALLOWED and not 0 < value < float("inf"):
        raise BylostaloError(f"{path}: {key} должен быть больше нуля, а это {value}")
