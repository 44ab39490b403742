"""Which nouns of a clause may be the subject of its verb."""

from collections.abc import Sequence

from bylostalo.inference.facts.names import Reading, readings

GENDERS = frozenset({"masc", "femn", "neut"})
NUMBERS = frozenset({"sing", "plur"})
SHORTEST_NOUN = 3
MODIFIERS = frozenset({"ADJF", "NUMR", "PRTF"})


def subjects(words: Sequence[str], verb: str) -> frozenset[str]:
    """Dictionary forms of nominative nouns that agree with the verb, no preposition before them; «никто»."""
    forms = [reading for reading in readings(verb) if reading.marks & {"VERB", "PRTS"}]
    nouns = (
        reading.lemma
        for position, word in enumerate(words)
        if len(word) >= SHORTEST_NOUN and not _after_preposition(words, position)
        for reading in readings(word)
        if {"NOUN", "nomn"} <= reading.marks and any(_agree(reading, form) for form in forms)
    )
    return frozenset(nouns) | (frozenset({"никто"}) & frozenset(words))


def _agree(noun: Reading, verb: Reading) -> bool:
    if noun.marks & NUMBERS != verb.marks & NUMBERS:
        return False
    return not verb.marks & GENDERS or noun.marks & GENDERS == verb.marks & GENDERS


def _after_preposition(words: Sequence[str], position: int) -> bool:
    """Whether the noun stands in «в нашей ванной»: a preposition, words that agree, the noun."""
    place = position - 1
    while place >= 0 and (words[place].isdigit() or readings(words[place])[0].marks & MODIFIERS):
        place -= 1
    return place >= 0 and any("PREP" in reading.marks for reading in readings(words[place])[:1])
