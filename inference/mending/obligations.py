"""«Товар возврату не подлежит» → «товар вернуть нельзя». Not so without «не»: «деньги подлежат возврату» does not say
to whom."""

from collections.abc import Sequence

from bylostalo.data.synthesis.words import Word
from bylostalo.inference.grammar import Clause, deed, subject

from .edits import Edit, edited, neighbours, stands_apart
from .verbs import takes_object

SUBJECT_TO = ("подлежит", "подлежат")
CANNOT = "нельзя"
AND = ("и", "или", "либо", "ни")


def without_obligations(sentence: str) -> str:
    """The sentence with «нельзя» where something is not subject to a deed."""
    for _, clause, following in neighbours(sentence):
        for place in range(1, len(clause.words)):
            if edits := _edits(clause, place, following):
                return edited(sentence, clause.start, edits)
    return sentence


def _edits(clause: Clause, place: int, following: Clause | None) -> list[Edit]:
    words = clause.words
    if words[place].lower not in SUBJECT_TO or words[place - 1].lower != "не":
        return []
    before, after = _deeds(words, place - 2, -1), _deeds(words, place + 1, 1)
    rest = [*words[: place - 1 - len(before)], words[place], *words[place + 1 + len(after) :]]
    what = subject(words, place, words[place].parses[0])
    form = what.in_case("accs") if what else None
    if what is None or form is None or bool(before) == bool(after) or any(word.is_mostly("ablt") for word in rest):
        return []
    if not stands_apart(rest, rest.index(words[place]), following):
        return []
    first = words[place - 1 - len(before)]
    last = words[place + len(after)]
    said = f"{' '.join(before)} {CANNOT}" if before else f"{CANNOT} {' '.join(after)}"
    return [(what.start, what.stop, form), (first.start, last.stop, said)]


def _deeds(words: Sequence[Word], place: int, step: int) -> list[str]:
    """The verbs of the nouns of action in the dative that stand on one side: «возврату и обмену»."""
    said: list[str] = []
    while 0 <= place < len(words):
        noun = words[place].reading("NOUN", "datv")
        verb = deed(str(noun.normal_form), "perf") if noun else None
        joins = words[place].lower in AND and bool(said)
        alone = bool(said) and said[-1] not in AND
        if not joins and (alone or verb is None or not takes_object(verb)):
            break
        said.append(words[place].lower if joins else str(verb))
        place += step
    return said[::step] if said and said[-1] not in AND else []
