"""The page and the table of `bylostalo compare` for rewriters."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import chain

from bylostalo.data.taxonomy import by_code
from bylostalo.training.compare_rewriters import CHUNK, METRICS, RewriterComparison
from bylostalo.training.compare_verdict import (
    FIRST,
    SECOND,
    deciding,
    examples,
    figure,
    gain,
    gain_interval,
    verdict,
    winner,
)
from bylostalo.training.numbers import decimal
from bylostalo.training.report.page import render

STATUSES = {"rewritten": "переписано", "unchanged": "не тронуто", "kept": "оставлено"}
_WORD = re.compile(r"\w+|\W")


def compare_page(found: RewriterComparison) -> str:
    """Verdict, figures of both, and the replies where they differ most, side by side."""
    return render(
        "compare.html",
        found=found,
        first=FIRST,
        second=SECOND,
        verdict=verdict(found),
        metrics=METRICS,
        deciding=deciding(found),
        reach={name: _reach(found, is_share=metric.is_share) for name, metric in METRICS.items()},
        sections=((SECOND, examples(found, winner=SECOND)), (FIRST, examples(found, winner=FIRST))),
        statuses=STATUSES,
        chunk=CHUNK,
        figure=figure,
        gain=gain,
        gain_interval=gain_interval,
        winner=winner,
        unlike=unlike,
        title_of=lambda code: by_code(code).title,
    )


def compare_table(found: RewriterComparison) -> str:
    """Markdown, and the verdict under it."""
    rows: list[tuple[str, ...]] = [("что", FIRST, SECOND, "разница", "95 %", "p"), ("---",) * 6]
    for name, metric in METRICS.items():
        each = found.differences[name]
        both = figure(name, each.against), figure(name, each.model)
        change = gain(name, each.gain.value), gain_interval(name, each.gain)
        rows.append((metric.title, *both, *change, decimal(each.p, 3)))
    seconds = (decimal(tried.seconds_per_reply) for tried in (found.first, found.second))
    rows.append(("секунд на ответ", *seconds, "", "", ""))
    names = f"{FIRST}: {found.first.title}; {SECOND}: {found.second.title}"
    return "\n".join([names, "", *(f"| {' | '.join(row)} |" for row in rows), "", verdict(found)])


def unlike(text: str, other: str) -> Iterator[tuple[str, bool]]:
    """Fragments of the text in order, and whether the other lacks them."""
    mine, theirs = _WORD.findall(text), _WORD.findall(other)
    for kind, start, stop, *_ in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if start < stop:
            yield "".join(mine[start:stop]), kind != "equal"


def _reach(found: RewriterComparison, *, is_share: bool) -> float:
    """The farthest end of the intervals in the same unit, the scale of their bars."""
    gains = (each.gain for name, each in found.differences.items() if METRICS[name].is_share is is_share)
    ends = chain.from_iterable((each.low, each.high) for each in gains)
    return max((abs(end) for end in ends if end is not None), default=0.0) or 1.0
