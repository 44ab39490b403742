"""Finds the weights of a model and assembles them on first use, once for all processes of the machine."""

import dataclasses
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.engine import base
from bylostalo.inference.engine.adapter import load_adapter, refuse_pickles
from bylostalo.inference.engine.assemble import write_weights
from bylostalo.inference.engine.geometry import GEMMA_3_270M, Geometry
from bylostalo.inference.engine.layout import Packing, layout
from bylostalo.inference.engine.quantise import WHOLE
from bylostalo.inference.engine.smoothing import NO_SMOOTHING, Smoothing, embedded_smoothing
from bylostalo.inference.engine.vocabulary import embedded_vocabulary

WEIGHTS_FILE = "weights.bin"
GRAPH_FILE = "graph.onnx"
SHIPPED = files("bylostalo.inference").joinpath("weights")


def model_folder(name_or_path: str | None, kind: str) -> Path:
    """The folder of a model: the shipped one of that kind where no name is given, else a local folder."""
    folder = Path(str(SHIPPED.joinpath(kind))) if name_or_path is None else Path(name_or_path)
    if not (folder / "config.json").is_file():
        raise BylostaloError(f"{folder}: здесь нет модели (нужен config.json)")
    refuse_pickles(folder)
    return folder


def read_config(folder: Path) -> dict[str, Any]:
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BylostaloError(f"{folder / 'config.json'}: не читается ({error})") from None
    if not isinstance(config, dict):
        raise BylostaloError(f"{folder / 'config.json'}: ожидается объект JSON")
    return config


def cache_root() -> Path:
    """`$BYLOSTALO_CACHE`, else `bylostalo` in the user's cache folder."""
    if chosen := os.environ.get("BYLOSTALO_CACHE"):
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bylostalo"


def content_key(folder: Path) -> str:
    """A name for everything that the assembled weights follow from."""
    digest = hashlib.sha256(f"{base.SHA256} {WHOLE}".encode())
    for name in (GRAPH_FILE, "adapter_config.json", "adapter_model.safetensors"):
        digest.update((folder / name).read_bytes())
    digest.update(embedded_vocabulary().base_rows.tobytes())
    for divisors in embedded_smoothing().values():
        digest.update(divisors.tobytes())
    return digest.hexdigest()[:24]


def embedded_geometry(layers: int) -> Geometry:
    return dataclasses.replace(GEMMA_3_270M, vocabulary=len(embedded_vocabulary()), layers=layers)


def _reader(layers: int) -> Callable[[str], NDArray[np.float32]]:
    rows = embedded_vocabulary().base_rows

    def read(name: str) -> NDArray[np.float32]:
        if name == "model.embed_tokens.weight":
            return base.read_rows(name, rows)
        return base.read_tensor(base.final_norm_name(layers) if name == "model.norm.weight" else name)

    return read


def _progress(total: int) -> tuple[AbstractContextManager[Any], Callable[[int], None]]:
    console = Console(stderr=True)
    if not console.is_terminal:
        return nullcontext(), lambda _: None
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=console, transient=True)
    task = progress.add_task("Собираю веса (один раз)", total=total)
    return progress, lambda size: progress.advance(task, size)


def _assemble(folder: Path, target: Path, *, layers: int, packing: Packing, smoothing: Smoothing) -> None:
    base.verify()
    geometry = embedded_geometry(layers)
    bar, advance = _progress(sum(tensor.size for tensor in layout(geometry, packing=packing)))
    read = _reader(layers)
    with bar:
        write_weights(
            target / WEIGHTS_FILE,
            geometry,
            read,
            load_adapter(folder),
            packing=packing,
            smoothing=smoothing,
            advance=advance,
        )
    shutil.copyfile(folder / GRAPH_FILE, target / GRAPH_FILE)


def assembled(folder: Path, *, layers: int, packing: Packing, smoothing: Smoothing = NO_SMOOTHING) -> Path:
    """The graph of a model with its weights beside it, assembled now if they are not in the cache yet; decoders want
    `embedded_smoothing()`.

    Atomic: other processes wait, and see either all or nothing.
    """
    root = cache_root()
    place = root / content_key(folder)
    if not (place / GRAPH_FILE).is_file():
        try:
            root.mkdir(parents=True, exist_ok=True)
            with FileLock(root / f"{place.name}.lock"):
                if not (place / GRAPH_FILE).is_file():
                    with tempfile.TemporaryDirectory(dir=root) as temporary:
                        built = Path(temporary) / "built"
                        built.mkdir()
                        _assemble(folder, built, layers=layers, packing=packing, smoothing=smoothing)
                        built.rename(place)
        except OSError as error:
            raise BylostaloError(
                f"{root}: не удалось собрать веса ({error.strerror}); нужно 250 МБ места, "
                "другую папку задаёт переменная BYLOSTALO_CACHE"
            ) from None
    return place / GRAPH_FILE
