"""Texts in a tree of mappings and lists, with the places where they stand: what JSON and YAML have in common."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bylostalo.data.errors import BylostaloError
from bylostalo.data.importing.columns import likeness

from .columns import LIKELY, WORD, chosen, described
from .notes import Notes, free_names

COMMENTS = ("comment_value", "comment_value_html")
CHANNEL = re.compile(r"channel:\w+\Z")
TEXT = "текст"
HALF_A_PAIR = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Node:
    """The raw characters `[start, stop)`: a string (`text`), a mapping (`members`), a list (`items`) or another scalar.

    `style` and `flow` are YAML's: `|`, `>`, quotes or none, and whether it is, or stands in, a [] or {} collection.
    """

    start: int
    stop: int
    text: str | None = None
    members: tuple[tuple["Node", "Node"], ...] = ()
    items: tuple["Node", ...] = ()
    style: str = ""
    flow: bool = True


@dataclass(frozen=True)
class Place:
    """A string of a tree; `owner` is the nearest mapping, `member` the number of its member that holds the string.

    `listed` where that mapping is, or stands in, an item of a list: a record rather than a dictionary of texts.
    """

    path: tuple[str, ...]
    text: str
    node: Node
    owner: Node | None
    member: int
    listed: bool

    @property
    def column(self) -> str:
        return (self.owner.members[self.member][0].text or "") if self.owner else ""


def places(
    node: Node, path: tuple[str, ...] = (), owner: Node | None = None, member: int = 0, *, listed: bool = False
) -> Iterator[Place]:
    """All strings that stand under a key or in a list, at any depth."""
    if path and node.text is not None:
        yield Place(path, node.text, node, owner, member, listed)
    for number, (key, value) in enumerate(node.members):
        yield from places(value, (*path, key.text or ""), node, number, listed=listed)
    for number, item in enumerate(node.items):
        inside = listed or bool(item.members)
        yield from places(item, (*path, str(number)), owner, member, listed=inside)


def is_macro_comment(place: Place) -> bool:
    """A reply in a Zendesk macro: the value of an action that sets the comment."""
    fields = {key.text: value.text for key, value in place.owner.members} if place.owner else {}
    return place.column == "value" and fields.get("field") in COMMENTS and not CHANNEL.match(place.text)


def selected(found: Sequence[Place], column: str | None, path: Path) -> tuple[list[Place], str]:
    """The places of the templates, and a line on how they were found."""
    if not found:
        raise BylostaloError(f"{path}: нет ни одной строки; шаблоны должны стоять в объектах или списках")
    comments = [place for place in found if is_macro_comment(place) and place.text.strip()]
    if comments and column is None:
        return comments, "макросы Zendesk"
    columns: dict[str, list[str]] = {}
    for place in found:
        columns.setdefault(place.column, []).append(place.text)
    name = chosen(columns, column, path)
    if column is None and _is_dictionary(found):
        return [place for place in found if WORD.search(place.text)], "все тексты"
    return [place for place in found if place.column == name and place.text.strip()], described(name, column)


def _is_dictionary(found: Sequence[Place]) -> bool:
    """Whether the keys are names of templates, not of columns: «{"приветствие": "…", "отказ": "…"}»."""
    named = {place.column for place in found if WORD.search(place.text)}
    return not any(place.listed for place in found) and not any(likeness(name, LIKELY) == 2 for name in named)


def distinct(keyed: Sequence[tuple[str, Place]]) -> tuple[dict[str, Place], tuple[tuple[str, str], ...]]:
    """Places by unique keys, and (key, reason) for those whose text no file can hold."""
    unique: dict[str, Place] = {}
    for key, place in keyed:
        number = 2
        free = key
        while free in unique:
            free = f"{key} ({number})"
            number += 1
        unique[free] = place
    broken = {key for key, place in unique.items() if HALF_A_PAIR.search(place.text)}
    return (
        {key: place for key, place in unique.items() if key not in broken},
        tuple((key, "половина суррогатной пары") for key in unique if key in broken),
    )


def named_notes(keyed: Mapping[str, Place], notes: Mapping[str, Notes]) -> Iterator[tuple[Place, Notes]]:
    """Notes by names that are free in the mapping of their template; a second one there gets «стало 2» and so on.

    In a mapping with templates under several keys they are «отказ.стало»; beside a text that stands under no key the
    text itself comes first.
    """
    members: dict[int, set[int]] = {}
    for place in keyed.values():
        if place.owner:
            members.setdefault(place.owner.start, set()).add(place.member)
    taken: dict[int, set[str]] = {}
    for key, place in keyed.items():
        if key not in notes:
            continue
        if place.owner is None:
            yield place, {TEXT: place.text, **notes[key]}
            continue
        at = place.owner.start
        if at not in taken:
            taken[at] = {key.text or "" for key, _ in place.owner.members}
        prefix = f"{place.column}." if len(members[at]) > 1 else ""
        named = dict(zip(free_names(taken[at], prefix), notes[key].values(), strict=True))
        taken[at].update(named)
        yield place, named
