"""The open door: a last sentence that says the customer may come back, and promises nothing but an answer."""

from .bank import Phrases, bank, choose
from .case import Case
from .detect import has_open_door, signature_start
from .layout import insert_last
from .words import met

CLOSE = frozenset({"чат", "мессенджер", "почта", "отзыв", "жалоба"})
"""Channels whose own doors are enough."""


def open_door(body: str, case: Case) -> str:
    """The body with an open door at its end, before the signature, unless it has one."""
    if has_open_door(body):
        return body
    stop = signature_start(body)
    return insert_last(body, len(body) if stop is None else stop, door(case))


def door(case: Case) -> str:
    """A door for the channel and, if the reply has one, its topic."""
    return choose(_phrases(case), case.key, salt="door")


def _phrases(case: Case) -> Phrases:
    doors = bank().doors
    if case.is_solemn:
        return doors["solemn"]
    if met(bank().closed, case.before):
        return doors["closed"]
    if case.channel == "смс":
        return doors["смс"]
    topics = [theme.phrases for theme in bank().topics if met(theme.triggers, case.before)]
    common = doors["any"] + (doors["asked"] if case.client_message else ())
    general = doors.get(case.channel or "", ()) + (() if case.channel in CLOSE else common)
    return (*general, *(phrase for phrases in topics[:1] for phrase in phrases))
