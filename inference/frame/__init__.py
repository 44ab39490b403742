"""The frame of a rewritten reply: greeting, apology, open door; from a reviewed bank, never from a model."""

from .compose import compose

__all__ = ["compose"]
