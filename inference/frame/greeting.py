"""The greeting: the original's own, or one from the bank, by name where the name is certain."""

import re

from .addressing import HELLO, Address, address, greeting_span, greets_by_name
from .bank import Phrases, bank, choose
from .case import Case
from .customer import customer_name, noted_name
from .detect import has_greeting
from .layout import insert_first
from .people import titled

MISSPELT = re.compile(r"здра[вст]{1,5}уйте", re.I)
COLLEAGUES = re.compile(r"коллеги(?!\w)", re.I)
CLIENT_HELLO = re.compile(r"\W*(добрый\s+день|добрый\s+вечер|доброе\s+утро)(?!\w)", re.I)
HELLO_NEXT = re.compile(rf"\s*(?=(?i:{HELLO})(?!\w))")
LOOSE_END = re.compile(r"[\s,:]+$")


def greet(body: str, case: Case, *, wanted: bool) -> str:
    """The body with a greeting in front, if it is wanted or the original had one that got lost."""
    body = spelt(body)
    found = address(body)
    if found:
        return _readdressed(body, found, case)
    if has_greeting(body):
        return _with_noted_name(body, case)
    greeting = _original_greeting(case.before) or _lost_or_wanted(case, wanted=wanted)
    return insert_first(body, greeting) if greeting else body


def _with_noted_name(body: str, case: Case) -> str:
    """A note that names the customer is heard: «Здравствуйте!» → «Здравствуйте, Ирина!»."""
    name, span = noted_name(case.notes), greeting_span(body)
    if name is None or span is None or name in body or greets_by_name(body):
        return body
    hello, rest = LOOSE_END.sub("", body[: span[1]]), body[span[1] :]
    if hello[-1] in "!.":
        return f"{hello[:-1].rstrip()}, {name}{hello[-1]}{body[len(hello) :]}"
    return f"{hello}, {name}! {capitalised_words(rest.lstrip())}"


def spelt(text: str) -> str:
    """The text with «здраствуйте» of its greeting written as it should be."""
    span = greeting_span(text)
    if span is None:
        return text
    start, stop = span
    return text[:start] + MISSPELT.sub(_spelling, text[start:stop]) + text[stop:]


def _spelling(match: re.Match[str]) -> str:
    return "здравствуйте" if match.group()[0].islower() else "Здравствуйте"


def _readdressed(body: str, found: Address, case: Case) -> str:
    """The body with a greeting for «Уважаемый …!»; «Здравствуйте, уважаемый клиент!» loses its end."""
    head, rest = body[: found.start], body[found.stop :]
    if greeting_span(body):
        return body if found.name else f"{LOOSE_END.sub('', head)}{rest}"
    hello = HELLO_NEXT.match(rest)
    if hello and found.name is None:
        return head + capitalised(rest[hello.end() :])
    mark = body[found.stop - 1]
    greeting = _greeting_for(found, body, case)
    if mark in "!.":
        return f"{head}{greeting}{_spaced(rest)}"
    return f"{head}{greeting}{_spaced(capitalised_words(rest))}"


def _greeting_for(found: Address, body: str, case: Case) -> str:
    if found.name:
        is_slot = not found.name[0].isalpha()
        name = found.name if is_slot else noted_name(case.notes) or titled(found.name)
        return _by_name(bank().greetings["solemn_named" if case.is_solemn else "named"][0], name)
    if COLLEAGUES.search(body[found.start : found.stop]):
        return choose(bank().greetings["colleagues"], case.key, salt="greeting")
    return new_greeting(customer_name(case.client_message, case.notes), case)


def _spaced(rest: str) -> str:
    return f" {rest}" if rest[:1].isalnum() else rest


def _original_greeting(before: str) -> str | None:
    span = greeting_span(before)
    if span is None:
        return None
    greeting = LOOSE_END.sub("", spelt(before)[slice(*(greeting_span(spelt(before)) or span))])
    return greeting if greeting[-1] in "!.…" else f"{greeting}!"


def _lost_or_wanted(case: Case, *, wanted: bool) -> str | None:
    lost = address(case.before)
    called = greets_by_name(case.before)
    if not (wanted or lost or called):
        return None
    if lost and COLLEAGUES.search(case.before[lost.start : lost.stop]):
        return choose(bank().greetings["colleagues"], case.key, salt="greeting")
    return new_greeting(called or customer_name(case.client_message, case.notes), case)


def new_greeting(name: str | None, case: Case) -> str:
    """A greeting from the bank; the customer's «добрый вечер» is returned where replies are read at once."""
    phrase = choose(_phrases(name, case), case.key, salt="greeting")
    return _by_name(phrase, name) if name else phrase


def _by_name(phrase: str, name: str) -> str:
    """The phrase with the name in it; an initial at its end keeps one full stop."""
    return phrase.format(name=name).replace("..", ".")


def _phrases(name: str | None, case: Case) -> Phrases:
    hello = CLIENT_HELLO.match(case.client_message)
    if case.is_solemn:
        return bank().greetings["solemn_named" if name else "solemn"]
    if hello and case.channel in bank().echo_channels:
        echoes = bank().named_echoes if name else bank().echoes
        return echoes[" ".join(hello.group(1).lower().split())]
    return bank().greetings["named" if name else "unnamed"]


def capitalised_words(text: str) -> str:
    """The text with its first letter, after white space and opening marks, in upper case."""
    match = re.match(r"[\s«\"(*_]*", text)
    start = match.end() if match else 0
    return text[:start] + capitalised(text[start:])


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
