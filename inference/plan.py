"""Which sentences of a reply are rewritten and which stay."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bylostalo.inference.frame.detect import (
    has_greeting,
    has_open_door,
    impersonal_address_span,
    signature_start,
)
from bylostalo.inference.results import Span
from bylostalo.inference.segments import Segment, segment

_GREETING_LENGTH = 60
WHOLE = 0.8
"""Such a share of a sentence must be idle for it to do nothing else."""
FAREWELL = re.compile(
    r"(?<!\w)(?:хорош\w+\s+(?:дня|вечера|выходных|недели)|всего\s+(?:доброго|хорошего)|до\s+(?:встречи|свидания)|"
    r"спасибо\s+за\s+(?:ожидание|понимание|терпение)|берегите\s+себя)(?!\w)",
    re.IGNORECASE,
)
LEANS = re.compile(
    r"^[^,]*(?<!\w)(?:там|туда|оттуда|тогда|он|она|оно|они|его|её|ее|их|ему|ей|им|ими|него|неё|нее|них|нему|ней|ним|этот|это|"
    r"этого|этой|эту|эти|этих)(?!\w)(?!\s+(?:письмо|сообщение|смс|чат|номер|адрес))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Step:
    """A piece of the reply as it stands, and whether the model is to say it anew; `signs`: it belongs to the
    signature; `idle`: it does nothing but lecture, offend or say a cliché."""

    text: str
    is_sentence: bool
    rewrite: bool
    signs: bool = False
    idle: bool = False


def without_address(text: str) -> str:
    """The reply without «Уважаемый клиент!»; what followed it begins with a capital."""
    span = impersonal_address_span(text)
    if span is None:
        return text
    start, stop = span
    head = text[:start]
    if head.rstrip()[-1:] not in ("", *".!?"):
        return head.rstrip(" ,") + text[stop:]
    rest = text[stop:].lstrip(" ,!.")
    return head + rest[:1].upper() + rest[1:]


def is_greeting(text: str) -> bool:
    return len(text) <= _GREETING_LENGTH and has_greeting(text)


def is_condolence(text: str) -> bool:
    return "соболезн" in text.lower()


def closes(text: str) -> bool:
    """Whether a sentence ends the talk: an open door, a question to the customer, good wishes. «Хотите?» and «Если там
    откажут, напишите» lean on what is before them."""
    leans = LEANS.search(text) or len(text.split()) == 1
    return not leans and (has_open_door(text) or bool(FAREWELL.search(text)))


STAYS = (is_greeting, is_condolence)


def _is_within(start: int, stop: int, cold: Sequence[Span]) -> bool:
    return any(first < stop and last > start for first, last in cold)


def _is_mostly_within(piece: Segment, place: int, spans: Sequence[Span]) -> bool:
    stop = place + len(piece.text.rstrip(" .!?…"))
    inside = sum(max(0, min(stop, last) - max(place, first)) for first, last in spans)
    return inside >= WHOLE * max(1, stop - place)


def steps(text: str, cold: Sequence[Span], idle: Sequence[Span] = ()) -> Iterator[Step]:
    """Pieces of the reply in order; a sentence is rewritten where a cold span lies in it.

    Joined, the texts of the steps are the reply. `cold` and `idle` lie in this very text.
    """
    signature = signature_start(text)
    place = 0
    for piece in segment(text):
        yield _step(piece, place, cold, idle, signature)
        place += len(piece.text)


def _step(piece: Segment, place: int, cold: Sequence[Span], idle: Sequence[Span], signature: int | None) -> Step:
    is_sentence = piece.kind == "sentence"
    signs = signature is not None and place >= signature
    stays = signs or any(rule(piece.text) for rule in STAYS)
    rewrite = is_sentence and not stays and _is_within(place, place + len(piece.text), cold)
    return Step(piece.text, is_sentence, rewrite, signs, rewrite and _is_mostly_within(piece, place, idle))
