"""Passives that name nobody, said of people who are not named either: «заявка рассматривается» → «заявку
рассматривают», «замена счётчика будет произведена» → «счётчик заменят», «выдача производится в день обращения» →
«выдают в день обращения», «перенос записи не допускается» → «переносить запись нельзя»."""

from collections.abc import Sequence
from functools import partial

from bylostalo.data.synthesis.phrase import Phrase, phrase_at
from bylostalo.data.synthesis.words import Word
from bylostalo.inference.explanations.voice import Doer, is_thing, listed_words, place_of_doer, predicate
from bylostalo.inference.grammar import Clause, bare, conjugated, deed, is_imperfective, is_one_of
from bylostalo.inference.lists import listed, table
from bylostalo.inference.passive import BE, MAY, Passive, passive_at

from .cases import AND, NEAR
from .edits import Edit, compares, edited, neighbours, stands_alone
from .verbs import takes_object

THEY = Doer("", ("plur",), ("3per", "plur"))
CANNOT = "нельзя"
NEVER = "никогда"
REFUSE = "отказать"
EMPTY = ("осуществить", "осуществлять", "произвести", "производить")
in_list = partial(listed, __package__, "words")


def without_faceless(sentence: str) -> str:
    """The sentence with its passives that name nobody in the active voice, where every form is sure."""
    active = _without_one(sentence)
    return sentence if active == sentence else without_faceless(active)


def _without_one(sentence: str) -> str:
    for before, clause, following in neighbours(sentence):
        for place in range(len(clause.words)):
            if edits := _edits(clause, place, before, following):
                return edited(sentence, clause.start, edits)
    return sentence


def _edits(clause: Clause, place: int, before: Clause | None, following: Clause | None) -> list[Edit]:
    passive = passive_at(clause.words, place)
    if passive is None or not _is_plain(passive) or not stands_alone(passive, following):
        return []
    return (
        _of_deed(passive)
        or _of_thing(passive, before)
        or _of_lone_deed(passive, following)
        or _of_nothing(passive, following)
    )


def _is_plain(passive: Passive) -> bool:
    """Nobody acts, and nothing acts by itself."""
    words = passive.words
    others = {word.lower for at, word in enumerate(words) if at != passive.place and not compares(words, at)}
    return place_of_doer(passive) is None and not in_list("by_itself") & others and _span(passive) is not None


def _span(passive: Passive) -> tuple[int, int] | None:
    """The words of the predicate: «не может быть рассмотрена»; None where others stand between them."""
    words, first = passive.words, passive.place
    while first and (is_one_of(words[first - 1], BE | MAY)):
        first -= 1
    if first and words[first - 1].lower == "не":
        first -= 1
    apart = (word for at, word in enumerate(words) if not first <= at <= passive.place)
    return None if any(is_one_of(word, BE | MAY) for word in apart) else (first, passive.place + 1)


def _said(passive: Passive, infinitive: str) -> Edit | None:
    """The predicate in the active voice."""
    span = _span(passive)
    verb = predicate(infinitive, THEY, passive)
    if span is None or verb is None:
        return None
    if passive.negated:
        verb = f"{CANNOT} {infinitive}" if passive.tense == "able" else f"не {verb}"
    elif passive.tense == "able" and infinitive in in_list("by_client"):
        verb = f"можно {infinitive}"
    return passive.words[span[0]].start, passive.words[span[1] - 1].stop, verb


def _of_deed(passive: Passive) -> list[Edit]:
    """Of an empty verb with a noun of action: the verb of that action and its object."""
    what = passive.subject
    if what is None or len(bare(what).words) != 1:
        return []
    thing = phrase_at(passive.words, what.last, "gent")
    form = thing.in_case("accs") if thing else None
    if thing is None or form is None or any(word.lower in AND for word in passive.words[thing.last :][:NEAR]):
        return []
    if passive.infinitive in listed_words("shells"):
        infinitive = deed(passive.noun, "impf" if is_imperfective(passive.infinitive) else "perf")
        said = _said(passive, infinitive) if infinitive and takes_object(infinitive) else None
        return [(what.start, thing.stop, form), said] if said else []
    return _permitted(passive, what, thing, form)


def _of_lone_deed(passive: Passive, following: Clause | None) -> list[Edit]:
    """Of an empty verb with a noun of action whose object is not named: the verb of that action in its place; not where
    the noun is spoken of again («…, его стоимость»)."""
    what, span = passive.subject, _span(passive)
    again = following is not None and any(word.is_mostly("NPRO", "3per") for word in following.words)
    if what is None or span is None or again or passive.infinitive not in EMPTY or not _is_alone(passive, what):
        return []
    infinitive = deed(passive.noun, "impf" if is_imperfective(passive.infinitive) else "perf")
    if infinitive is None or not takes_object(infinitive) or infinitive in in_list("by_reader"):
        return []
    said = _said(passive, infinitive)
    if said is None or passive.tense == "able" or what.first > passive.place:
        return []
    gap, stop = passive.words[span[0] - 1].stop, passive.words[span[1] - 1].stop
    return [(what.start, what.stop, said[2]), (gap, stop, "")] if gap < _start(passive) else []


def _is_alone(passive: Passive, what: Phrase) -> bool:
    """The noun stands by itself, before its predicate or what a preposition adds to it."""
    following = passive.words[what.last] if what.last < len(passive.words) else None
    free = following is not None and (following.is_mostly("PREP") or following.start >= _start(passive))
    return free and len(what.words) == 1 and not any(word.lower in AND for word in passive.words)


def _start(passive: Passive) -> int:
    """Where the predicate begins."""
    span = _span(passive)
    return passive.words[span[0]].start if span else passive.words[passive.place].start


def _permitted(passive: Passive, what: Phrase, thing: Phrase, form: str) -> list[Edit]:
    """«Перенос записи не допускается» → «переносить запись нельзя», «не предусмотрен» → «запись не переносят»."""
    span, doing = _span(passive), deed(passive.noun, "impf")
    infinitive = str(passive.reading.normal_form)
    said = table(__package__, "words")["permitted"].get(f"не {infinitive}" if passive.negated else infinitive)
    if (
        span is None
        or doing is None
        or said is None
        or not takes_object(doing)
        or passive.tense not in ("past", "pres")
    ):
        return []
    start, stop = passive.words[span[0]].start, passive.words[span[1] - 1].stop
    if said == NEVER:
        return [(what.start, thing.stop, form), (start, stop, f"не {conjugated(doing, 'pres', *THEY.other)}")]
    return [(what.start, thing.stop, f"{doing} {form}"), (start, stop, said)]


def _of_thing(passive: Passive, before: Clause | None) -> list[Edit]:
    """Of what is done to a thing: the thing becomes the object."""
    if not _is_done(passive) and not _light(passive):
        return []
    said, what = _said(passive, _plain(passive)), passive.subject
    if said is None:
        return []
    if what is None:
        named = _pronoun(passive.words, before)
        return [named, said] if named else []
    form = what.in_case("accs")
    return [(what.start, what.stop, form), said] if form else []


def _plain(passive: Passive) -> str:
    return _light(passive) or str(table(__package__, "words")["words"].get(passive.infinitive, passive.infinitive))


def _light(passive: Passive) -> str | None:
    """The verb that goes with a noun of action: «перерасчёт произведён» → «сделали», «осмотр» → «провели»."""
    if passive.infinitive not in EMPTY or passive.subject is None or len(bare(passive.subject).words) != 1:
        return None
    pairs = (pair for pair in table(__package__, "words")["light"] if passive.noun in pair["with"].split())
    return next((str(pair["impf" if is_imperfective(passive.infinitive) else "perf"]) for pair in pairs), None)


def _is_done(passive: Passive) -> bool:
    """Whether people do it, once («отклонена») or as a rule («начисляется»)."""
    if passive.reading.tag.POS == "PRTS":
        helped = passive.place and is_one_of(passive.words[passive.place - 1], BE)
        return passive.infinitive in in_list("done") and bool(helped or passive.infinitive not in in_list("lasting"))
    return passive.infinitive in in_list("doing") and is_thing(passive)


def _pronoun(words: Sequence[Word], before: Clause | None) -> Edit | None:
    """«Она» → «её», «которая» → «которую»; «который» only where nobody living is spoken of."""
    for word in words:
        if said := table(__package__, "words")["objects"].get(word.lower):
            return word.start, word.stop, said
        if word.lower in ("который", "которые") and before and not any(one.reading("anim") for one in before.words):
            return word.start, word.stop, word.lower
    return None


def _of_nothing(passive: Passive, following: Clause | None) -> list[Edit]:
    """«В возврате отказано» → «в возврате отказали», «выяснено, что…» → «выяснили, что…»."""
    if passive.reading.tag.POS != "PRTS" or passive.reading.tag.gender != "neut" or passive.subject:
        return []
    if any(word.reading("NOUN", "nomn") and not word.reading("accs") for word in passive.words):
        return []
    told = following is not None and following.words and following.words[0].lower == "что"
    infinitive = table(__package__, "words")["told"].get(passive.infinitive) if told else passive.infinitive
    if infinitive is None or not (told or infinitive == REFUSE):
        return []
    said = _said(passive, infinitive)
    return [said] if said else []
