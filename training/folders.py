"""Folders that are filled beside their place first."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bylostalo.data.errors import BylostaloError


@contextmanager
def filled(target: Path) -> Iterator[Path]:
    """A folder to write files into; they come to `target` together at the end, or not at all where something fails."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".", dir=target.parent) as temporary:
            yield Path(temporary)
            target.mkdir(exist_ok=True)
            for file in Path(temporary).iterdir():
                file.chmod(0o644)
                file.replace(target / file.name)
    except OSError as error:
        raise BylostaloError(f"{target}: не записалось ({error.strerror or error})") from None
