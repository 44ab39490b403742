"""What is to be done with a library, and by which hashes a run is known again."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.artifacts import content_key, model_folder
from bylostalo.inference.templates.journal import Journal
from bylostalo.inference.templates.rules import Rules


@dataclass(frozen=True, kw_only=True)
class Models:
    """Folders of the models; None for the shipped ones."""

    classifier: str | None = None
    rewriter: str | None = None


def journal_path(output: Path) -> Path:
    return output.with_name(f"{output.name}.journal")


def header(
    source: Path, output: Path, *, column: str | None, models: Models, rules: Rules, only_problems: bool
) -> dict[str, str]:
    """The header of the journal: hashes by which the run is known, and where it reads and writes."""
    settings = [column, only_problems, rules.to_dict()]
    return {
        "input": input_hash(source),
        "models": models_hash(models),
        "settings": hashed(json.dumps(settings, ensure_ascii=False, sort_keys=True).encode()),
        "source": str(source.resolve()),
        "output": str(output.resolve()),
        "column": column or "",
        "rules": json.dumps(rules.to_dict(), ensure_ascii=False),
    }


def hashed(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:32]


def input_hash(source: Path) -> str:
    """Of a file its bytes; of a folder the names and bytes of its files."""
    try:
        return hashed(*_parts(source))
    except OSError as error:
        raise BylostaloError(f"{source}: не читается ({error.strerror})") from None


def _parts(source: Path) -> Iterator[bytes]:
    if not source.is_dir():
        yield source.read_bytes()
        return
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        yield str(path.relative_to(source)).encode()
        yield path.read_bytes()


def models_hash(models: Models) -> str:
    """Everything that an answer follows from: weights, thresholds, and the version of the code around them."""
    folders = [model_folder(models.classifier, "classifier"), model_folder(models.rewriter, "rewriter")]
    configs = [(folder / "config.json").read_bytes() for folder in folders]
    return hashed(version("bylostalo").encode(), *(content_key(folder).encode() for folder in folders), *configs)


def unchanged_source(journal: Journal) -> Path:
    """The library that the journal is about. Raises `BylostaloError` where it has changed since."""
    source = Path(journal.header["source"])
    if input_hash(source) != journal.header["input"]:
        raise BylostaloError(f"{source}: изменился с тех пор; повторите bylostalo templates rewrite с --update")
    return source
