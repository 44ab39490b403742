"""Empty verbs: «произвести оплату заказа» → «оплатить заказ», «является нарушением» → «— нарушение», «чек
отсутствует» → «чека нет»."""

import re
from collections.abc import Sequence
from itertools import takewhile

from bylostalo.data.synthesis.phrase import phrase_at
from bylostalo.data.synthesis.words import Word, cased, inflected, parses, words
from bylostalo.inference.explanations.voice import listed_words
from bylostalo.inference.grammar import deed, is_imperfective, is_transitive, phrase_of
from bylostalo.inference.lists import listed

from .cases import AND, NEAR

MOTION = ("йти", "ходить", "ехать", "езжать")
"""Verbs that a dictionary calls transitive for the sake of «перейти дорогу»."""
AMOUNT = re.compile(r"\s+(?:(?:до|от|около|примерно|не\s+(?:более|больше|менее|меньше))\s+)?[\d{\[%$]", re.IGNORECASE)
ENDS = frozenset(",.;:!?)—–")
LEADING = frozenset(["в", "на", "из", "с", "со", "к", "ко", "до", "от", "по", "через"])
"""Prepositions that a verb takes as its noun of action does: «переход на тариф», «перейти на тариф»."""


def without_shells(sentence: str) -> str:
    """An infinitive or a request of an empty verb with its noun of action is the verb of that action."""
    found = words(sentence)
    for place, word in enumerate(found):
        if said := _deed(found, place):
            stop, instead = said
            return f"{sentence[: word.start]}{cased(instead, word.text)}{sentence[stop:]}"
    return sentence


def without_being(sentence: str) -> str:
    """«Передача карты является нарушением» → «Передача карты — нарушение»."""
    found = words(sentence)
    for place, word in enumerate(found):
        no = place - 1 if place and found[place - 1].lower == "не" else place
        if word.lower in ("является", "являются") and _follows_noun(found, no):
            phrase = phrase_at(found, place + 1, "ablt")
            form = phrase.in_case("nomn") if phrase else None
            if phrase and form and not _has_fellow(found, phrase.last):
                said = f"— не {form}" if no < place else f"— {form}"
                return f"{sentence[: found[no].start]}{said}{sentence[phrase.stop :]}"
    return sentence


def without_amounting(sentence: str) -> str:
    """«Срок возврата составляет до 10 дней» → «Срок возврата — до 10 дней»."""
    found = words(sentence)
    for place, word in enumerate(found):
        measures = word.lower in ("составляет", "составляют") and AMOUNT.match(sentence, word.stop)
        if measures and _follows_noun(found, place) and not _has_other_verb(found, place):
            return f"{sentence[: word.start]}—{sentence[word.stop :]}"
    return sentence


def without_absence(sentence: str) -> str:
    """«Основания для возврата отсутствуют» → «Оснований для возврата нет»."""
    found = words(sentence)
    for place, word in enumerate(found):
        if word.lower in ("отсутствует", "отсутствуют") and _ends_clause(found, place):
            first = _clause_start(found, place)
            phrase = phrase_at(found, first, "nomn") or (phrase_of(found, first, "nomn") if first < place else None)
            form = phrase.in_case("gent") if phrase else None
            if phrase and form and not any(one.lower in AND for one in found[first:place]):
                return f"{sentence[: phrase.start]}{form}{sentence[phrase.stop : word.start]}нет{sentence[word.stop :]}"
    return sentence


def takes_object(infinitive: str) -> bool:
    return is_transitive(infinitive) and not infinitive.endswith(MOTION)


def _deed(found: Sequence[Word], place: int) -> tuple[int, str] | None:
    """Where an empty infinitive with its noun of action and object ends, and what to say instead."""
    asks = found[place].reading("VERB", "impr", "plur")
    shell = found[place].reading("INFN") or asks
    if shell is None or str(shell.normal_form) not in listed_words("shells") or place + 1 >= len(found):
        return None
    noun = found[place + 1].reading("NOUN", "accs")
    verb = deed(str(noun.normal_form), "impf" if is_imperfective(str(shell.normal_form)) else "perf") if noun else None
    if verb is None:
        return None
    said = _asked(verb) if asks else verb
    alone = place + 2 == len(found) or found[place + 2].text in ENDS or found[place + 2].lower in LEADING
    if alone and (not takes_object(verb) or verb in listed(__package__, "words", "objectless")):
        return (found[place + 1].stop, said) if said else None
    what = _object(found, place + 2) if takes_object(verb) else None
    return (what[0], f"{said} {what[1]}") if what and said else None


def _asked(infinitive: str) -> str | None:
    """«Оплатить» → «оплатите»."""
    return next((inflected(one, "impr", "plur", "excl") for one in parses(infinitive) if "INFN" in one.tag), None)


def _object(found: Sequence[Word], place: int) -> tuple[int, str] | None:
    """Where the object in the genitive ends, and its accusative: one thing, or two of which the second ends it."""
    one = _thing(found, place)
    if one is None:
        return None
    last, form = one
    if last < len(found) and found[last].lower in AND:
        other = _thing(found, last + 1)
        if other is None:
            return None
        form = f"{form} {found[last].text} {other[1]}"
        last = other[0]
    return None if _has_fellow(found, last) or _is_described(found, last) else (found[last - 1].stop, form)


def _thing(found: Sequence[Word], place: int) -> tuple[int, str] | None:
    """Where a thing in the genitive ends, and its accusative; an abbreviation has but one form."""
    phrase = phrase_at(found, place, "gent")
    short = place < len(found) and re.fullmatch(r"[A-ZА-ЯЁ]{2,}", found[place].text)
    form = phrase.in_case("accs") if phrase else found[place].text if short else None
    return None if form is None else (phrase.last if phrase else place + 1, form)


def _has_fellow(found: Sequence[Word], last: int) -> bool:
    """Whether another phrase may stand beside the one that ends here: «нарушением и отказом», not «и до июня»."""
    near = range(last, min(last + NEAR, len(found)))
    return any(found[at].lower in AND and not _leads_off(found, at + 1) for at in near)


def _has_other_verb(found: Sequence[Word], place: int) -> bool:
    """«Составляет 12 месяцев и распространяется»."""
    clause = takewhile(lambda word: word.text not in ENDS, found[place + 1 :])
    return any(word.is_mostly(part) for word in clause for part in ("VERB", "PRTS"))


def _leads_off(found: Sequence[Word], place: int) -> bool:
    return place < len(found) and found[place].is_mostly("PREP")


def _is_described(found: Sequence[Word], last: int) -> bool:
    """«Остановку сервисов, чувствительных к сбоям»: what follows agrees with the case that would change."""
    comma = last + 1 < len(found) and found[last].text == ","
    return comma and (found[last + 1].is_mostly("ADJF", "gent") or found[last + 1].is_mostly("PRTF", "gent"))


def _follows_noun(found: Sequence[Word], place: int) -> bool:
    """A noun before the verb, and no other verb or «что» in its clause."""
    before = found[_clause_start(found, place) : place]
    others = any(word.is_mostly(part) for word in before for part in ("VERB", "PRTS", "INFN", "NPRO", "CONJ"))
    return bool(before) and before[-1].is_mostly("NOUN") and not others


def _clause_start(found: Sequence[Word], place: int) -> int:
    return next((at + 1 for at in range(place - 1, -1, -1) if found[at].text in ENDS), 0)


def _ends_clause(found: Sequence[Word], place: int) -> bool:
    return place + 1 == len(found) or found[place + 1].text in ENDS
