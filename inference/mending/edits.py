"""Edits of a sentence, and which clauses can be turned round."""

from collections.abc import Iterator, Sequence

from bylostalo.data.synthesis.words import Word
from bylostalo.inference.grammar import Clause, after_preposition, clauses, is_one_of
from bylostalo.inference.passive import BE, MAY, Passive

Edit = tuple[int, int, str]
"""Characters `[begin, end)` of a clause and what to say instead."""
EXISTS = ("нет", "есть")
PREDICATES = ("VERB", "PRTS", "INFN", "GRND", "PRED")


def stands_alone(passive: Passive, following: Clause | None) -> bool:
    """No other predicate shares its subject («устанавливается оператором и меняется»), nothing far from it describes it
    («забытая в вагоне куртка»), and no participle follows that agrees with who acts."""
    described = passive.subject.first if passive.subject else 0
    if any(word.is_mostly("ADJF", "nomn") for word in passive.words[:described]):
        return False
    return stands_apart(passive.words, passive.place, following)


def stands_apart(words: Sequence[Word], place: int, following: Clause | None) -> bool:
    """No other predicate shares the clause or leans on it."""
    others = [word for at, word in enumerate(words) if at != place and not is_one_of(word, BE | MAY)]
    if any(word.is_mostly(part) for word in others for part in PREDICATES) or _describes(words, place):
        return False
    if any(words[at].is_mostly("CONJ") and not compares(words, at) for at in range(1, len(words))):
        return False
    return following is None or _is_of_its_own(following)


def compares(words: Sequence[Word], place: int) -> bool:
    """«Не позже чем за 2 дня»."""
    return words[place].lower == "чем" and place > 0 and words[place - 1].reading("COMP") is not None


def _describes(words: Sequence[Word], place: int) -> bool:
    """Whether a participle beside the predicate may be another one, or name who acts: «в установленном порядке» and
    «обработка полученного материала» are neither."""
    sure = {
        at
        for at, word in enumerate(words)
        if not any(word.reading("PRTF", case) for case in ("nomn", "ablt"))
        or (at + 1 < len(words) and words[at + 1].is_mostly("NOUN", "nomn"))
    }
    participles = (at for at, word in enumerate(words) if at != place and word.is_mostly("PRTF"))
    return any(at not in sure and not after_preposition(words, at) for at in participles)


def _is_of_its_own(clause: Clause) -> bool:
    """Whether the clause has a subject or is a request, and does not lean on the clause before it."""
    words = clause.words
    if words and (words[0].is_mostly("PRTF") or words[0].is_mostly("ADJF", "ablt")):
        return False
    if any(word.is_mostly("VERB", "impr") or word.lower in EXISTS for word in words):
        return True
    verb = next((at for at, word in enumerate(words) if word.is_mostly("VERB")), len(words))
    return any(_is_subject(word) and (at < verb or not word.reading("accs")) for at, word in enumerate(words))


def _is_subject(word: Word) -> bool:
    return any(word.is_mostly(part, "nomn") for part in ("NOUN", "NPRO"))


def neighbours(sentence: str) -> Iterator[tuple[Clause | None, Clause, Clause | None]]:
    """The clauses of a sentence, each between the one before it and the one after."""
    found = clauses(sentence)
    for at, clause in enumerate(found):
        yield found[at - 1] if at else None, clause, found[at + 1] if at + 1 < len(found) else None


def edited(sentence: str, start: int, edits: Sequence[Edit]) -> str:
    """The sentence with the edits of its clause that begins at `start`; a capital stays where it was."""
    first = min(begin for begin, *_ in edits)
    for begin, end, new in sorted(edits, reverse=True):
        capital = begin == first and sentence[start + begin : start + begin + 1].isupper()
        said = new[:1].upper() + new[1:] if capital else new
        sentence = f"{sentence[: start + begin]}{said}{sentence[start + end :]}"
    return sentence
