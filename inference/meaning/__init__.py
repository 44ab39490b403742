"""The meaning lock: did a rewrite keep the negations, modality, limits, conditions, roles and content?"""

from .compare import coverage, flips, things_added
from .content import Coverage
from .flip import Flip, Kind

__all__ = ["Coverage", "Flip", "Kind", "coverage", "flips", "things_added"]
