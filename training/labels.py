"""Training rows of the classifier: windows with code targets and span targets."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bylostalo.data.records import Judged, Reply, SentencePair
from bylostalo.data.taxonomy import load
from bylostalo.inference.framing import Offsets, Window, windows
from bylostalo.training.encoder import Encoder

UNKNOWN = -1.0
CODES = tuple(code.code for code in load())
SPAN_CODES = tuple(code.code for code in load() if code.has_spans)
MENDABLE = frozenset(code.code for code in load() if code.mendable)


@dataclass(frozen=True)
class Labelled:
    """A text with its known codes; `unknown` codes may or may not be there and teach nothing. A span code among
    `codes` that has no `spans` is somewhere in the text. A `rewritten` text is no reply as people send them."""

    message: str | None
    text: str
    codes: frozenset[str]
    unknown: frozenset[str]
    spans: dict[str, tuple[tuple[int, int], ...]]
    rewritten: bool = False


@dataclass(frozen=True)
class Row:
    """A window and its targets: `codes` `[codes]` and `spans` `[reply tokens, span codes]`, each 1, 0 or unknown."""

    window: Window
    codes: NDArray[np.float32]
    spans: NDArray[np.float32]


def cold(reply: Judged) -> Labelled:
    """«Было» with its labels."""
    spans = {label.code: label.spans(reply.before) for label in reply.problems if label.quotes}
    codes = frozenset(label.code for label in reply.problems)
    return Labelled(reply.client_message, reply.before, codes, frozenset(), spans)


def warm(reply: Reply) -> Labelled:
    """«Стало» as a reply without problems, but for those that no rewriter could mend without notes."""
    unknown = frozenset(label.code for label in reply.problems) - MENDABLE
    return Labelled(reply.client_message, reply.after, frozenset(), unknown, {}, rewritten=True)


def labelled(replies: Iterable[Judged]) -> Iterator[Labelled]:
    """Every reply, and its rewrite where it has one of its own."""
    for reply in replies:
        yield cold(reply)
        if isinstance(reply, Reply) and reply.problems:
            yield warm(reply)


ABSENCES = frozenset(CODES) - frozenset(SPAN_CODES)


def said(pairs: Iterable[SentencePair]) -> Iterator[Labelled]:
    """Labelled sentences, and what became of them: they teach the codes of the text, not those of what it lacks."""
    for pair in pairs:
        if pair.problems is not None:
            spans = {label.code: label.spans(pair.before) for label in pair.problems if label.quotes}
            codes = frozenset(label.code for label in pair.problems)
            yield Labelled(None, pair.before, codes, ABSENCES, spans)
            if pair.problems and pair.after:
                yield Labelled(None, pair.after, frozenset(), ABSENCES, {})


def span_targets(offsets: Offsets, item: Labelled) -> NDArray[np.float32]:
    """`[tokens, span codes]`: 1 inside a span, 0 outside, unknown where the code is somewhere in the text."""
    targets = np.zeros((len(offsets), len(SPAN_CODES)), dtype=np.float32)
    for column, code in enumerate(SPAN_CODES):
        if code in item.codes and not item.spans.get(code):
            targets[:, column] = UNKNOWN
        for start, stop in item.spans.get(code, ()):
            for row, (first, last) in enumerate(offsets):
                if first < stop and last > start:
                    targets[row, column] = 1.0
    return targets


def code_targets(item: Labelled) -> NDArray[np.float32]:
    values = [UNKNOWN if code in item.unknown else float(code in item.codes) for code in CODES]
    return np.array(values, dtype=np.float32)


def rows(items: Sequence[Labelled], encoder: Encoder, *, max_tokens: int) -> list[Row]:
    """Rows of the items; the codes of a reply of several windows are known for the whole only, so such rows
    teach spans alone."""
    found: list[Row] = []
    for item in items:
        parts = windows(item.message, item.text, tokenize=encoder.tokenize, frame=encoder.frame, max_tokens=max_tokens)
        codes = code_targets(item) if len(parts) == 1 else np.full(len(CODES), UNKNOWN, dtype=np.float32)
        found.extend(Row(part, codes, span_targets(part.offsets, item)) for part in parts)
    return found
