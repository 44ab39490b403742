"""Which reader opens which file."""

from collections.abc import Callable, Mapping
from pathlib import Path

from bylostalo.data.errors import BylostaloError

from .book import open_book
from .json_files import open_json, open_json_lines
from .library import Library
from .prose import open_file, open_folder
from .table import open_table
from .yaml_file import open_yaml

OPENERS: Mapping[str, Callable[[Path, str | None], Library]] = {
    ".csv": open_table,
    ".tsv": open_table,
    ".xlsx": open_book,
    ".xlsm": open_book,
    ".jsonl": open_json_lines,
    ".json": open_json,
    ".yaml": open_yaml,
    ".yml": open_yaml,
}


def open_library(path: Path, *, column: str | None = None) -> Library:
    """The templates of a file or folder; `column` names the header or key they stand under, else it is guessed.

    Raises `BylostaloError` where the file cannot be read, its type is unknown or the column is not found.
    """
    try:
        if not path.is_dir() and path.suffix.lower() in OPENERS:
            return OPENERS[path.suffix.lower()](path, column)
        if column is not None:
            raise BylostaloError(f"{path}: здесь нет столбцов, уберите --column")
        return open_folder(path) if path.is_dir() else open_file(path, others=tuple(OPENERS))
    except OSError as error:
        raise BylostaloError(f"{path}: не читается ({error.strerror})") from None
