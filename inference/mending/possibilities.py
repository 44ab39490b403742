"""«Перенос визита возможен до 5 июня» → «перенести визит можно до 5 июня», «возврат оплаты невозможен» → «вернуть
оплату нельзя»."""

from bylostalo.data.synthesis.phrase import phrase_at
from bylostalo.inference.grammar import Clause, bare, deed, subject

from .cases import AND, NEAR
from .edits import Edit, edited, neighbours, stands_apart
from .verbs import takes_object

SAID = {"возможный": "можно", "невозможный": "нельзя"}


def with_possibilities(sentence: str) -> str:
    """The sentence with the verb of what is possible or not, where the noun of action has its object beside it."""
    for _, clause, following in neighbours(sentence):
        for place in range(1, len(clause.words)):
            if edits := _edits(clause, place, following):
                return edited(sentence, clause.start, edits)
    return sentence


def _edits(clause: Clause, place: int, following: Clause | None) -> list[Edit]:
    words = clause.words
    reading = words[place].reading("ADJS")
    said = SAID.get(str(reading.normal_form)) if reading else None
    what = subject(words, place, reading) if said else None
    if said is None or what is None or what.first > place or len(bare(what).words) != 1:
        return []
    if words[place - 1].lower == "не" or not stands_apart(words, place, following):
        return []
    verb = deed(str(what.readings[-1].normal_form), "perf")
    thing = phrase_at(words, what.last, "gent")
    form = thing.in_case("accs") if thing else None
    if verb is None or thing is None or form is None or not takes_object(verb) or thing.last > place:
        return []
    if any(word.lower in AND for word in words[thing.last :][:NEAR]):
        return []
    return [(what.start, thing.stop, f"{verb} {form}"), (words[place].start, words[place].stop, said)]
