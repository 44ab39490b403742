"""Measures the rewriter on a held-out split, beside the baselines."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from statistics import mean
from typing import Any

from sacrebleu.metrics import CHRF

from bylostalo.data.records import Reply
from bylostalo.inference.classifier import Classifier
from bylostalo.inference.editor import Editor
from bylostalo.inference.engine.vocabulary import embedded_vocabulary
from bylostalo.inference.facts.compare import compare
from bylostalo.inference.results import Request
from bylostalo.training.baselines import copied, replaced
from bylostalo.training.labels import MENDABLE
from bylostalo.training.metrics import word_lists
from bylostalo.training.metrics.sari import sari

_CHRF = CHRF(word_order=2)


@dataclass(frozen=True)
class Outputs:
    """What one system made of the replies, and how long it took."""

    texts: tuple[str, ...]
    seconds: float


def requests(replies: Sequence[Reply]) -> list[Request]:
    return [Request(before=reply.before, client_message=reply.client_message, notes=reply.notes) for reply in replies]


def evaluate_rewriter(editor: Editor, replies: Sequence[Reply]) -> dict[str, Any]:
    """The editor and the baselines on replies that need rewriting, and the shares of what was done with all."""
    started = time.perf_counter()
    edits = editor.edit(requests(replies))
    seconds = time.perf_counter() - started
    statuses = [edit.rewrite.status for edit in edits]
    texts = tuple(edit.rewrite.after for edit in edits)
    good = [edit for reply, edit in zip(replies, edits, strict=True) if not reply.problems and not reply.notes]
    tokens = sum(len(embedded_vocabulary().encode(text)) for text in texts)
    systems = {
        "bylostalo": Outputs(texts, seconds),
        "замена фраз": _baseline(replaced, replies),
        "копия": _baseline(copied, replies),
    }
    return {
        "replies": len(replies),
        "shares": {status: statuses.count(status) / len(statuses) for status in ("rewritten", "unchanged", "kept")},
        "good_untouched": mean(edit.rewrite.status == "unchanged" for edit in good) if good else None,
        "seconds_per_reply": seconds / len(replies),
        "tokens_per_second": tokens / seconds,
        "systems": {name: _system(editor.classifier, replies, outputs) for name, outputs in systems.items()},
    }


def _baseline(make: Callable[[str], str], replies: Sequence[Reply]) -> Outputs:
    started = time.perf_counter()
    texts = tuple(make(reply.before) for reply in replies)
    return Outputs(texts, time.perf_counter() - started)


def _system(classifier: Classifier, replies: Sequence[Reply], outputs: Outputs) -> dict[str, float]:
    """Figures over the replies with problems: likeness to the reference, problems removed, facts broken."""
    bad = [(reply, text) for reply, text in zip(replies, outputs.texts, strict=True) if reply.problems]
    texts = [text for _, text in bad]
    references = [[reply.after, *reply.references] for reply, _ in bad]
    befores = [reply.before for reply, _ in bad]
    broken = sum(not _faithful(reply, text) for reply, text in zip(replies, outputs.texts, strict=True))
    return {
        "chrf": _CHRF.corpus_score(texts, list(zip_longest(*references))).score,
        "sari": mean(sari(b, t, r) for b, t, r in zip(befores, texts, references, strict=True)),
        "removed_by_classifier": _removed(classifier, [reply for reply, _ in bad], texts),
        "removed_by_word_lists": 1 - _hits(texts) / max(1, _hits(befores)),
        "fact_violations": broken,
    }


def _faithful(reply: Reply, text: str) -> bool:
    if text == reply.before:
        return True
    return compare(text, before=reply.before, client_message=reply.client_message, notes=reply.notes).ok


def _hits(texts: Sequence[str]) -> int:
    return sum(sum(word_lists.hits(text).values()) for text in texts)


def _removed(classifier: Classifier, replies: Sequence[Reply], texts: Sequence[str]) -> float:
    """Share of the labelled mendable problems that the classifier no longer sees."""
    found = classifier.diagnose(texts, [reply.client_message for reply in replies])
    labelled = [MENDABLE.intersection(reply.codes) for reply in replies]
    total = sum(len(codes) for codes in labelled)
    left = sum(len(codes & one.codes) for codes, one in zip(labelled, found, strict=True))
    return 1 - left / max(1, total)
