"""Texts of one conversation with personal data replaced: the same person is the same placeholder throughout."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from presidio_analyzer import AnalyzerEngine, RecognizerResult

from .names import parts_of
from .numbers import digits_of
from .recognisers import LANGUAGE, analyzer

PERSON = "ИМЯ"
PHONE = "ТЕЛЕФОН"


@dataclass(frozen=True)
class Found:
    """Personal data in a text: what kind and where."""

    entity: str
    start: int
    stop: int


def settled(results: Sequence[RecognizerResult]) -> list[Found]:
    """Spans without overlaps: the surest first, of equals the longest; names that touch are one."""
    taken: list[Found] = []
    for one in sorted(results, key=lambda one: (-one.score, one.start - one.end)):
        if all(one.end <= other.start or one.start >= other.stop for other in taken):
            taken.append(Found(one.entity_type, one.start, one.end))
    return sorted(taken, key=lambda one: one.start)


def identity(entity: str, text: str) -> Hashable:
    """What makes two mentions the same; of a phone the last ten digits, of a name its parts."""
    if entity == PERSON:
        return parts_of(text)
    if digits := digits_of(text):
        return digits[-10:] if entity == PHONE else digits
    return re.sub(r"\W+", " ", text.lower())


@dataclass
class Mentions:
    """Numbers given to the people and numbers of one conversation."""

    known: dict[str, list[Hashable]] = field(default_factory=dict)

    def placeholder(self, entity: str, text: str) -> str:
        mine = self.known.setdefault(entity, [])
        key = identity(entity, text)
        place = self._place(mine, key)
        if place is None:
            mine.append(key)
            place = len(mine) - 1
        elif isinstance(key, frozenset) and len(key) > len(mine[place]):  # type: ignore[arg-type]
            mine[place] = key
        return f"[{entity}_{place + 1}]"

    @staticmethod
    def _place(known: Sequence[Hashable], key: Hashable) -> int | None:
        if key in known:
            return known.index(key)
        if not isinstance(key, frozenset):
            return None
        same = [
            place
            for place, other in enumerate(known)
            if isinstance(other, frozenset) and other and key and (key <= other or other <= key)
        ]
        return same[0] if len(same) == 1 else None


class Redactor:
    """Finds personal data by Presidio; `engine` may hold recognisers of one's own. Words to `keep` in any form are
    names of nobody: those of the company and its goods."""

    def __init__(self, engine: AnalyzerEngine | None = None, *, keep: Iterable[str] = ()) -> None:
        self.engine = engine or analyzer()
        self.keep = frozenset(part for word in keep for part in parts_of(word))

    def find(self, text: str) -> list[Found]:
        """Personal data of one text, in order, without overlaps."""
        found = settled(self.engine.analyze(text, language=LANGUAGE))
        return [one for one in found if not self._is_kept(one, text)]

    def _is_kept(self, one: Found, text: str) -> bool:
        parts = parts_of(text[one.start : one.stop])
        return one.entity == PERSON and bool(parts) and parts <= self.keep

    def redact(self, texts: Sequence[str | None]) -> list[str | None]:
        """The texts of one conversation, redacted; None stays None."""
        mentions = Mentions()
        return [None if text is None else "".join(self._pieces(text, mentions)) for text in texts]

    def _pieces(self, text: str, mentions: Mentions) -> Iterator[str]:
        place = 0
        for one in self.find(text):
            yield text[place : one.start]
            yield mentions.placeholder(one.entity, text[one.start : one.stop])
            place = one.stop
        yield text[place:]
