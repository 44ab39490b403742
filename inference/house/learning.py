"""The frame of a company, learned from replies as it sent them: what recurs at their beginnings and ends, and how they
call the customer."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.facts.extract import extract
from bylostalo.inference.frame.bank import Phrases
from bylostalo.inference.frame.detect import has_apology
from bylostalo.inference.meaning.content import content
from bylostalo.inference.meaning.words import read
from bylostalo.inference.templates.ends import NAME
from bylostalo.inference.templates.rules import Rules
from bylostalo.inference.templates.you import addressed
from bylostalo.inference.thou import says_thou, says_you

from .parts import Parts, parts_of, wording

ENOUGH = 20
"""Fewer replies than this teach nothing."""
SHARE = 0.02
"""A wording of the house stands in at least this share of the replies."""
USUAL = 0.4
"""A house greets, signs or opens a door if at least this share of its replies does."""
WORDINGS = 8
CAPITAL_YOU = re.compile(r"(?<=[а-яё,;] )В(?:ы|ас|ам|ами|аш[а-я]*)(?!\w)")
SMALL_YOU = re.compile(r"(?<=[а-яё,;] )в(?:ы|ас|ам|ами|аш[а-я]*)(?!\w)")


def learned(replies: Sequence[str]) -> Rules:
    """The greeting, apology, open door, signature and address of a house. Raises `BylostaloError` for too few."""
    if len(replies) < ENOUGH:
        raise BylostaloError(f"ответов {len(replies)}: чтобы понять, как пишет компания, нужно хотя бы {ENOUGH}")
    taken = [parts_of(reply) for reply in replies]
    address = address_of(replies)
    total = len(replies)
    greetings = usual(map(greeting, taken), total, address)
    return Rules(
        address=address,
        greeting=tuple(one for one in greetings if NAME not in one),
        greeting_by_name=tuple(one for one in greetings if NAME in one),
        apology=recurring(chain.from_iterable(map(apologies, taken)), total, address),
        door=usual(map(door, taken), total, address),
        signature=usual((one.signature for one in taken), total, address),
    )


def address_of(replies: Iterable[str]) -> str:
    """«ты», «вы» or «Вы», whichever most replies say; nothing where none calls the customer anything."""
    said = Counter(filter(None, map(_address, replies)))
    return said.most_common(1)[0][0] if said else ""


def _address(reply: str) -> str:
    you, thou = says_you(reply), says_thou(reply)
    if you == thou:
        return ""
    if thou:
        return "ты"
    return "Вы" if len(CAPITAL_YOU.findall(reply)) > len(SMALL_YOU.findall(reply)) else "вы"


def greeting(parts: Parts) -> str:
    return wording(parts.sentences[0], parts.name) if len(parts.sentences) > 1 else ""


def door(parts: Parts) -> str:
    return parts.sentences[-1] if len(parts.sentences) > 1 else ""


def apologies(parts: Parts) -> Iterator[str]:
    """Apologies for anything: those that name a thing fit only where it is meant."""
    for sentence in parts.sentences:
        if has_apology(sentence) and not any(word.pos == "NOUN" for word in content(read(sentence))):
            yield sentence


def usual(phrases: Iterable[str], total: int, address: str) -> Phrases:
    """What recurs, where that is how most replies do it."""
    found = list(phrases)
    kept = recurring(found, total, address)
    return kept if sum(phrase in kept for phrase in found) >= USUAL * total else ()


def recurring(phrases: Iterable[str], total: int, address: str) -> Phrases:
    """Phrases met often enough, the commonest first; none that holds a fact or speaks against the address."""
    counted = Counter(filter(None, phrases))
    often = (phrase for phrase, count in counted.most_common(WORDINGS) if count >= max(2, SHARE * total))
    return tuple(phrase for phrase in often if addressed(phrase, address) == phrase and not any(extract(_bare(phrase))))


def _bare(phrase: str) -> str:
    return phrase.replace(NAME, "")
