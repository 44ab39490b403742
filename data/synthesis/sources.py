"""Clean sentences from files and folders of text: whole, plain, neither too short nor too long."""

import lzma
import re
from collections.abc import Iterator
from pathlib import Path

from razdel import sentenize

from bylostalo.data.errors import BylostaloError

from .words import words

SUFFIXES = (".txt", ".md", ".xz")
SHAPE = re.compile(r"[А-ЯЁ][^\n<>{}\[\]|#*_`~=\\/@]{20,220}[.!]")
RUSSIAN = 0.75
LENGTH = range(4, 29)


def has_predicate(sentence: str) -> bool:
    return any(word.is_mostly("VERB") or word.is_mostly("PRED") or word.is_mostly("PRTS") for word in words(sentence))


def is_clean(sentence: str) -> bool:
    letters = [character for character in sentence if character.isalpha()]
    russian = sum("а" <= character.lower() <= "я" or character in "ёЁ" for character in letters)
    plain = SHAPE.fullmatch(sentence) is not None and russian >= RUSSIAN * len(letters)
    return plain and len(sentence.split()) in LENGTH and has_predicate(sentence)


def text_files(path: Path) -> list[Path]:
    if not path.exists():
        raise BylostaloError(f"нет такого файла или папки: {path}")
    found = sorted(one for one in path.rglob("*") if one.suffix in SUFFIXES) if path.is_dir() else [path]
    if not found:
        raise BylostaloError(f"{path}: нет текстов ({', '.join(SUFFIXES)})")
    return found


def lines(path: Path) -> Iterator[str]:
    try:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
            yield from file
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise BylostaloError(f"{path}: не читается ({error})") from None


def sentences(path: Path) -> Iterator[str]:
    """Clean sentences of a file or folder, in order."""
    for file in text_files(path):
        for line in lines(file):
            for found in sentenize(line.strip()):
                if is_clean(found.text):
                    yield found.text
