"""What the frame is chosen by: the original reply and all that is known around it."""

from dataclasses import dataclass

from .bank import Phrases, bank
from .words import met


@dataclass(frozen=True, kw_only=True)
class Case:
    """One reply; `key` decides among phrases that fit equally well. `apologies` of the house are said where no cause
    is known; without them, those of the bank. `heard` is an apology that has heard the customer, or empty."""

    before: str
    client_message: str
    notes: tuple[str, ...]
    channel: str | None
    key: str
    apologies: Phrases = ()
    heard: str = ""

    @property
    def is_solemn(self) -> bool:
        """Whether it is about death or grave illness."""
        return met(bank().solemn, f"{self.client_message}\n{self.before}")
