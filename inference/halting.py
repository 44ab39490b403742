"""When to stop decoding: asked before every step."""

from collections.abc import Callable
from math import inf
from threading import Event
from time import monotonic

from bylostalo.data.errors import BylostaloError

Halt = Callable[[], None]
"""Raises `DeadlineError` or `CancelledError` where the work is to end here."""


class DeadlineError(Exception):
    """What is settled by now is the answer."""


class CancelledError(Exception):
    """Nobody waits for the answer any more."""


def until(moment: float, cancel: Event | None = None) -> Halt:
    """Ends at a moment of the monotonic clock, or as soon as `cancel` is set."""

    def halt() -> None:
        if cancel is not None and cancel.is_set():
            raise CancelledError
        if monotonic() >= moment:
            raise DeadlineError

    return halt


def deadline(timeout: float | None) -> float:
    """The moment of the monotonic clock when so many seconds will have passed; never without a timeout."""
    if timeout is None:
        return inf
    if not timeout > 0:
        raise BylostaloError(f"timeout={timeout}: нужно положительное число секунд")
    return monotonic() + timeout
