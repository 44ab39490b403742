"""The whole import: read, redact, drop repeats, give groups."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial

from bylostalo.data.chunks import chunks
from bylostalo.data.redaction import Redactor
from bylostalo.data.splits import find

from .records import Imported
from .repeats import REPEAT, Seen

CHUNK = 200


@dataclass
class Tally:
    """What happened to the replies of an import."""

    read: int = 0
    repeats: int = 0
    pairs: int = 0
    kept: int = 0


@cache
def _redactor(keep: tuple[str, ...]) -> Redactor:
    return Redactor(keep=keep)


def redacted(record: Imported, *, keep: tuple[str, ...]) -> Imported:
    """The record with personal data replaced, alike in all its texts."""
    asked, before, after = _redactor(keep).redact([record.client_message, record.before, record.after])
    return replace(record, client_message=asked, before=before or "", after=after)


def _redacted_chunk(records: tuple[Imported, ...], keep: tuple[str, ...]) -> list[Imported]:
    return [redacted(record, keep=keep) for record in records]


def all_redacted(records: Iterable[Imported], *, processes: int, keep: tuple[str, ...]) -> Iterator[Imported]:
    """Records in order, redacted by several processes; only a few chunks are held at a time. Words to `keep` are
    names of nobody."""
    with ProcessPoolExecutor(processes) as pool:
        for wave in chunks(chunks(records, CHUNK), 2 * processes):
            for done in pool.map(partial(_redacted_chunk, keep=keep), wave):
                yield from done


def without_repeats(records: Iterable[Imported], tally: Tally) -> list[Imported]:
    """Records without exact and near repeats; kin, and replies of one conversation, share a group."""
    seen = Seen()
    kept: list[Imported] = []
    parents: list[int] = []
    first_of: dict[str, int] = {}
    for record in records:
        tally.read += 1
        kin = dict(seen.kin(record.before))
        if max(kin.values(), default=0.0) >= REPEAT:
            tally.repeats += 1
            continue
        number = seen.add(record.before)
        parents.append(number)
        kept.append(record)
        same = list(kin)
        if record.group:
            same.append(first_of.setdefault(record.group, number))
        for other in same:
            first, second = sorted((find(parents, other), find(parents, number)))
            parents[second] = first
    tally.kept = len(kept)
    tally.pairs = sum(record.after is not None for record in kept)
    return [
        replace(record, group=kept[find(parents, number)].group or kept[find(parents, number)].id)
        for number, record in enumerate(kept)
    ]
