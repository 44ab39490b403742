"""Rules of the house as a person writes them: a small YAML."""

import difflib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from bylostalo.data.errors import BylostaloError
from bylostalo.data.writing import write_atomically
from bylostalo.inference.frame.bank import Phrases

from .ends import NAME
from .phrases import holds, wanted
from .rules import Rules, applied

CHOICES = {"address": ("вы", "Вы", "ты"), "emoji": ("none",)}
HOUSE_FILE = "house.yaml"
HEAD = "# Правила дома, найденные в ответах компании: прочтите и поправьте. Где фраз несколько, их чередуют."
FRAME = ("greeting", "greeting_by_name", "apology", "door", "signature")


def read_rules(path: Path | None) -> Rules:
    """Rules of a YAML file, none without one. Raises `BylostaloError` that names the key and what it may be."""
    if path is None:
        return Rules()
    try:
        data = yaml.safe_load(path.read_text("utf-8-sig"))
    except OSError as error:
        raise BylostaloError(f"{path}: не читается ({error.strerror})") from None
    except UnicodeDecodeError:
        raise BylostaloError(f"{path}: это не текст в UTF-8; пересохраните файл") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise BylostaloError(f"{path}: не YAML ({' '.join(str(error).split())})") from None
    if not isinstance(data, dict | None):
        raise BylostaloError(f"{path}: ожидаются пары «ключ: значение»")
    rules = Rules(**{key: _checked(path, key, value) for key, value in (data or {}).items()})
    if against := next(_contradictions(rules), None):
        raise BylostaloError(f"{path}: {against}; уберите одно из двух")
    return rules


def house_of(folder: Path) -> Rules:
    """The rules that an adapter brings in its folder, none where it brings none."""
    path = folder / HOUSE_FILE
    return read_rules(path) if path.is_file() else Rules()


def write_rules(rules: Rules, path: Path) -> None:
    """The rules as a file that a person reads and mends."""
    known = {key: value for key, value in rules.to_dict().items() if value}
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in known.items()}
    text = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=120)
    write_atomically(path, [HEAD, *text.splitlines()])


def _checked(path: Path, key: Any, value: Any) -> Any:
    names = [one.name for one in fields(Rules)]
    if key not in names:
        near = difflib.get_close_matches(str(key), names, n=1, cutoff=0.0)[0]
        raise BylostaloError(f"{path}: неизвестный ключ {key!r}, похоже на {near!r}; бывают: {', '.join(names)}")
    if key in ("keep", "stop"):
        if isinstance(value, list) and all(map(_is_phrase, value)):
            return tuple(value)
        raise BylostaloError(f"{path}: {key}: нужен список слов или оборотов")
    if key == "replace":
        if isinstance(value, dict) and all(map(_is_phrase, (*value, *value.values()))):
            return value
        raise BylostaloError(f"{path}: replace: нужны пары «что: на что»")
    if key in FRAME:
        return _wordings(path, key, value)
    if value not in CHOICES[key]:
        raise BylostaloError(f"{path}: {key}: нужно {' или '.join(CHOICES[key])}")
    return value


def _wordings(path: Path, key: str, value: Any) -> Phrases:
    """One text, or a list of texts that mean the same."""
    wordings = value if isinstance(value, list) else [value]
    if not wordings or not all(isinstance(text, str) and text.strip() for text in wordings):
        raise BylostaloError(f"{path}: {key}: нужно непустой текст или список таких")
    if key == "greeting_by_name" and not all(NAME in text for text in wordings):
        raise BylostaloError(f"{path}: greeting_by_name: нет {NAME}, места для имени")
    return tuple(text.strip() for text in wordings)


def _is_phrase(value: Any) -> bool:
    return isinstance(value, str) and bool(wanted(value))


def _contradictions(rules: Rules) -> Iterator[str]:
    """What no text could keep together."""
    for term, other in rules.replace.items():
        for again in (one for one in rules.replace if one != term and holds(one, other)):
            yield f"replace: «{other}» содержит «{again}», что тоже заменяется"
        for word in (word for word in rules.stop if holds(word, other)):
            yield f"replace: в «{other}» стоп-слово «{word}»"
    for word in (word for word in rules.stop if word in rules.keep):
        yield f"«{word}» и в keep, и в stop"
    bare = Rules(keep=rules.keep, replace=rules.replace, address=rules.address, emoji=rules.emoji)
    for key in FRAME:
        for text in getattr(rules, key):
            if applied(bare, text) != text or any(holds(word, text) for word in rules.stop):
                yield f"{key}: «{' '.join(text.split())}» против других правил"
