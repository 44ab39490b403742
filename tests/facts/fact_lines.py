"""Marked-up lines: «Вернём ‹10 000 ₽› за ‹3 дня›», the facts of one kind between ‹ and ›."""

import re
from collections.abc import Sequence

from bylostalo.inference.facts import Fact, extract


def surfaces(line: str) -> list[str]:
    return re.findall(r"‹([^›]*)›", line)


def plain(line: str) -> str:
    return line.replace("‹", "").replace("›", "")


def found(line: str, kind: str) -> list[Fact]:
    return [fact for fact in extract(plain(line)) if fact.kind == kind]


def marked(line: str, values: Sequence[str]) -> list[tuple[str, str]]:
    """What the marks of the line say: surface and value of each fact."""
    return list(zip(surfaces(line), values, strict=True))


def extracted(line: str, kind: str) -> list[tuple[str, str]]:
    return [(fact.text, fact.value) for fact in found(line, kind)]
