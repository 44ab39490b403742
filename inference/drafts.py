"""A reply cut into steps, and the text that comes of it when some of them are said anew."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from bylostalo.inference.choice import Source
from bylostalo.inference.facts.compare import compare
from bylostalo.inference.frame import compose
from bylostalo.inference.frame.apology import is_praised, thanks_for_praise
from bylostalo.inference.frame.detect import has_apology, mentions_apology
from bylostalo.inference.list_items import in_mood
from bylostalo.inference.notes import as_sentence, attach, note_of_name
from bylostalo.inference.plan import Step, closes, steps, without_address
from bylostalo.inference.reserved import SPARE, strip_reserved
from bylostalo.inference.results import Request, Span
from bylostalo.inference.second_person import to_customer
from bylostalo.inference.templates.rules import Rules, applied
from bylostalo.inference.templates.you import addressed

MARK = SPARE
QUOTED = re.compile(r"[«„“\"][^«»„“”\"\n]*[»”“\"]")
"""A name or a saying, which keeps its «Вы»."""
NO_RULES = Rules()
Said = Mapping[Source, str | None]
"""Chosen texts: empty to drop a sentence, None to keep it."""


@dataclass(frozen=True)
class Draft:
    """A reply cut into steps, the text to be said anew for each step, the notes as they are to be told, and the
    `message` of the customer where the reply has to apologise; all of it by the rules of the `house`. `changes`: the
    reply comes out another even if no sentence is said anew."""

    request: Request
    codes: frozenset[str]
    steps: tuple[Step, ...]
    sources: tuple[Source | None, ...]
    notes: tuple[str, ...]
    message: Source | None = None
    house: Rules = NO_RULES
    changes: bool = False


def clean(request: Request) -> Request:
    notes = tuple(stripped for note in request.notes if (stripped := strip_reserved(note).strip()))
    message = strip_reserved(request.client_message) if request.client_message else None
    return Request(before=strip_reserved(request.before), client_message=message, notes=notes)


def moved(cold: Sequence[Span], shift: int) -> list[Span]:
    """The same places in a text that lost so many characters at its beginning."""
    return [(max(0, start - shift), stop - shift) for start, stop in cold if stop > shift]


def draft(
    request: Request,
    codes: Collection[str],
    cold: Sequence[Span],
    house: Rules = NO_RULES,
    *,
    idle: Sequence[Span] = (),
) -> Draft:
    """The plan of one reply; `cold` and `idle` lie in `request.before`."""
    request = clean(request)
    text = without_address(request.before)
    shift = len(request.before) - len(text)
    planned = tuple(steps(text, moved(cold, shift), moved(idle, shift)))
    if is_praised(text, request.client_message or ""):
        planned = tuple(replace(step, rewrite=step.rewrite and not thanks_for_praise(step.text)) for step in planned)
    notes = tuple(to_customer(note) for note in request.notes if not note_of_name(note))
    attached = attach([step.text if step.rewrite else None for step in planned], notes)
    sources = tuple(
        Source(step.text, attached.get(index, ""), house.address, step.idle) if step.rewrite else None
        for index, step in enumerate(planned)
    )
    plan = Draft(request, frozenset(codes), planned, sources, notes, _message(request, codes, house), house)
    return replace(plan, changes=worded(plan, {}) != request.before)


def _message(request: Request, codes: Collection[str], house: Rules) -> Source | None:
    apologises = "no_apology" in codes or mentions_apology(request.before)
    if not request.client_message or not apologises or has_apology(request.before):
        return None
    return Source(request.client_message, address=house.address, is_message=True)


def sources_of(plan: Draft) -> list[Source]:
    """What the model has to say for a plan, the message first: the reply begins with it."""
    return [*filter(None, (plan.message, *plan.sources))]


def worded(plan: Draft, said: Said) -> str:
    """The reply in its frame with what is said in place; what is not said yet stays, and its note stands as it is."""
    return _framed(plan, said, _body(plan, _texts(plan, said), _notes(plan, said)))


def marked(plan: Draft, said: Said, source: Source) -> str:
    """`worded` with the reserved `MARK` before the sentence of a source."""
    texts = _texts(plan, said)
    place = plan.sources.index(source)
    texts[place] = MARK + plan.steps[place].text
    return _framed(plan, said, _body(plan, texts, _notes(plan, said)))


def _body(plan: Draft, texts: Sequence[str | None], notes: Sequence[str]) -> str:
    """The reply with the chosen texts and the notes in place; None keeps a sentence, an empty text drops it with the
    gap after."""
    pieces: list[str] = []
    dropped = False
    at, closes_reply = _place_of_notes(plan)
    for place, (step, text) in enumerate(zip(plan.steps, texts, strict=True)):
        if place == at:
            pieces.append(_spaced(notes, pieces, before=closes_reply))
        said = step.text if text is None else text
        if dropped and step.text.isspace() and "\n" not in step.text:
            dropped = False
            continue
        dropped = step.is_sentence and not said
        pieces.append(said)
    if at == len(plan.steps):
        pieces.append(_spaced(notes, pieces, before=False))
    return "".join(pieces).strip()


def _place_of_notes(plan: Draft) -> tuple[int, bool]:
    """Before which step the notes go, and whether that step closes the reply: the first of the sentences that do,
    else what follows the last sentence before the signature."""
    sentences = [at for at, step in enumerate(plan.steps) if step.is_sentence and not step.signs]
    closing = [*takewhile(lambda at: closes(plan.steps[at].text), reversed(sentences))]
    if closing:
        return closing[-1], True
    return (sentences[-1] + 1 if sentences else 0), False


def _spaced(notes: Sequence[str], pieces: Sequence[str], *, before: bool) -> str:
    """The notes with a space towards the sentence that they stand before or after."""
    said = " ".join(notes)
    if not said or before:
        return f"{said} " if said else ""
    return said if "".join(pieces)[-1:].isspace() else f" {said}"


def _framed(plan: Draft, said: Said, text: str) -> str:
    request, house = plan.request, plan.house
    framed = compose(
        text,
        before=request.before,
        client_message=request.client_message,
        problems=plan.codes,
        notes=request.notes,
        apologies=house.apology,
        heard=(said.get(plan.message) if plan.message else None) or "",
    )
    said_small = addressed(framed, "вы", keep=QUOTED.findall(framed)) if plan.changes and not house.address else framed
    return said_small if house == NO_RULES else _at_home(said_small, house, key=request.before)


def _at_home(text: str, house: Rules, *, key: str) -> str:
    """The reply by the rules of the house; a signature that holds a fact stays."""
    said = applied(house, text, key=key)
    if compare(said, before=text, client_message="\n".join(house.wordings)).ok:
        return said
    return applied(replace(house, signature=()), text, key=key)


def _texts(plan: Draft, said: Said) -> list[str | None]:
    texts = (said.get(source) if source else None for source in plan.sources)
    return [in_mood(plan.steps, place, text) if text else text for place, text in enumerate(texts)]


def _notes(plan: Draft, said: Said) -> list[str]:
    """Sentences for the notes that are not woven into others."""
    woven = {source.note for source in plan.sources if source and said.get(source) is not None}
    return [as_sentence(note) for note in plan.notes if note not in woven]
