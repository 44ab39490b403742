"""The meaning lock: negation, modality, limits, conditions, content and roles of a sentence and its rewrite."""

from .compare import coverage, flips
from .content import Coverage
from .flip import HARD, Flip, Kind

__all__ = ["HARD", "Coverage", "Flip", "Kind", "coverage", "flips"]
