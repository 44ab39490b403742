"""Word lists of the synthesis, read once."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def cliches() -> dict[str, Any]:
    return dict(yaml.safe_load(files("bylostalo.data.synthesis").joinpath("cliches.yaml").read_text("utf-8")))


@cache
def verbal_nouns() -> dict[str, str]:
    """Infinitive → noun of action."""
    return dict(yaml.safe_load(files("bylostalo.data.synthesis").joinpath("verbal_nouns.yaml").read_text("utf-8")))
