"""Diagnosis and rewrite together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bylostalo.inference.classifier import Classifier, Reading, merged_spans
from bylostalo.inference.reserved import strip_reserved
from bylostalo.inference.results import Cold, Diagnosis, Edit, Request, Rewrite
from bylostalo.inference.rewriter import Draft, Rewriter, draft, settle, sources_of

SUSPICION = 0.3
"""A sentence is said anew where a token of it shows some problem with at least this probability."""


def suspicious(reading: Reading, diagnosis: Diagnosis) -> list[Cold]:
    """Spans of the diagnosis, and those that are merely likely."""
    likely = merged_spans(reading.offsets, np.asarray(reading.tokens.max(axis=1, initial=0.0) >= SUSPICION))
    named = [Cold(span, True) for problem in diagnosis.problems for span in problem.spans]
    return [*named, *(Cold(span, False) for span in likely)]


@dataclass(frozen=True)
class Reviewed:
    """A reply, what is wrong with it, and the places of it to be said anew."""

    request: Request
    diagnosis: Diagnosis
    cold: tuple[Cold, ...]


def plan(reviewed: Reviewed) -> Draft | None:
    """How the reply is to be rewritten; None where it is good as it is."""
    if not (reviewed.diagnosis.problems or reviewed.request.notes):
        return None
    return draft(reviewed.request, reviewed.diagnosis.codes, reviewed.cold)


def untouched(request: Request) -> Rewrite:
    return Rewrite(after=request.before, status="unchanged")


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
        reviewed = self.review(requests)
        plans = [plan(one) for one in reviewed]
        said = self.rewriter.say(source for plan in plans if plan for source in sources_of(plan))
        rewrites = [
            settle(plan, said) if plan else untouched(one.request) for one, plan in zip(reviewed, plans, strict=True)
        ]
        return self.judge(reviewed, rewrites)

    def review(self, requests: Sequence[Request]) -> list[Reviewed]:
        """What is wrong with each reply, and where it is to be said anew."""
        replies = [strip_reserved(request.before) for request in requests]
        messages = [request.client_message for request in requests]
        readings = self.classifier.read(replies, messages)
        diagnoses = [
            self.classifier.judge(reply, reading, message)
            for reply, reading, message in zip(replies, readings, messages, strict=True)
        ]
        return [
            Reviewed(request, diagnosis, tuple(suspicious(reading, diagnosis)))
            for request, diagnosis, reading in zip(requests, diagnoses, readings, strict=True)
        ]

    def judge(self, reviewed: Sequence[Reviewed], rewrites: Sequence[Rewrite]) -> list[Edit]:
        """The rewrites with the problems that are left in them."""
        changed = [i for i, rewrite in enumerate(rewrites) if rewrite.status == "rewritten"]
        messages = [reviewed[i].request.client_message for i in changed]
        again = self.classifier.diagnose([rewrites[i].after for i in changed], messages)
        left = {i: diagnosis.problems for i, diagnosis in zip(changed, again, strict=True)}
        return [
            Edit(diagnosis=one.diagnosis, rewrite=rewrite, problems_after=left.get(i, one.diagnosis.problems))
            for i, (one, rewrite) in enumerate(zip(reviewed, rewrites, strict=True))
        ]
