"""Who does what: the doer of a deed must not change place with another participant.

Conservative: a flip is reported only where both texts name the doer of related verbs, where the company's own
deed is given to the customer, or where a doer acts upon himself.
"""

import re
from collections.abc import Iterator

from .deeds import Deed, active_doer, cast, clauses, deeds, done_by_nobody, has_preposition
from .flip import Flip
from .people import YOU, are_opposed, may_be
from .relatives import related
from .tables import words as listed
from .words import Sentence

YOUR_DEED = re.compile(r"(?<![а-я])(?:вы|вами|(?:клиент|абонент|пользовател|покупател|гост|заявител)[а-я]*)(?![а-я])")
OBLIQUE = {"вы": {"вам", "вас", "вами"}, "мы": {"нам", "нас", "нами"}}
CUSTOMER_DEEDS = listed("customer_deeds")


def role_flips(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    for rule in RULES:
        yield from rule(before, rewrite)


def swapped_doers(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    """«Передано продавцом покупателю» → «покупатель передал»."""
    for old in deeds(before):
        for new in deeds(rewrite):
            if is_swapped(old, new) and _same_deed(old, new):
                yield Flip("roles", f"делает «{old.doer}» → «{new.doer}»")


def company_deed_given_away(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    """«Претензия рассмотрена» → «вы рассмотрели претензию»."""
    if YOUR_DEED.search(before.text):
        return
    theirs = done_by_nobody(before) - CUSTOMER_DEEDS
    for new in deeds(rewrite):
        if new.doer == YOU and new.is_told and any(related(verb, other) for verb in new.verbs for other in theirs):
            yield Flip("roles", f"делает «{new.doer}»: {', '.join(sorted(new.verbs))}")


def doer_is_target(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    """«Вы отказали вам»."""
    for words in clauses(rewrite):
        doer = next((word.text for word in words if word.text in OBLIQUE), "")
        for index, word in enumerate(words):
            if doer and word.text in OBLIQUE[doer] and not has_preposition(words, index) and active_doer(words):
                yield Flip("roles", f"«{doer}» и «{word.text}» рядом")


def traded_places(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    """Of two participants the doer became the other one, and the other one the doer, whatever the verbs."""
    there, here = cast(before), cast(rewrite)
    for one in there.doers & here.others:
        for other in there.others & here.doers:
            yield Flip("roles", f"«{one}» и «{other}» поменялись местами")


RULES = (swapped_doers, traded_places, company_deed_given_away, doer_is_target)


def is_swapped(old: Deed, new: Deed) -> bool:
    """The new doer is another participant of the old deed, or stands on the other side of the counter."""
    if may_be(old.doer, new.doer):
        return False
    return any(may_be(other, new.doer) for other in old.others) or are_opposed(old.doer, new.doer)


def _same_deed(old: Deed, new: Deed) -> bool:
    return any(related(one, other) for one in old.verbs for other in new.verbs)
