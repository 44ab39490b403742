"""Modality: can, must, maybe, planned; and whether a thing is done, being done or still to be done."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from .flip import Flip
from .marks import Lexicon, names
from .predicates import DOING, DONE, WILL, retimed, tenses
from .words import Sentence, Word

LEXICON = Lexicon("modality")
TENSES = {DONE: "сделано", DOING: "делается", WILL: "будет сделано"}


@lru_cache(maxsize=8192)
def modalities(sentence: Sentence) -> frozenset[str]:
    return names(LEXICON.marks(sentence.text)) | {
        name for name, is_it in ORDERS.items() if any(map(is_it, sentence.words))
    }


def is_order(word: Word) -> bool:
    return word.may_be("impr", "excl")


def is_firm_order(word: Word) -> bool:
    """«Подтвердите»; «пересдавайте» is a rebuke as often as an order."""
    return word.may_be("impr", "excl", "perf")


ORDERS = {"order": is_order, "firm_order": is_firm_order}


Rule = Callable[[frozenset[str], frozenset[str]], bool]
FREE = {"can", "given", "maybe"}
BARRED = {"ban", "cannot"}


def option_became_promise(there: frozenset[str], here: frozenset[str]) -> bool:
    return (
        "can" in there
        and not there & {WILL, "must", "only"}
        and WILL in here
        and not here & {*FREE, *BARRED, "plan", "order", "advice", DOING}
    )


def option_became_fact(there: frozenset[str], here: frozenset[str]) -> bool:
    return "can" in there and DONE not in there and DONE in here and not here & {*FREE, *BARRED, WILL, DOING}


def option_became_duty(there: frozenset[str], here: frozenset[str]) -> bool:
    return "can" in there and not there & {"must", "advice", "due"} and "must" in here and not here & {*FREE, *BARRED}


def advice_became_duty(there: frozenset[str], here: frozenset[str]) -> bool:
    return (
        "advice" in there
        and not there & {"must", "due", "order"}
        and "must" in here
        and not here & {"advice", "order", *FREE}
    )


def duty_became_option(there: frozenset[str], here: frozenset[str]) -> bool:
    due = "must" in there or ("due" in there and "only" not in there)
    return due and not there & {*FREE, *BARRED, "needless"} and "can" in here and not here & {"must", "order", *BARRED}


def order_became_option(there: frozenset[str], here: frozenset[str]) -> bool:
    return (
        "firm_order" in there
        and not there & {*FREE, "must", "advice"}
        and "can" in here
        and not here & {"must", "order", "advice", *BARRED}
    )


def promise_became_option(there: frozenset[str], here: frozenset[str]) -> bool:
    return WILL in there and not there & {*FREE, *BARRED, "order"} and "can" in here and not here & {WILL, *BARRED}


def doubt_lost(there: frozenset[str], here: frozenset[str]) -> bool:
    return "maybe" in there and not here & {*FREE, *BARRED, "plan"}


def doubt_added(there: frozenset[str], here: frozenset[str]) -> bool:
    return "maybe" in here and not there & {*FREE, *BARRED, "plan", "advice"}


def plan_became_fact(there: frozenset[str], here: frozenset[str]) -> bool:
    return "plan" in there and bool(here & {WILL, DONE}) and not here & {*FREE, "plan", "set", "must"}


def ban_became_freedom(there: frozenset[str], here: frozenset[str]) -> bool:
    return "ban" in there and "needless" not in there and "needless" in here and not here & BARRED


def freedom_became_ban(there: frozenset[str], here: frozenset[str]) -> bool:
    return ban_became_freedom(here, there)


def done_became_promise(there: frozenset[str], here: frozenset[str]) -> bool:
    return DONE in there and not there & {WILL, "set", "due", *BARRED} and WILL in here and not here & {DONE, *BARRED}


def promise_became_done(there: frozenset[str], here: frozenset[str]) -> bool:
    return WILL in there and DONE in here and not here & {WILL, DOING, "order", "must", *FREE, *BARRED}


def doing_became_done(there: frozenset[str], here: frozenset[str]) -> bool:
    return (
        DOING in there
        and not there & {DONE, "past", *FREE, *BARRED}
        and DONE in here
        and not here & {DOING, WILL, *FREE, *BARRED, "must", "order"}
    )


RULES: dict[Rule, str] = {
    option_became_promise: "возможность → обещание",
    option_became_fact: "возможность → сделано",
    option_became_duty: "возможность → обязанность",
    advice_became_duty: "совет → обязанность",
    duty_became_option: "обязанность → возможность",
    order_became_option: "просьба сделать → возможность",
    promise_became_option: "обещание → возможность",
    doubt_lost: "предположение → факт",
    doubt_added: "факт → предположение",
    plan_became_fact: "план → факт",
    ban_became_freedom: "нельзя → не обязательно",
    freedom_became_ban: "не обязательно → нельзя",
    done_became_promise: "сделано → будет сделано",
    promise_became_done: "будет сделано → сделано",
    doing_became_done: "делается → сделано",
}


def modality_flips(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    there = modalities(before) | tenses(before)
    here = modalities(rewrite) | tenses(rewrite)
    for rule, said in RULES.items():
        if rule(there, here):
            yield Flip("modality", said)
    for old, new in retimed(before, rewrite):
        yield Flip("modality", f"{old.lemma}: {TENSES[old.tense]} → {TENSES[new.tense]}")
