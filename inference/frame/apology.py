"""The apology: what shows that the customer was heard, else for the trouble in the customer's words, for a cause met in
the text, or a neutral one."""

import re

from .addressing import greeting_span, greets_by_name
from .bank import Phrases, bank, choose
from .case import Case
from .detect import has_apology, mentions_apology
from .greeting import capitalised_words
from .layout import insert_after, insert_first
from .trouble import trouble
from .words import met

OPENERS = ("Простите, что {trouble}.", "Извините, что {trouble}.")
PRAISE = r"(?:высок\w+|(?:добр|тёпл|тепл|приятн|хорош)\w+|положительн\w+)\s+(?:оценк|отзыв|слов)"
THANKS_FOR_PRAISE = re.compile(rf"(?<!\w)(?:благодар\w+|спасибо)[^.!?\n]{{0,40}}?{PRAISE}", re.I)
BUT = re.compile(r"(?<!\w)(?:но|не|нет|ни|жаль|только)(?!\w)", re.I)
FIRST_SENTENCE = re.compile(r"[^.!?]*[.!?]+(?=\s|$)")


def apologise(body: str, case: Case) -> str:
    """The body with one apology after its greeting, unless it apologises already or there is nothing to apologise
    for."""
    sentence = None if has_apology(body) else apology(case)
    if sentence is None:
        return body
    span = greeting_span(body)
    if span is None:
        return _after_vocative(body, sentence) if greets_by_name(body) else insert_first(body, sentence)
    start, stop = span
    if body[start:stop].rstrip()[-1:] == ",":
        greeting = body[:stop].rstrip(" ,")
        return insert_after(f"{greeting}! {capitalised_words(body[stop:].lstrip())}", len(greeting) + 1, sentence)
    return insert_after(body, stop, sentence)


def _after_vocative(body: str, sentence: str) -> str:
    """«Алексей, спасибо за отзыв.» is one sentence: the apology comes second."""
    first = FIRST_SENTENCE.match(body)
    return insert_after(body, first.end(), sentence) if first else f"{body} {sentence}"


def apology(case: Case) -> str | None:
    """One sentence that names only what the customer or the reply has named; None where nobody has complained or all
    is praise, no cause is named and the reply did not apologise."""
    if case.is_solemn:
        return choose(bank().solemn_apologies, case.key, salt="apology")
    if case.heard:
        return case.heard
    said = trouble(case.client_message)
    if said:
        return choose(OPENERS, case.key, salt="apology").format(trouble=said)
    phrases = _of_cause(case) or _of_no_cause(case)
    return choose(phrases, case.key, salt="apology") if phrases else None


def _of_cause(case: Case) -> Phrases:
    *causes, _ = bank().apologies
    told = (cause for cause in causes if met(cause.triggers, case.client_message))
    admitted = (cause for cause in causes if met(cause.admitted, case.before))
    return next((cause.phrases for cause in (*told, *admitted)), ())


def _of_no_cause(case: Case) -> Phrases:
    complains = case.client_message and not is_praised(case.before, case.client_message)
    called_for = complains or mentions_apology(case.before)
    return (case.apologies or bank().apologies[-1].phrases) if called_for else ()


def is_praised(reply: str, message: str) -> bool:
    """Whether the reply thanks for a praise that has no «but» in it."""
    return thanks_for_praise(reply) and not BUT.search(message)


def thanks_for_praise(text: str) -> bool:
    """«Благодарим за высокую оценку»."""
    return bool(THANKS_FOR_PRAISE.search(text))
