"""«Для оформления возврата нужно» → «чтобы оформить возврат, нужно»."""

import re
from collections.abc import Sequence

from bylostalo.data.synthesis.phrase import phrase_at
from bylostalo.data.synthesis.words import Word, words
from bylostalo.inference.explanations.voice import listed_words
from bylostalo.inference.grammar import deed, is_transitive
from bylostalo.inference.lists import listed

from .verbs import LEADING, takes_object

PURPOSE = re.compile(r"(?:для|в\s+целях|с\s+целью)\s+", re.IGNORECASE)
PREDICATES = ("INFN", "PRTS", "GRND", "PRTF")


def with_purposes(sentence: str) -> str:
    """The sentence that begins with a purpose said by a verb, where what the reader is to do follows."""
    found = PURPOSE.match(sentence)
    said = _purpose(sentence[found.end() :]) if found else None
    return f"Чтобы {said}" if said else sentence


def _purpose(rest: str) -> str | None:
    found = words(rest)
    noun = found[0].reading("NOUN", "gent", "sing") if found else None
    verb = deed(str(noun.normal_form), "perf") if noun else None
    main = _main(found)
    if verb is None or not main or verb in listed_words("shells") or verb in listed(__package__, "words", "ours"):
        return None
    said = _object(rest, found, main, verb)
    return f"{verb}{said}, {rest[found[main].start :]}" if said is not None else None


def _object(rest: str, found: Sequence[Word], main: int, verb: str) -> str | None:
    """What stands between the noun of action and the main clause, after the verb."""
    if main == 1:
        return "" if not is_transitive(verb) else None
    stop = found[main - 1].stop
    if not takes_object(verb):
        return rest[found[0].stop : stop] if found[1].lower in LEADING else None
    phrase = phrase_at(found, 1, "gent")
    form = phrase.in_case("accs") if phrase and phrase.last <= main else None
    if phrase is None or form is None or any(word.lower in ("и", "или", "либо") for word in found[phrase.last : main]):
        return None
    return f" {form}{rest[phrase.stop : stop]}"


def _main(found: Sequence[Word]) -> int:
    """Where the clause begins that says what the reader is to do; nought where that is not plain."""
    for place, word in enumerate(found[1:], 1):
        if word.lower in listed(__package__, "words", "to_do") or word.reading("VERB", "impr", "plur", "excl"):
            return place - _names_reader(found[:place])
        if not word.text[:1].isalnum() or word.is_mostly("VERB") or any(word.is_mostly(one) for one in PREDICATES):
            return 0
    return 0


def _names_reader(before: Sequence[Word]) -> bool:
    """«…наследнику нужно»: the dative is of who is to do it."""
    return len(before) > 2 and before[-1].is_mostly("NOUN", "datv", "anim") and not before[-2].is_mostly("PREP")
