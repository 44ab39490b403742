"""The clauses of a sentence that could each be a sentence of its own: «оплата не прошла, | деньги вернутся завтра»."""

import re
from collections.abc import Iterator, Sequence

from bylostalo.data.synthesis.words import Word
from bylostalo.inference.grammar import Clause, clauses, is_quoted, large, subject
from bylostalo.inference.opening import opened

STATEMENT = re.compile(r"(?:[^.!?…]|[.!?…](?!\s))+\.")
MARKS = (",", ";")
LEANING = re.compile(
    "что|чтобы|если|когда|как|где|куда|откуда|потому|поскольку|так|хотя|хоть|пока|чем|кто|кого|кому|кем|сколько|почему|"
    "зачем|ли|раз|едва|словно|будто|иначе|то|ведь|и|или|либо|как(?:ой|ая|ое|ие|ую|их|им)|котор.*"
)
"""Words that begin a clause which leans on another."""
WITHIN = re.compile("что|чтобы|ли|котор.*")
PREDICATES = frozenset(["нельзя", "можно", "нужно", "надо", "необходимо", "нет"])


def independent_clauses(sentence: str) -> list[tuple[int, int]]:
    """Characters `[begin, end)` of the independent clauses with all that leans on them and without the marks between;
    one for a whole sentence that cannot be cut, or where it is not sure."""
    groups: list[list[Clause]] = []
    for clause in clauses(sentence):
        if groups and _may_end(groups[-1]) and _is_independent(clause):
            groups.append([clause])
        else:
            groups[-1:] = [[*groups[-1], clause]] if groups else [[clause]]
    return [(group[0].start, group[-1].start + len(group[-1].text)) for group in groups]


def as_sentences(sentence: str) -> list[str]:
    """Its independent clauses, each as a sentence; none where there is but one."""
    places = independent_clauses(sentence)
    return [f"{large(sentence[begin:end])}." for begin, end in places] if len(places) > 1 else []


def rejoined(sentence: str, said: Sequence[str | None]) -> str:
    """The sentence with each of its independent clauses said otherwise, where that is one sentence too; None stays."""
    places = independent_clauses(sentence)
    for (begin, end), text in reversed([*zip(places, said, strict=True)]):
        if text and STATEMENT.fullmatch(text):
            clause = opened(text[:-1]).strip() if begin else text[:-1]
            if clause[0].islower() or sentence[begin].isupper():
                sentence = f"{sentence[:begin]}{clause}{sentence[end:]}"
    return sentence


def _may_end(group: Sequence[Clause]) -> bool:
    said = [word for clause in group for word in clause.words]
    if group[-1].mark not in MARKS or is_quoted(said, len(said)) or not said:
        return False
    return not _leans(said[0]) and any(_is_independent(clause) for clause in group)


def _is_independent(clause: Clause) -> bool:
    """It has a subject of its own or needs none, and does not lean on another clause."""
    words = clause.words
    if not words or _leans(words[0]) or any(WITHIN.fullmatch(word.lower) for word in words):
        return False
    needs_none = (word.is_mostly("VERB", "impr") or word.lower in PREDICATES for word in words)
    return any(needs_none) or any(_has_subject(words, place) for place in _verbs(words))


def _leans(word: Word) -> bool:
    described = any(word.is_mostly(*form) for form in (("PRTF",), ("GRND",), ("ADJF", "ablt")))
    return described or bool(LEANING.fullmatch(word.lower))


def _verbs(words: Sequence[Word]) -> Iterator[int]:
    return (at for at, word in enumerate(words) if any(word.is_mostly(part) for part in ("VERB", "PRTS", "ADJS")))


def _has_subject(words: Sequence[Word], place: int) -> bool:
    verb = words[place]
    if verb.is_mostly("VERB", "1per") or any(word.is_mostly("NPRO", "nomn") for word in words[:place]):
        return True
    found = subject(words, place, verb.parses[0])
    return found is not None and (found.first < place or not found.words[-1].reading("accs"))
