"""Facts of a text: find them, compare them, keep them safe."""

from .compare import FactCheck, compare
from .extract import extract
from .fact import Fact
from .protect import Slots, protect, restore, strip_reserved

__all__ = ["Fact", "FactCheck", "Slots", "compare", "extract", "protect", "restore", "strip_reserved"]
