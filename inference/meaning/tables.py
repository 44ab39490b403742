"""Package data: phrase classes (`phrases.yaml`) and word lists (`words.yaml`)."""

from functools import lru_cache
from importlib.resources import files

import yaml

LETTERS = "[а-я]*"
SEPARATOR = " | "


@lru_cache(maxsize=1)
def _phrases() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(read_data("phrases.yaml"))
    return loaded


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    loaded: dict[str, str] = yaml.safe_load(read_data("words.yaml"))
    return loaded


def read_data(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def words(name: str) -> frozenset[str]:
    """A word list of `words.yaml`."""
    return frozenset(_words()[name].split())


def patterns(family: str) -> dict[str, str]:
    """The classes of a family of `phrases.yaml`, each as one regular expression."""
    return {name: "|".join(map(_expand, text.split(SEPARATOR))) for name, text in _phrases()[family].items()}


def _expand(phrase: str) -> str:
    for name, forms in _phrases()["comparatives"].items():
        phrase = phrase.replace(f"{{{name}}}", f"(?:{'|'.join(forms.split(SEPARATOR))})")
    return phrase.strip().replace("~", LETTERS)
