"""The one morphological dictionary of a process."""

from functools import cache
from typing import Any


@cache
def morph() -> Any:
    """pymorphy3's analyser for Russian, read on first use."""
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")
