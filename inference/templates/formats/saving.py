"""Files and folders that appear whole or not at all."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bylostalo.data.errors import BylostaloError

Files = Mapping[str, bytes | Path]
"""Relative path → bytes, or a file to copy."""
Content = bytes | Files


def save(content: Content, target: Path) -> None:
    """A file, or a folder whose other files stay; nothing is ever half written. Raises `BylostaloError`."""
    if target.is_dir() if isinstance(content, bytes) else target.is_file():
        raise BylostaloError(f"{target}: нужен {'файл' if isinstance(content, bytes) else 'путь к папке'}")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as staging:
            fresh = Path(staging) / "fresh"
            if isinstance(content, bytes):
                fresh.write_bytes(content)
                fresh.replace(target)
            else:
                _fill(fresh, content)
                _move(fresh, target, content)
    except OSError as error:
        raise BylostaloError(f"{target}: не записалось ({error.strerror})") from None


def _fill(folder: Path, files: Files) -> None:
    folder.mkdir()
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            shutil.copyfile(content, file)


def _move(folder: Path, target: Path, files: Files) -> None:
    """At once where the target is new, else file by file."""
    if not target.exists():
        folder.replace(target)
        return
    for name in files:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).replace(target / name)
