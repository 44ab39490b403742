"""A second judge that no training saw: problems found by plain word lists."""

import re
from functools import cache
from importlib.resources import files

import yaml


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    text = files(__package__).joinpath("word_lists.yaml").read_text("utf-8")
    return {code: re.compile("|".join(rules), re.IGNORECASE) for code, rules in yaml.safe_load(text).items()}


def places(text: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Where each code's words occur in the text."""
    return {code: tuple(match.span() for match in pattern.finditer(text)) for code, pattern in _patterns().items()}


def hits(text: str) -> dict[str, int]:
    """How often each code's words occur in the text."""
    return {code: len(found) for code, found in places(text).items()}
