"""Rewrites replies: plan, sentences, notes, frame; the fact lock has the last word."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.adapters import Opener, opener
from bylostalo.inference.artifacts import model_folder
from bylostalo.inference.choice import Source
from bylostalo.inference.drafts import NO_RULES, Draft, draft, sources_of
from bylostalo.inference.halting import Halt, deadline, until
from bylostalo.inference.registry import adapter_folder
from bylostalo.inference.results import Request, Rewrite, Span
from bylostalo.inference.sentences import rewrite_sentences
from bylostalo.inference.sequence_model import SequenceModel
from bylostalo.inference.streaming import Say, drained, not_begun, settle, settling
from bylostalo.inference.templates.rules import Rules
from bylostalo.inference.templates.rules_file import house_of


@dataclass(frozen=True)
class Rewriter:
    """Says replies anew, by the rules of the `house` that its adapter brings; safe to share between threads."""

    model: SequenceModel = field(repr=False)
    open: Opener = field(default_factory=opener, repr=False, compare=False)
    house: Rules = field(default=NO_RULES, hash=False)

    @classmethod
    def from_pretrained(
        cls, name_or_path: str | None = None, *, adapter: str | None = None, threads: int = 0
    ) -> "Rewriter":
        """The shipped rewriter, one from a local folder that `bylostalo export rewriter` made, or an `adapter`: such a
        folder, or a name in the registry (`acme`, or `acme/2`; `bylostalo adapters list`)."""
        if name_or_path and adapter:
            raise BylostaloError(f"нужно что-то одно: папка {name_or_path} или адаптер {adapter}")
        opened = opener(threads=threads)
        folder = model_folder(name_or_path, "rewriter") if name_or_path else _folder(adapter)
        return cls(opened(folder), opened, house_of(folder))

    def with_adapter(self, adapter: str | None) -> "Rewriter":
        """The same with another adapter, or with the shipped one where it is None; both can be used at once."""
        folder = _folder(adapter)
        return replace(self, model=self.open(folder), house=house_of(folder))

    def draft(self, request: Request, codes: Collection[str], cold: Sequence[Span]) -> Draft:
        """The plan of one reply; `cold` lie in `request.before`."""
        return draft(request, codes, cold, self.house)

    def rewrite(
        self,
        requests: Sequence[Request],
        *,
        codes: Sequence[Collection[str]],
        cold: Sequence[Sequence[Span]],
        timeout: float | None = None,
    ) -> list[Rewrite]:
        """One rewrite a request, in order. `codes` are the problems of each reply, `cold` the places whose sentences
        are to be said anew. All sentences of all replies share their batches; equal ones are said once.

        With a `timeout` of so many seconds for all, the replies are taken one after another, and sentences that are
        not settled when it is over stay as they were; it is overstepped by one step of the model at most.
        """
        given = zip(requests, codes, cold, strict=True)
        if timeout is not None:
            end = deadline(timeout)
            return [self._rewrite_until(end, *one) for one in given]
        plans = [self.draft(*one) for one in given]
        said = self.say([source for plan in plans for source in sources_of(plan)])
        return [settle(plan, said) for plan in plans]

    def say(self, sources: Iterable[Source]) -> dict[Source, str | None]:
        """The chosen text of each source, said once where it is met again: empty to drop it, None to keep it."""
        distinct = list(dict.fromkeys(sources))
        return dict(zip(distinct, rewrite_sentences(self.model, distinct), strict=True))

    def saying(self, halt: Halt) -> Say:
        """`say`, ended before it begins or between two steps of the model by what `halt` raises."""
        watched = replace(self, model=self.model.watched(halt))

        def say(sources: Sequence[Source]) -> dict[Source, str | None]:
            halt()
            return watched.say(sources)

        return say

    def _rewrite_until(self, end: float, request: Request, codes: Collection[str], cold: Sequence[Span]) -> Rewrite:
        if monotonic() >= end:
            return not_begun(request)
        return drained(settling(self.draft(request, codes, cold), self.saying(until(end))))

    def forgetful(self) -> "Rewriter":
        """The same, but nothing is remembered from call to call: to measure."""
        return replace(self, model=self.model.forgetful())


def _folder(adapter: str | None) -> Path:
    return model_folder(str(adapter_folder(adapter)) if adapter else None, "rewriter")
