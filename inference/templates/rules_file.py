"""Rules of the house as a person writes them: a small YAML."""

import difflib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from bylostalo.data.errors import BylostaloError

from .ends import NAME
from .phrases import holds, wanted
from .rules import Rules, applied

CHOICES = {"address": ("вы", "Вы"), "emoji": ("none",)}
FRAME = ("greeting", "greeting_by_name", "signature")


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
    allowed = CHOICES.get(key)
    if not isinstance(value, str) or not value.strip() or value not in (allowed or (value,)):
        raise BylostaloError(f"{path}: {key}: нужно {' или '.join(allowed) if allowed else 'непустой текст'}")
    if key == "greeting_by_name" and NAME not in value:
        raise BylostaloError(f"{path}: greeting_by_name: нет {NAME}, места для имени")
    return value if allowed else value.strip()


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
        text = getattr(rules, key)
        if applied(bare, text) != text or any(holds(word, text) for word in rules.stop):
            yield f"{key}: «{' '.join(text.split())}» против других правил"
