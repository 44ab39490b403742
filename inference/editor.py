"""Diagnosis and rewrite together."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from threading import Event
from time import monotonic

import numpy as np

from bylostalo.inference.classifier import Classifier, Reading, merged_spans
from bylostalo.inference.drafts import NO_RULES, Draft, draft, sources_of
from bylostalo.inference.halting import CancelledError, Halt, deadline, until
from bylostalo.inference.reserved import strip_reserved
from bylostalo.inference.results import STRICTNESS, Diagnosis, Edit, Request, Rewrite, Span
from bylostalo.inference.rewriter import Rewriter
from bylostalo.inference.streaming import drained, not_begun, settle, settling
from bylostalo.inference.templates.rules import Rules, broken

SUSPICION = 0.3
"""A sentence is said anew where a token of it shows some problem with at least this probability."""


IDLE = ("lecturing", "rudeness", "template_empathy")
IDLE_AT_LEAST = 0.5
"""A token lectures, offends or is part of a cliché with at least this probability."""


def idle_spans(reading: Reading, codes: Sequence[str]) -> list[Span]:
    """Places that lecture, offend or say a cliché; `codes` are the columns of the reading's tokens."""
    columns = [codes.index(code) for code in IDLE if code in codes]
    return list(
        merged_spans(reading.offsets, np.asarray(reading.tokens[:, columns].max(axis=1, initial=0.0) >= IDLE_AT_LEAST))
    )


def suspicious(reading: Reading, diagnosis: Diagnosis) -> list[Span]:
    """Places of a reply to be said anew: spans of the diagnosis, and those that are merely likely."""
    likely = merged_spans(reading.offsets, np.asarray(reading.tokens.max(axis=1, initial=0.0) >= SUSPICION))
    return [*(span for problem in diagnosis.problems for span in problem.spans), *likely]


@dataclass(frozen=True)
class Reviewed:
    """A reply, what is wrong with it, the places of it to be said anew, and those that are idle."""

    request: Request
    diagnosis: Diagnosis
    cold: tuple[Span, ...]
    idle: tuple[Span, ...] = ()


def plan(reviewed: Reviewed, house: Rules = NO_RULES) -> Draft | None:
    """How the reply is to be rewritten; None where it is good as it is, in this house too."""
    request, diagnosis = reviewed.request, reviewed.diagnosis
    if not (diagnosis.problems or request.notes or any(broken(house, request.before))):
        return None
    return draft(request, diagnosis.codes, reviewed.cold, house, idle=reviewed.idle)


def untouched(request: Request) -> Rewrite:
    return Rewrite(after=request.before, status="unchanged")


def _key(request: Request) -> tuple[str, str | None, tuple[str, ...]]:
    return request.before, request.client_message, tuple(request.notes)


@dataclass(frozen=True)
class Editor:
    """Finds what is wrong with replies and rewrites them; a good reply comes back to the byte."""

    classifier: Classifier
    rewriter: Rewriter

    @classmethod
    def from_pretrained(
        cls,
        classifier: str | None = None,
        rewriter: str | None = None,
        *,
        threads: int = 0,
        strictness: float = STRICTNESS,
    ) -> "Editor":
        """The shipped models, or those of local folders; `strictness` as in `Classifier.from_pretrained`."""
        return cls(
            Classifier.from_pretrained(classifier, threads=threads, strictness=strictness),
            Rewriter.from_pretrained(rewriter, threads=threads),
        )

    def edit(self, requests: Sequence[Request], *, timeout: float | None = None) -> list[Edit]:
        """One edit a request, in order; equal requests are edited once.

        With a `timeout` of so many seconds for all, the requests are taken one after another: what is settled in time
        is rewritten, the rest stays as it was, and `reason` says so. It is overstepped by one step of a model at most.
        """
        distinct = {_key(request): request for request in requests}
        edits = dict(zip(distinct, self._edits(list(distinct.values()), timeout), strict=True))
        return [edits[_key(request)] for request in requests]

    def rewrite_stream(
        self, request: Request, *, timeout: float | None = None, cancel: Event | None = None
    ) -> Generator[str, None, Rewrite | None]:
        """Yields the rewritten reply in pieces, each as soon as it and all before it are settled.

        Joined, they are the text that `edit` gives; no piece is ever taken back. Returns the rewrite. With a `timeout`
        of so many seconds, what is not settled by then comes as it was. Closing the generator, or setting `cancel`
        from any thread, ends the work within one step of a model; then nothing is returned.
        """
        return self._stream(request, until(deadline(timeout), cancel))

    def _edits(self, requests: Sequence[Request], timeout: float | None) -> list[Edit]:
        if timeout is not None:
            end = deadline(timeout)
            return [self._edit_until(end, request) for request in requests]
        reviewed = self.review(requests)
        plans = [self._plan(one) for one in reviewed]
        said = self.rewriter.say(source for plan in plans if plan for source in sources_of(plan))
        rewrites = [
            settle(plan, said) if plan else untouched(one.request) for one, plan in zip(reviewed, plans, strict=True)
        ]
        return self.judge(reviewed, rewrites)

    def _edit_until(self, end: float, request: Request) -> Edit:
        started = monotonic()
        if started >= end:
            return Edit(diagnosis=Diagnosis(), rewrite=not_begun(request), problems_after=())
        (reviewed,) = self.review([request])
        end -= monotonic() - started  # to read the rewrite takes as long
        made = self._plan(reviewed)
        if made is None:
            rewrite = untouched(request)
        elif monotonic() >= end:
            rewrite = not_begun(request)
        else:
            rewrite = drained(settling(made, self.rewriter.saying(until(end))))
        return self.judge([reviewed], [rewrite])[0]

    def _stream(self, request: Request, halt: Halt) -> Generator[str, None, Rewrite | None]:
        (reviewed,) = self.review([request])
        made = self._plan(reviewed)
        if made is None:
            yield request.before
            return untouched(request)
        try:
            return (yield from settling(made, self.rewriter.saying(halt)))
        except CancelledError:
            return None

    def _plan(self, reviewed: Reviewed) -> Draft | None:
        return plan(reviewed, self.rewriter.house)

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
            Reviewed(
                request,
                diagnosis,
                cold=tuple(suspicious(reading, diagnosis)),
                idle=tuple(idle_spans(reading, self.classifier.span_codes)),
            )
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
