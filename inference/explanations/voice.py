"""Passive → active, where morphology can give it surely: «был заблокирован» → «мы заблокировали»."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bylostalo.data.synthesis.words import Word
from bylostalo.inference.grammar import (
    after_preposition,
    clauses,
    completed,
    conjugated,
    deed,
    is_imperfective,
    is_transitive,
    phrase_of,
    tail,
)
from bylostalo.inference.lists import listed, table
from bylostalo.inference.meaning.people import PARTICIPANTS
from bylostalo.inference.passive import Passive, passive_at
from bylostalo.inference.results import Span

listed_words = partial(listed, __package__, "voice")
TABLES = table(__package__, "voice")
CONDUCT = ("провести", "проводить")
LONGEST_OBJECT = 4
PERMITTED = ("можно", "нельзя")


@dataclass(frozen=True)
class Doer:
    """Who acts, in the nominative, and the grammemes of verbs that agree, in the past and in other tenses."""

    name: str
    past: tuple[str, ...]
    other: tuple[str, ...]


WE = Doer("мы", ("plur",), ("1per", "plur"))
YOU = Doer("вы", ("plur",), ("2per", "plur"))
NAMED = {"нами": WE, "вами": YOU}


def active(reply: str, span: Span) -> str | None:
    """What to say instead of the first passive that the span touches, None where that is unsure."""
    for clause in clauses(reply):
        for place, word in enumerate(clause.words):
            if clause.start + word.start < span[1] and span[0] < clause.start + word.stop:
                passive = passive_at(clause.words, place)
                said = _faceless(passive) or _by_doer(passive) if passive else _not_subject_to(clause.words, place)
                if said:
                    return said
    return None


def _faceless(passive: Passive) -> str | None:
    """«Вскрытие не допускается» → «вскрывать нельзя»."""
    infinitive = str(passive.reading.normal_form)
    key = f"не {infinitive}" if passive.negated else infinitive
    if not is_thing(passive):
        return None
    if said := TABLES["faceless"].get(key):
        doing = deed(passive.noun, "impf") if said in PERMITTED else None
        return f"{doing} {said}" if doing else str(said)
    said, doing = TABLES["faceless_deeds"].get(key), deed(passive.noun, "perf")
    return f"{doing} {said}" if said and doing else None


def _not_subject_to(words: Sequence[Word], place: int) -> str | None:
    """«Возврату не подлежит» → «вернуть нельзя»."""
    if words[place].lower not in {"подлежит", "подлежат"} or not place or words[place - 1].lower != "не":
        return None
    nouns = [str(word.parses[0].normal_form) for word in words if word.is_mostly("NOUN", "datv")]
    doing = deed(nouns[0], "perf") if len(nouns) == 1 else None
    return f"{doing} нельзя" if doing else None


def _by_doer(passive: Passive) -> str | None:
    doer = doer_of(passive)
    infinitive = _verb(passive)
    if doer is None or infinitive is None or (doer is WE and not _is_ours(passive, infinitive)):
        return None
    verb = predicate(infinitive, doer, passive)
    said = [doer.name, "не"] if passive.negated else [doer.name]
    return " ".join([*said, verb, *_object(passive, infinitive)]) if verb else None


def doer_of(passive: Passive) -> Doer | None:
    """Who is named in the instrumental, «мы» where nobody is, None where that is unsure."""
    at = place_of_doer(passive)
    if at is None:
        return WE
    return NAMED.get(passive.words[at].lower) or _named(passive, at)


def place_of_doer(passive: Passive) -> int | None:
    """Which word names who acts, a pronoun sooner than a noun."""
    words = passive.words
    free = [at for at in range(len(words)) if not at or not words[at - 1].is_mostly("PRTF")]
    pronouns = (at for at in free if words[at].lower in NAMED and not after_preposition(words, at))
    agents = (at for at in free if words[at].reading("NOUN", "ablt") and _is_agent(words, at, passive.place))
    return next(pronouns, next(agents, None))


def _is_agent(words: Sequence[Word], at: int, predicate: int) -> bool:
    word = words[at]
    if after_preposition(words, at) or word.lower in listed_words("manners"):
        return False
    return word.is_mostly("NOUN", "ablt") or (at == predicate + 1 and word.is_mostly("NOUN", "Fixd"))


def _named(passive: Passive, place: int) -> Doer | None:
    words = passive.words
    reading = words[place].parses[0]
    if reading.normal_form.replace("ё", "е") not in PARTICIPANTS and "anim" not in reading.tag:
        return None
    phrase = phrase_of(words, place, "ablt")
    alone = passive.negated or "anim" in reading.tag
    name = completed(() if alone else words, phrase, "nomn") if phrase else None
    if phrase is None or name is None:
        return None
    gender = (phrase.gender,) if phrase.gender else ()
    return Doer(name, (phrase.number, *gender), ("3per", phrase.number))


def _verb(passive: Passive) -> str | None:
    """The verb that tells of the deed: of «проведена проверка» it is «проверить»."""
    alone = passive.subject is not None and len(passive.subject.words) == 1
    if alone and (together := TABLES["together"].get(f"{passive.infinitive} {passive.noun}")):
        return str(together)
    if passive.infinitive in listed_words("shells"):
        doing = deed(passive.noun, "impf" if is_imperfective(passive.infinitive) else "perf")
        return passive.infinitive if passive.infinitive in CONDUCT and doing not in listed_words("ours") else doing
    return str(TABLES["plain"].get(passive.infinitive, passive.infinitive))


def _is_ours(passive: Passive, infinitive: str) -> bool:
    """Whether the company is sure to do it, and not the customer or the thing itself."""
    if passive.infinitive == "получить":
        return passive.noun in listed_words("letters")
    if passive.infinitive in listed_words("given") and (not passive.noun or passive.noun in listed_words("papers")):
        return False
    if passive.reading.tag.POS != "PRTS" and not is_thing(passive):
        return False
    return bool({passive.infinitive, infinitive} & listed_words("ours")) and (
        passive.infinitive not in listed_words("shells") or infinitive in listed_words("ours")
    )


def is_thing(passive: Passive) -> bool:
    """No living being is the subject: «возвращается депозит», but not «возвращается курьер»."""
    if passive.subject:
        return "inan" in passive.subject.readings[-1].tag
    living = (("NOUN", "anim"), ("NPRO",), ("PRTF",))
    return not any(word.reading("nomn", *marks) for word in passive.words for marks in living)


def predicate(infinitive: str, doer: Doer, passive: Passive) -> str | None:
    """The active verb as it agrees with who acts, in the tense of the passive."""
    if passive.tense == "past":
        return conjugated(infinitive, "past", *doer.past)
    if passive.tense == "able":
        may = conjugated("мочь", "pres", *doer.other)
        return f"{may} {infinitive}"
    simple = conjugated(infinitive, passive.tense, *doer.other)
    if simple is None and passive.tense == "futr":
        will = conjugated("быть", "futr", *doer.other)
        return f"{will} {infinitive}"
    return simple


def _object(passive: Passive, infinitive: str) -> list[str]:
    """What the active verb does it to, where its form is sure."""
    what = passive.subject
    if what is None and any(word.lower == "вы" for word in passive.words) and is_transitive(infinitive):
        return ["вас"]
    if what is None or infinitive not in {passive.infinitive, TABLES["plain"].get(passive.infinitive)}:
        return []
    if infinitive in listed_words("objectless") or len(what.words) + len(tail(passive.words, what)) > LONGEST_OBJECT:
        return []
    form = completed(passive.words, what, "accs")
    return [form] if form else []
