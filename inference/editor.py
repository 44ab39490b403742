"""Diagnosis and rewrite together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bylostalo.inference.classifier import Classifier, Reading, merged_spans
from bylostalo.inference.reserved import strip_reserved
from bylostalo.inference.results import Cold, Diagnosis, Edit, Request, Rewrite
from bylostalo.inference.rewriter import Rewriter

SUSPICION = 0.3
"""A sentence is said anew where a token of it shows some problem with at least this probability."""


def suspicious(reading: Reading, diagnosis: Diagnosis) -> list[Cold]:
    """Spans of the diagnosis, and those that are merely likely."""
    likely = merged_spans(reading.offsets, np.asarray(reading.tokens.max(axis=1, initial=0.0) >= SUSPICION))
    named = [Cold(span, True) for problem in diagnosis.problems for span in problem.spans]
    return [*named, *(Cold(span, False) for span in likely)]


@dataclass(frozen=True)
class Editor:
    """Finds what is wrong with replies and rewrites them; a good reply comes back to the byte."""

    classifier: Classifier
    rewriter: Rewriter

    @classmethod
    def from_pretrained(
        cls, classifier: str | None = None, rewriter: str | None = None, *, threads: int = 0
    ) -> "Editor":
        """The shipped models, or those of local folders."""
        return cls(
            Classifier.from_pretrained(classifier, threads=threads),
            Rewriter.from_pretrained(rewriter, threads=threads),
        )

    def edit(self, requests: Sequence[Request]) -> list[Edit]:
        """One edit a request, in order."""
        replies = [strip_reserved(request.before) for request in requests]
        messages = [request.client_message for request in requests]
        readings = self.classifier.read(replies, messages)
        diagnoses = [
            self.classifier.judge(reply, reading, message)
            for reply, reading, message in zip(replies, readings, messages, strict=True)
        ]
        rewrites = [Rewrite(after=request.before, status="unchanged") for request in requests]
        bad = [i for i, request in enumerate(requests) if diagnoses[i].problems or request.notes]
        found = self.rewriter.rewrite(
            [requests[i] for i in bad],
            codes=[diagnoses[i].codes for i in bad],
            cold=[suspicious(readings[i], diagnoses[i]) for i in bad],
        )
        for i, rewrite in zip(bad, found, strict=True):
            rewrites[i] = rewrite
        changed = [i for i, rewrite in enumerate(rewrites) if rewrite.status == "rewritten"]
        again = self.classifier.diagnose([rewrites[i].after for i in changed], [messages[i] for i in changed])
        left = {i: diagnosis.problems for i, diagnosis in zip(changed, again, strict=True)}
        return [
            Edit(diagnosis=diagnosis, rewrite=rewrite, problems_after=left.get(i, diagnosis.problems))
            for i, (diagnosis, rewrite) in enumerate(zip(diagnoses, rewrites, strict=True))
        ]
