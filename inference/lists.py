"""Word lists that stand as YAML beside the code that reads them, and triggers: words that must stand together."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bylostalo.inference.frame.words import clause_words

Trigger = tuple[str, ...]
"""Words as they stand or dictionary forms, «е» for «ё»; one that ends in * is the beginning of a word."""


@cache
def table(package: str, name: str) -> dict[str, Any]:
    """A YAML file of a package."""
    return dict(yaml.safe_load(files(package).joinpath(f"{name}.yaml").read_text(encoding="utf-8")))


@cache
def listed(package: str, name: str, section: str) -> frozenset[str]:
    """A section of a file that lists words."""
    return frozenset(table(package, name)[section].split())


@cache
def entries(package: str, name: str, section: str) -> tuple[tuple[tuple[Trigger, ...], str], ...]:
    """A section whose entries say something where one of their triggers is met: `when` and `say`."""
    found: Sequence[Any] = table(package, name).get(section, ())
    return tuple((tuple(tuple(line.replace("ё", "е").split()) for line in one["when"]), one["say"]) for one in found)


def met(triggers: Sequence[Trigger], text: str) -> bool:
    """Whether all words of a trigger stand in one clause of the text."""
    return any(_fits(trigger, said) for said in clause_words(text) for trigger in triggers)


def _fits(trigger: Trigger, said: frozenset[str]) -> bool:
    return all(
        any(form.startswith(word[:-1]) for form in said) if word.endswith("*") else word in said for word in trigger
    )
