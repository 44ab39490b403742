"""Rewrites replies: plan, sentences, notes, frame; the fact lock has the last word."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.artifacts import model_folder, read_config
from bylostalo.inference.choice import Source
from bylostalo.inference.facts.compare import FactCheck, compare
from bylostalo.inference.frame import compose
from bylostalo.inference.notes import as_sentence, attach, note_of_name
from bylostalo.inference.plan import Step, steps, without_address
from bylostalo.inference.reserved import strip_reserved
from bylostalo.inference.results import Cold, Request, Rewrite
from bylostalo.inference.sentences import rewrite_sentences
from bylostalo.inference.sequence_model import SequenceModel, load_sequence_model

NOTHING_SAFE = "не нашлось переписанного текста, который сохраняет все факты"
NEEDS_PERSON = "текст в порядке, но чего-то не хватает: ответьте на вопросы из missing заметками"


@dataclass(frozen=True)
class Draft:
    """A reply cut into steps, the text to be said anew for each step, and notes that become sentences of their own."""

    request: Request
    codes: frozenset[str]
    steps: tuple[Step, ...]
    sources: tuple[Source | None, ...]
    loose_notes: tuple[str, ...]


def moved(cold: Sequence[Cold], shift: int) -> list[Cold]:
    """The same places in a text that lost so many characters at its beginning."""
    return [
        Cold((max(0, one.span[0] - shift), one.span[1] - shift), one.certain) for one in cold if one.span[1] > shift
    ]


def draft(request: Request, codes: Collection[str], cold: Sequence[Cold]) -> Draft:
    """The plan of one reply; `cold` lie in `request.before`."""
    request = clean(request)
    text = without_address(request.before)
    planned = tuple(steps(text, moved(cold, len(request.before) - len(text))))
    notes = [note for note in request.notes if not note_of_name(note)]
    attached, loose = attach([step.text if step.rewrite else None for step in planned], notes)
    sources = tuple(
        Source(step.text, attached.get(index, ""), step.certain) if step.rewrite else None
        for index, step in enumerate(planned)
    )
    return Draft(request, frozenset(codes), planned, sources, tuple(loose))


def _insert(pieces: list[str], at: int, sentences: Sequence[str]) -> None:
    """Put sentences after the piece at `at`."""
    for sentence in reversed(sentences):
        pieces[at + 1 : at + 1] = [" ", sentence]


def body(plan: Draft, texts: Sequence[str | None], notes: Sequence[str]) -> str:
    """The reply with the chosen texts in place; None keeps a sentence, an empty text drops it with the gap after."""
    pieces: list[str] = []
    dropped = False
    last_said = -1
    for step, text in zip(plan.steps, texts, strict=True):
        said = step.text if text is None else text
        if dropped and step.text.isspace() and "\n" not in step.text:
            dropped = False
            continue
        dropped = step.is_sentence and not said
        pieces.append(said)
        if step.is_sentence and said:
            last_said = len(pieces) - 1
    _insert(pieces, last_said, notes)
    return "".join(pieces).strip()


def framed(plan: Draft, text: str) -> str:
    request = plan.request
    return compose(
        text,
        before=request.before,
        client_message=request.client_message,
        problems=plan.codes,
        notes=request.notes,
    )


def check(request: Request, after: str) -> FactCheck:
    return compare(after, before=request.before, client_message=request.client_message, notes=request.notes)


def broken(found: FactCheck) -> str:
    """Why a rewrite was refused, in one line without any text of the customer but the facts themselves."""
    parts = []
    if found.lost:
        parts.append("потерялось: " + ", ".join(fact.text for fact in found.lost[:3]))
    if found.invented:
        parts.append("взялось ниоткуда: " + ", ".join(fact.text for fact in found.invented[:3]))
    return f"{NOTHING_SAFE} ({'; '.join(parts)})"


def settle(plan: Draft, said: Mapping[Source, str | None]) -> Rewrite:
    """The safest form that is still a rewrite: all new sentences, then only the frame and the notes, then nothing.

    `said` holds the chosen text of each of `sources_of(plan)`.
    """
    request = plan.request
    literal = [as_sentence(note) for note in request.notes if not note_of_name(note)]
    untouched: list[str | None] = [None] * len(plan.steps)
    reason = NOTHING_SAFE
    for texts, added in ((_texts(plan, said), _notes(plan, said)), (untouched, literal)):
        after = framed(plan, body(plan, texts, added))
        found = check(request, after)
        if not found.ok:
            reason = broken(found)
        elif after == request.before:
            reason = NEEDS_PERSON
        else:
            return Rewrite(after=after, status="rewritten")
    return Rewrite(after=request.before, status="kept", reason=reason)


@dataclass(frozen=True)
class Rewriter:
    """Says replies anew; safe to share between threads."""

    model: SequenceModel = field(repr=False)

    @classmethod
    def from_pretrained(cls, name_or_path: str | None = None, *, threads: int = 0) -> "Rewriter":
        """The shipped rewriter, or one from a local folder that `bylostalo train rewriter` exported."""
        folder = model_folder(name_or_path, "rewriter")
        config = read_config(folder)
        if config.get("base") != "embedded":
            raise BylostaloError(f"{folder}: основу {config.get('base')!r} не умею загружать без torch")
        return cls(load_sequence_model(folder, layers=config["layers"], threads=threads))

    def rewrite(
        self,
        requests: Sequence[Request],
        *,
        codes: Sequence[Collection[str]],
        cold: Sequence[Sequence[Cold]],
    ) -> list[Rewrite]:
        """One rewrite a request, in order. `codes` are the problems of each reply, `cold` the places whose sentences
        are to be said anew. All sentences of all replies share their batches; equal ones are said once."""
        plans = [draft(r, c, s) for r, c, s in zip(requests, codes, cold, strict=True)]
        said = self.say([source for plan in plans for source in sources_of(plan)])
        return [settle(plan, said) for plan in plans]

    def say(self, sources: Iterable[Source]) -> dict[Source, str | None]:
        """The chosen text of each source, said once where it is met again: empty to drop it, None to keep it."""
        distinct = list(dict.fromkeys(sources))
        return dict(zip(distinct, rewrite_sentences(self.model, distinct), strict=True))


def clean(request: Request) -> Request:
    notes = tuple(stripped for note in request.notes if (stripped := strip_reserved(note).strip()))
    message = strip_reserved(request.client_message) if request.client_message else None
    return Request(before=strip_reserved(request.before), client_message=message, notes=notes)


def sources_of(plan: Draft) -> list[Source]:
    """What the model has to say for a plan: its sentences, then its loose notes."""
    return [*filter(None, plan.sources), *_loose(plan)]


def _loose(plan: Draft) -> list[Source]:
    return [Source("", note) for note in plan.loose_notes]


def _texts(plan: Draft, said: Mapping[Source, str | None]) -> list[str | None]:
    return [said[source] if source else None for source in plan.sources]


def _notes(plan: Draft, said: Mapping[Source, str | None]) -> list[str]:
    """Sentences for the notes that stand alone, and for those that could not be woven in."""
    alone = [said[source] or as_sentence(source.note) for source in _loose(plan)]
    failed = [source.note for source in plan.sources if source and source.note and said[source] is None]
    return [*alone, *map(as_sentence, failed)]
