"""The registry of adapters: a folder for every name and version, found again by name."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.artifacts import model_folder, read_config
from bylostalo.inference.engine.adapter import load_adapter
from bylostalo.inference.templates.rules_file import HOUSE_FILE

NEEDED = ("config.json", "adapter_config.json", "adapter_model.safetensors", "graph.onnx")
BESIDE = ("README.md", "run.json", "metrics.json", "parity.json", HOUSE_FILE)
"""What describes an adapter: card, figures of its training, of its evaluation, of its export; its house."""
_NAME = re.compile(r"\w[\w.-]{0,63}")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A version of an adapter; its `folder` is one that `Rewriter.from_pretrained` loads."""

    name: str
    version: str
    folder: Path

    @property
    def title(self) -> str:
        return f"{self.name}/{self.version}"

    @property
    def corpus_hash(self) -> str:
        """SHA-256 of the data it was trained on; empty where the run does not say."""
        return str(self._figures("run.json").get("corpus_sha256", ""))

    @property
    def metrics(self) -> Mapping[str, Any]:
        """Figures of `bylostalo evaluate rewriter` for it; empty where it was not measured."""
        systems = self._figures("metrics.json").get("systems")
        return dict(systems.get("bylostalo") or {}) if isinstance(systems, dict) else {}

    def _figures(self, name: str) -> Mapping[str, Any]:
        try:
            found = json.loads((self.folder / name).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def registry_root() -> Path:
    """`$BYLOSTALO_ADAPTERS`, else `bylostalo/adapters` in the user's data folder."""
    if chosen := os.environ.get("BYLOSTALO_ADAPTERS"):
        return Path(chosen)
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "bylostalo" / "adapters"


def entries(name: str = "*") -> list[Entry]:
    """Every version of every adapter, by name, the newest version last."""
    folders = [path.parent for path in registry_root().glob(f"{name}/*/config.json")]
    found = [
        Entry(name=folder.parent.name, version=folder.name, folder=folder)
        for folder in folders
        if _NAME.fullmatch(folder.parent.name)
    ]
    return sorted(found, key=lambda entry: (entry.name, _order(entry.version)))


def find(title: str) -> Entry:
    """`acme`, its newest version, or `acme/2`."""
    name, _, version = title.partition("/")
    found = [entry for entry in _named(name) if version in ("", entry.version)]
    if not found:
        known = ", ".join(entry.title for entry in entries()) or "пока ни одного"
        raise BylostaloError(f"{title}: такого адаптера нет; в реестре {registry_root()}: {known}")
    return found[-1]


def adapter_folder(name_or_path: str) -> Path:
    """The folder of an adapter: the path itself where a model lies there, else that of the name in the registry."""
    folder = Path(name_or_path)
    return folder if (folder / "config.json").is_file() else find(name_or_path).folder


def add(folder: Path, *, name: str, version: str) -> Entry:
    """Copy an exported adapter into the registry, whole or not at all; a version is never replaced."""
    _check_name(name, "имя")
    _check_name(version, "версия")
    _check_adapter(folder)
    entry = Entry(name=name, version=version, folder=registry_root() / name / version)
    if entry.folder.exists():
        raise BylostaloError(f"{entry.title}: эта версия уже есть; назовите другую или уберите её: adapters remove")
    try:
        entry.folder.parent.mkdir(parents=True, exist_ok=True)
        with _beside() as copied:
            copied.mkdir()
            for file in _files(folder):
                shutil.copyfile(file, copied / file.name)
            copied.rename(entry.folder)
    except OSError as error:
        raise BylostaloError(f"{registry_root()}: не записалось ({error.strerror})") from None
    return entry


def remove(name: str, *, version: str | None) -> Entry:
    """Take a version out; it may be left unsaid where there is only one."""
    if version is None and len(found := _named(name)) > 1:
        versions = ", ".join(entry.version for entry in found)
        raise BylostaloError(f"{name}: версий несколько ({versions}), назовите одну: --version")
    entry = find(f"{name}/{version or ''}")
    try:
        with _beside() as gone:
            entry.folder.rename(gone)
    except OSError as error:
        raise BylostaloError(f"{entry.folder}: не убирается ({error.strerror})") from None
    if not any(entry.folder.parent.iterdir()):
        entry.folder.parent.rmdir()
    return entry


def _named(name: str) -> list[Entry]:
    return entries(name) if _NAME.fullmatch(name) else []


def _order(version: str) -> list[tuple[int, str]]:
    """So that 10 comes after 9."""
    return [(int(part) if part.isdecimal() else -1, part) for part in re.findall(r"\d+|\D+", version)]


def _check_name(text: str, what: str) -> None:
    if not _NAME.fullmatch(text):
        raise BylostaloError(f"{what} «{text}» не годится: буквы, цифры, точка, дефис, подчёркивание, до 64 знаков")


def _check_adapter(folder: Path) -> None:
    kind = read_config(model_folder(str(folder), "rewriter")).get("kind")
    if kind != "rewriter":
        raise BylostaloError(f"{folder}: это {kind}, а в реестр кладут переписчиков")
    for name in NEEDED:
        if not (folder / name).is_file():
            raise BylostaloError(f"{folder}: нет файла {name}; папку делает bylostalo export rewriter")
    load_adapter(folder)


def _files(folder: Path) -> Iterator[Path]:
    return (folder / name for name in (*NEEDED, *BESIDE) if (folder / name).is_file())


@contextmanager
def _beside() -> Iterator[Path]:
    """A place in the registry that no listing sees; what is there afterwards is gone."""
    with tempfile.TemporaryDirectory(prefix=".", dir=registry_root()) as temporary:
        yield Path(temporary) / "adapter"
