"""Personal data of a conversation replaced by stable placeholders such as «[ИМЯ_1]»."""

from .redact import Redactor

__all__ = ["Redactor"]
