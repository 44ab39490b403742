"""Interleaved runs: in every round each engine answers the same inputs, one engine after another."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any, Literal

from bylostalo.training.bench.contest import ORACLE, Contestant
from bylostalo.training.bench.engines import Ids
from bylostalo.training.bench.process import Running, running
from bylostalo.training.bench.workload import Task, Template, distinct

LIMIT = 128
"""Most tokens that an engine may generate for a prompt; a greedy answer is seldom longer than forty."""
BATCH_SIZES = (16, 32, 64)
SAMPLE = 128
"""Sentences on which the settings for a library are tried."""
Batch = Literal[1, "library"]
Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Row:
    """Medians over the rounds; `tokens_per_s_range` are the slowest and the fastest round. `replies_per_s` counts whole
    templates. `first_use_s` is from the start of a fresh process to its first answer. `agreement` is the share of the
    oracle's tokens that come out before the first that differs, `identical` the share of equal answers; both None
    where an engine is not meant to say the same."""

    engine: str
    setting: str
    batch: Batch
    tokens_per_s: float
    tokens_per_s_range: tuple[float, float]
    replies_per_s: float
    first_token_ms: float
    last_token_ms: float
    load_s: float
    first_use_s: float
    peak_mb: float
    agreement: float | None
    identical: float | None


@dataclass(frozen=True)
class Round:
    """What an engine generated for each input, the seconds until the first and the last token of an answer (of the
    whole library), and the seconds of all answers."""

    ids: list[Ids]
    first: float
    last: float
    seconds: float


@dataclass(frozen=True)
class Entry:
    """A contestant in its process, which has answered once."""

    contestant: Contestant
    process: Running
    first_use_s: float

    def timed(self, tasks: Sequence[Task], *, limit: int = LIMIT, batch_size: int = 1) -> tuple[list[Ids], float]:
        return self.process.timed([self.contestant.reads(task) for task in tasks], limit=limit, batch_size=batch_size)


def measure(
    contestants: Sequence[Contestant],
    templates: Sequence[Template],
    *,
    single: int,
    rounds: int,
    cache: Path,
    say: Say,
) -> list[Row]:
    """Rows of one answer at a time (the sentences of the first `single` templates) for every setting, then of the whole
    library for the best setting of each engine. Assembled weights lie in `cache`."""
    few, many = distinct(templates[:single]), distinct(templates)
    with ExitStack() as stack:
        entries = [_enter(stack, one, few[0], cache, say) for one in contestants]
        alone = _interleaved(entries, rounds, lambda entry: _one_by_one(entry, few), say)
        rows = _rows(alone, {}, batch=1, replies=single)
        sizes = _best_settings(entries, many[:SAMPLE], say)
        together = _interleaved(list(sizes), rounds, lambda entry: _together(entry, many, sizes[entry]), say)
        return rows + _rows(together, sizes, batch="library", replies=len(templates))


def _enter(stack: ExitStack, contestant: Contestant, first: Task, cache: Path, say: Say) -> Entry:
    say(f"загрузка: {contestant.title}")
    process = stack.enter_context(running(contestant.load, cache=cache))
    _, seconds = process.timed([contestant.reads(first)], limit=LIMIT, batch_size=1)
    return Entry(contestant, process, process.load_s + seconds)


def _interleaved(
    entries: Sequence[Entry], rounds: int, run: Callable[[Entry], Round], say: Say
) -> dict[Entry, list[Round]]:
    """The rounds of every engine; each round begins with another one."""
    found: dict[Entry, list[Round]] = {entry: [] for entry in entries}
    for number in range(rounds):
        start = number % len(entries)
        for entry in (*entries[start:], *entries[:start]):
            done = run(entry)
            found[entry].append(done)
            say(f"круг {number + 1}: {entry.contestant.title}, {len(done.ids)} предложений за {done.seconds:.1f} с")
    return found


def _one_by_one(entry: Entry, tasks: Sequence[Task]) -> Round:
    ids, first, last = [], [], []
    for task in tasks:
        if entry.contestant.greedy:
            first.append(entry.timed([task], limit=1)[1])
        answers, seconds = entry.timed([task])
        ids += answers
        last.append(seconds)
    return Round(ids, median(first or last), median(last), sum(last))


def _together(entry: Entry, tasks: Sequence[Task], batch_size: int | None) -> Round:
    if batch_size is None:
        ids, seconds = entry.timed(tasks)
        return Round(ids, seconds, seconds, seconds)
    _, first = entry.timed(tasks[:batch_size], limit=1, batch_size=batch_size)
    ids, seconds = entry.timed(tasks, batch_size=batch_size)
    return Round(ids, first, seconds, seconds)


def _best_settings(entries: Sequence[Entry], tasks: Sequence[Task], say: Say) -> dict[Entry, int | None]:
    """Of each engine the fastest setting with its fastest batch size; None for one that has batches of its own."""
    fastest: dict[str, tuple[float, Entry, int]] = {}
    for entry in entries:
        for size in BATCH_SIZES if entry.contestant.greedy else ():
            _, seconds = entry.timed(tasks, batch_size=size)
            say(f"проба: {entry.contestant.title}, пакет {size}: {seconds:.1f} с")
            best = fastest.get(entry.contestant.engine)
            if best is None or seconds < best[0]:
                fastest[entry.contestant.engine] = (seconds, entry, size)
    own = {entry: None for entry in entries if not entry.contestant.greedy}
    return {**{entry: size for _, entry, size in fastest.values()}, **own}


def _rows(
    found: Mapping[Entry, Sequence[Round]], sizes: Mapping[Entry, int | None], *, batch: Batch, replies: int
) -> list[Row]:
    reference = next(runs[0].ids for entry, runs in found.items() if entry.contestant.engine == ORACLE)
    return [
        _row(entry, runs, reference, batch=batch, replies=replies, size=sizes.get(entry))
        for entry, runs in found.items()
    ]


def _row(
    entry: Entry, runs: Sequence[Round], reference: Sequence[Ids], *, batch: Batch, replies: int, size: int | None
) -> Row:
    one = entry.contestant
    speeds = [sum(len(ids) + 1 for ids in run.ids) / run.seconds for run in runs]
    return Row(
        engine=one.engine,
        setting=f"{one.setting}, пакет {size}" if size else one.setting,
        batch=batch,
        tokens_per_s=median(speeds),
        tokens_per_s_range=(min(speeds), max(speeds)),
        replies_per_s=median(replies / run.seconds for run in runs),
        first_token_ms=1000 * median(run.first for run in runs),
        last_token_ms=1000 * median(run.last for run in runs),
        load_s=entry.process.load_s,
        first_use_s=entry.first_use_s,
        peak_mb=entry.process.peak_mb(),
        agreement=agreement(runs[0].ids, reference) if one.greedy else None,
        identical=mean(a == b for a, b in zip(runs[0].ids, reference, strict=True)) if one.greedy else None,
    )


def agreement(found: Sequence[Ids], reference: Sequence[Ids]) -> float:
    """The share of the tokens of `reference`, the end included, that come out before the first that differs."""
    same = sum(_common(ids, expected) for ids, expected in zip(found, reference, strict=True))
    return same / sum(len(expected) + 1 for expected in reference)


def _common(ids: Ids, expected: Ids) -> int:
    """Tokens of the common beginning; the end counts as one where the two are equal."""
    if ids == expected:
        return len(ids) + 1
    pairs: zip[tuple[Any, Any]] = zip(ids, expected, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(ids), len(expected)))
