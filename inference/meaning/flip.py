"""What the meaning lock reports."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["negation", "modality", "limit", "condition", "lost", "added", "roles"]


@dataclass(frozen=True)
class Flip:
    """A change of force: its kind and the words that show it."""

    kind: Kind
    evidence: str
