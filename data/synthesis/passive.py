"""Active sentences → passive ones, and doers gone: «мы проверили заявку» → «заявка была проверена»."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random
from typing import Any

from .change import Change
from .nominal import agrees_later
from .phrase import Phrase, phrase_at
from .words import Word, cased, inflected, lowered, parses

CODE = "passive_voice"
BE = {"masc": "был", "femn": "была", "neut": "было", None: "были"}


def short_participle(verb: Any, phrase: Phrase) -> str | None:
    """«проверена» for «заявка»: the short passive past participle that agrees with the phrase."""
    wanted = {"PRTS", "past", "pssv", phrase.number, *([phrase.gender] if phrase.gender else [])}
    found = next((form for form in verb.lexeme if wanted <= set(form.tag.grammemes)), None)
    return str(found.word) if found else None


def was_or_will_be(verb: Any, phrase: Phrase) -> str:
    if "futr" in verb.tag:
        return "будет" if phrase.number == "sing" else "будут"
    return BE[phrase.gender]


def reflexive(verb: Any, phrase: Phrase) -> str | None:
    """«проверяется»: the passive of an imperfective verb in the present."""
    form = inflected(verb, "pres", "3per", phrase.number)
    return f"{form}ся" if form and parses(f"{form}ся") else None


def passive_of(verb: Any, phrase: Phrase) -> str | None:
    if "perf" in verb.tag:
        participle = short_participle(verb, phrase)
        return f"{was_or_will_be(verb, phrase)} {participle}" if participle else None
    return reflexive(verb, phrase) if "pres" in verb.tag else None


def _goes_on_doing(words: Sequence[Word], place: int) -> bool:
    """«Мы приняли заявку и ответим»: the doer is needed further on."""
    return any(one.lower in {"и", "но", "а", ","} and other.is_mostly("VERB") for one, other in pairwise(words[place:]))


def _has_complement(words: Sequence[Word], place: int) -> bool:
    """«Список заказов»: what follows belongs to the object, which must therefore come last."""
    return place < len(words) and any(words[place].is_mostly(part) for part in ("NOUN", "ADJF", "PREP", "PRTF"))


def without_us(words: Sequence[Word], rng: Random) -> Iterator[Change]:
    """«Мы проверили заявку» → «заявка была проверена», sometimes «нами была проверена заявка»."""
    for place, word in enumerate(words[:-2]):
        verb = words[place + 1]
        if word.lower != "мы" or not verb.is_mostly("VERB", "tran"):
            continue
        phrase = phrase_at(words, place + 2, "accs")
        if phrase is None or agrees_later(words, phrase.last) or _goes_on_doing(words, phrase.last):
            continue
        subject, passive = phrase.in_case("nomn"), passive_of(verb.parses[0], phrase)
        if subject and passive:
            named = _has_complement(words, phrase.last) or rng.random() < 0.4
            text = f"нами {passive} {subject}" if named else f"{subject} {passive}"
            first = 0 if named else len(subject) + 1
            last = len(f"нами {passive}") if named else len(text)
            yield Change(word.start, phrase.stop, cased(text, word.text), CODE, first, last)


def by_someone(words: Sequence[Word], rng: Random) -> Iterator[Change]:
    """«Оператор проверил заявку» → «заявка была проверена оператором»; only at the beginning of a sentence."""
    doer = phrase_at(words, 0, "nomn")
    if doer is None or doer.last + 1 >= len(words):
        return
    verb = words[doer.last]
    if not verb.is_mostly("VERB", "tran", doer.number) or "impr" in verb.parses[0].tag:
        return
    phrase = phrase_at(words, doer.last + 1, "accs")
    if phrase is None or agrees_later(words, phrase.last) or _goes_on_doing(words, phrase.last):
        return
    subject, agent, passive = phrase.in_case("nomn"), doer.in_case("ablt"), passive_of(verb.parses[0], phrase)
    if subject and agent and passive:
        last = _has_complement(words, phrase.last) or rng.random() < 0.5
        text = f"{agent} {passive} {subject}" if last else f"{subject} {passive} {lowered(agent)}"
        first = text.index(passive)
        yield Change(doer.start, phrase.stop, cased(text, doer.words[0].text), CODE, first, first + len(passive))


def by_nobody(words: Sequence[Word], rng: Random) -> Iterator[Change]:
    """«Заявку проверят» → «заявка будет проверена»."""
    for place in range(len(words) - 1):
        phrase = phrase_at(words, place, "accs")
        if phrase is None or phrase.last >= len(words) or (place and words[place - 1].text not in ".,;:—"):
            continue
        verb = words[phrase.last]
        if not (
            verb.is_mostly("VERB", "tran", "plur")
            and ({"3per"} <= set(verb.parses[0].tag.grammemes) or "past" in verb.parses[0].tag)
        ):
            continue
        if phrase.words[-1].reading("NOUN", "nomn") and phrase.number == "plur":
            continue
        subject, passive = phrase.in_case("nomn"), passive_of(verb.parses[0], phrase)
        if subject and passive and phrase.words[-1].reading("NOUN", "accs") == phrase.words[-1].parses[0]:
            text = f"{subject} {passive}"
            yield Change(phrase.start, verb.stop, cased(text, phrase.words[0].text), CODE, len(subject) + 1, len(text))


FAMILY = (without_us, by_someone, by_nobody)
