"""Verbs → a light verb and a noun of action: «оплатите счёт» → «необходимо произвести оплату счёта»."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from random import Random
from typing import Any

from bylostalo.data.morphology import morph

from .change import Change
from .phrase import phrase_at
from .tables import cliches, verbal_nouns
from .words import Word, cased, inflected

CODE = "officialese"
PURPOSES = ("в целях", "с целью")
GOVERNORS = frozenset(
    [
        "нужно",
        "надо",
        "необходимо",
        "можно",
        "можете",
        "сможете",
        "нельзя",
        "следует",
        "может",
        "могут",
        "сможем",
        "можем",
    ]
)


def action_noun(verb: Any, case: str) -> str | None:
    """The noun of action of a verb in a case, None where the verb has none."""
    noun = verbal_nouns().get(verb.normal_form)
    reading = (
        next((parse for parse in morph().parse(noun) if "NOUN" in parse.tag and "nomn" in parse.tag), None)
        if noun
        else None
    )
    return inflected(reading, case, "sing") if reading else None


def object_of(words: Sequence[Word], verb: int) -> tuple[int, str] | None:
    """Where a verb with its object ends, and the object in the genitive after a space (nothing for an intransitive
    verb); None where that would tear the sentence."""
    if "tran" not in words[verb].parses[0].tag:
        return (words[verb].stop, "") if _stands_alone(words, verb + 1) else None
    phrase = phrase_at(words, verb + 1, "accs")
    if phrase is None or agrees_later(words, phrase.last):
        return None
    form = phrase.in_case("gent")
    return (phrase.stop, f" {form}") if form else None


def _stands_alone(words: Sequence[Word], place: int) -> bool:
    """Nothing after an intransitive verb that a noun of action could not take over: no infinitive, no subject."""
    follows = words[place] if place < len(words) else None
    alone = follows is None or follows.text in ",.!;:—" or follows.is_mostly("PREP")
    return alone and not any(word.is_mostly("INFN") for word in words[place : place + 3])


LINKS = frozenset({"и", "или", "либо", "а", ",", "—", "-"})
SUBORDINATORS = frozenset(["если", "когда", "потому", "поскольку", "чтобы", "так", "пока", "хотя"])
REACH = 16


def agrees_later(words: Sequence[Word], place: int) -> bool:
    """«Файл и папку», «размер, равный объёму», «внимание, что»: something further on hangs on the object and would be
    left behind."""
    rest = words[place : place + REACH]
    if len(rest) > 1 and rest[0].text == "," and rest[1].lower in {"что", "где", "как", "куда", "какой", "какие"}:
        return True
    for one, other in pairwise(rest):
        if one.is_mostly("VERB") or other.lower in SUBORDINATORS or one.text in ".;:!":
            return False
        if one.lower in LINKS and any(other.is_mostly(part) for part in ("NOUN", "ADJF", "PRTF")):
            return True
    return False


def is_imperative(words: Sequence[Word], place: int) -> bool:
    """«Повторите» may be a future as well: an imperative begins its clause and has no «вы»."""
    reading = words[place].reading("VERB", "impr", "plur", "excl")
    return reading is not None and (
        place == 0 or words[place - 1].lower in {",", ".", ":", ";", "—", "и", "или", "затем", "потом"}
    )


def has_subject_before(words: Sequence[Word], place: int) -> bool:
    """A word in the nominative stands right before the verb and agrees with it; so no negation does."""
    if not place:
        return False
    subject, verb = words[place - 1], words[place].parses[0]
    nominative = subject.is_mostly("NOUN", "nomn") or subject.is_mostly("NPRO", "nomn")
    return nominative and subject.parses[0].tag.number == verb.tag.number


def _negated(words: Sequence[Word], place: int) -> bool:
    return place > 0 and words[place - 1].lower in {"не", "ни"}


def _light(verb: Any, rng: Random) -> Any:
    aspect = "impf" if "impf" in verb.tag else "perf"
    return morph().parse(rng.choice(cliches()["light"][aspect]))[0]


def _nominalised(
    words: Sequence[Word], verb: int, case: str, lead: Callable[[], str], *, start: int
) -> Iterator[Change]:
    """The verb with its object as `lead`, noun of action and object in the genitive, from the word at `start` on."""
    noun, found = action_noun(words[verb].parses[0], case), object_of(words, verb)
    if noun and found:
        stop, rest = found
        text = f"{lead()} {noun}"
        yield Change(words[start].start, stop, cased(text + rest, words[start].text), CODE, 0, len(text))


def _light_infinitive(verb: Any, rng: Random) -> str:
    return str(_light(verb, rng).normal_form)


def _duty(verb: Any, rng: Random) -> str:
    return f"{rng.choice(cliches()['duty'])} {_light_infinitive(verb, rng)}"


def imperatives(words: Sequence[Word], rng: Random) -> Iterator[Change]:
    """«Проверьте адрес» → «необходимо произвести проверку адреса»."""
    orders = [place for place in range(len(words)) if is_imperative(words, place)]
    may_be = sum(word.reading("VERB", "impr", "plur") is not None for word in words)
    if len(orders) == may_be == 1 and not _negated(words, orders[0]):
        (place,) = orders
        yield from _nominalised(words, place, "accs", partial(_duty, words[place].parses[0], rng), start=place)


def duties(words: Sequence[Word], rng: Random) -> Iterator[Change]:
    """«Нужно проверить адрес» → «необходимо осуществить проверку адреса»; the duty itself is another change."""
    for place, (governor, word) in enumerate(pairwise(words), 1):
        if word.is_mostly("INFN") and governor.lower in GOVERNORS:
            yield from _nominalised(words, place, "accs", partial(_light_infinitive, word.parses[0], rng), start=place)


def purposes(words: Sequence[Word], rng: Random) -> Iterator[Change]:
    """«Чтобы создать проект,» → «в целях создания проекта,»."""
    for place, (word, verb) in enumerate(pairwise(words)):
        begins = place == 0 or words[place - 1].text == "."
        if word.lower != "чтобы" or not verb.is_mostly("INFN") or not begins:
            continue
        if any(one.lower in {"и", "или"} and other.is_mostly("INFN") for one, other in pairwise(words[place:])):
            continue
        yield from _nominalised(words, place + 1, "gent", partial(rng.choice, PURPOSES), start=place)


def finite(words: Sequence[Word], rng: Random) -> Iterator[Change]:
    """«Мы проверим адрес» → «мы осуществим проверку адреса»."""
    for place, word in enumerate(words):
        if not word.is_mostly("VERB", "indc") or not has_subject_before(words, place) or is_imperative(words, place):
            continue
        verb = word.reading("VERB", "indc", "impf") or word.parses[0]
        wanted = [str(v) for v in (verb.tag.tense, verb.tag.person, verb.tag.number, verb.tag.gender) if v is not None]
        if light := inflected(_light(verb, rng), *wanted):
            yield from _nominalised(words, place, "accs", partial(str, light), start=place)


FAMILY = (imperatives, duties, purposes, finite)
