"""The bytes of a file as text, and text as such bytes again."""

import codecs
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bylostalo.data.errors import BylostaloError

from .fitting import Fit, fitted

BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True)
class Decoded:
    """`text` without its byte order mark; `encoded` puts the mark back."""

    text: str
    encoding: str
    bom: bytes

    @property
    def described(self) -> str:
        return self.encoding.upper() + (" с BOM" if self.bom else "")

    @cached_property
    def line_end(self) -> str:
        """That of Windows only where all lines end so."""
        return "\r\n" if self.text.count("\n") == self.text.count("\r\n") > 0 else "\n"

    def encoded(self, text: str) -> bytes:
        return self.bom + text.encode(self.encoding)

    def fit(self, text: str) -> Fit:
        return fitted(text, self.encoding)


def decoded(path: Path) -> Decoded:
    """By its byte order mark, else strict UTF-8, else Windows-1251. Raises `BylostaloError`, `OSError`."""
    raw = path.read_bytes()
    bom = next((mark for mark in BOMS if raw.startswith(mark)), b"")
    for encoding in [BOMS[bom]] if bom else ["utf-8", "cp1251"]:
        try:
            text = raw[len(bom) :].decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise BylostaloError(f"{path}: это двоичный файл, нужен текст")
        return Decoded(text, encoding, bom)
    raise BylostaloError(f"{path}: кодировка не распознана; пересохраните файл в UTF-8")
