"""The reviewed phrases of `bank.yaml`; among phrases the same text always gets the same one."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

Phrases = tuple[str, ...]
Trigger = frozenset[str]
"""Dictionary forms that must all stand in one sentence; a form that ends in * is the beginning of a word."""


@dataclass(frozen=True)
class Theme:
    """Phrases that fit where one of the triggers is met; `admitted` are for the company's own words."""

    name: str
    triggers: tuple[Trigger, ...]
    admitted: tuple[Trigger, ...]
    phrases: Phrases


@dataclass(frozen=True, kw_only=True)
class Bank:
    """Phrases by kind; `apologies` and `topics` in the order in which they are tried."""

    greetings: Mapping[str, Phrases]
    echoes: Mapping[str, Phrases]
    named_echoes: Mapping[str, Phrases]
    apologies: tuple[Theme, ...]
    solemn_apologies: Phrases
    doors: Mapping[str, Phrases]
    topics: tuple[Theme, ...]
    solemn: tuple[Trigger, ...]
    closed: tuple[Trigger, ...]
    echo_channels: frozenset[str]


@cache
def bank() -> Bank:
    """The bank that is shipped."""
    data = yaml.safe_load(files(__package__).joinpath("bank.yaml").read_text(encoding="utf-8"))
    greetings = dict(data["greetings"])
    return Bank(
        echoes=_lists(greetings.pop("echoed")),
        named_echoes=_lists(greetings.pop("echoed_named")),
        greetings=_lists(greetings),
        apologies=tuple(_theme(item, "cause") for item in data["apologies"]),
        solemn_apologies=tuple(data["solemn_apologies"]),
        doors=_lists(data["doors"]),
        topics=tuple(_theme(item, "topic") for item in data["topics"]),
        solemn=_triggers(data["solemn_triggers"]),
        closed=_triggers(data["closed_triggers"]),
        echo_channels=frozenset(data["echo_channels"]),
    )


def _lists(data: Mapping[str, Sequence[str]]) -> dict[str, Phrases]:
    return {name: tuple(phrases) for name, phrases in data.items()}


def _theme(data: Mapping[str, Any], name: str) -> Theme:
    return Theme(data[name], _triggers(data["triggers"]), _triggers(data.get("admitted", ())), tuple(data["phrases"]))


def _triggers(lines: Sequence[str]) -> tuple[Trigger, ...]:
    return tuple(frozenset(line.replace("ё", "е").split()) for line in lines)


def choose(phrases: Sequence[str], key: str, *, salt: str) -> str:
    """One phrase by the sha256 of `key`; `salt` keeps the choices for one text independent of each other."""
    digest = hashlib.sha256(f"{salt}\0{key}".encode()).digest()
    return phrases[int.from_bytes(digest[:8], "big") % len(phrases)]
