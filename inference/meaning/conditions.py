"""Conditions, purposes and causes that vanished or came from nowhere.

A connective («если», «ввиду», «в целях») governs the few content words after it. It is lost when none of those words
has a counterpart in the rewrite and no connective of its relation is left; it is added in the mirror case.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .content import content, uncovered
from .flip import Flip
from .marks import Lexicon, Mark, names
from .words import Sentence, Word

CONNECTIVES = Lexicon(
    {
        "idle": r"при этом|при чем|для вас|для нас|после этого|до этого|на данный момент|до сих пор|для начала|если не сложно|если удобно",
        "condition": r"""если|в случаях?|при условии|при|при наличии|при отсутствии|когда|как только|пока|до тех пор|после|по истечении
            |до того как|прежде чем|до|до момента|с момента|по факту|в отсутствие""",
        "purpose": r"чтобы|в целях|с целью|для того|для|во избежание|ради",
        "cause": r"""потому,? что|из-за|так как|поскольку|ввиду|в связи с|вследствие|по причине|в силу|ведь|благодаря""",
    }
)
RUSSIAN_NAMES = {"condition": "условие", "purpose": "цель", "cause": "причина"}
GOVERNED = 3
CONJUNCTIONS = frozenset(
    "если когда как_только пока чтобы для_того потому,_что потому_что так_как поскольку ведь прежде_чем до_того_как до_тех_пор в_случае в_случаях".replace("_", "_").split()
)
"""What may carry a relation without its own connective."""
CARRIERS = Lexicon(
    {
        "condition": r"""если|в случа[а-я]+|при|когда|как только|пока|до|после|без|раз|с|перед|прежде|иначе|котор[а-я]+|кто|кому|тем|те|по|за|услови[а-я]+|нужно|через|кроме|исключени[а-я]+
            |на|[а-я]+(?:вш|ющ|ащ|ящ|ущ)[а-я]{2,3}(?:ся)?|только|чтобы|ли""",
        "purpose": r"цел[а-я]+|на|под|нуж[а-я]+|за|к|предназнач[а-я]+|необходим[а-я]+|требу[а-я]+",
        "cause": r"поэтому|причин[а-я]+|вызва[а-я]+|обусловл[а-я]+|связан[а-я]*|в результате|основани[а-я]+|послужил[а-я]*|вин[аыеу]|по",
    }
)


@dataclass(frozen=True)
class Clause:
    """A connective and the content words it governs."""

    mark: Mark
    governed: tuple[Word, ...]


@lru_cache(maxsize=8192)
def clauses(sentence: Sentence) -> tuple[Clause, ...]:
    marks = [mark for mark in CONNECTIVES.marks(sentence.text) if mark.name != "idle"]
    return tuple(clause for mark in marks if (clause := Clause(mark, _governed(sentence, mark))).governed)


def _governed(sentence: Sentence, mark: Mark) -> tuple[Word, ...]:
    """After a conjunction the clause up to a comma; after a preposition the noun with its attributes and a genitive."""
    stop = min((place for sign in ".,;:—" if (place := sentence.text.find(sign, mark.stop)) >= 0), default=len(sentence.text))
    after = [word for word in sentence.words if mark.stop <= word.start < stop]
    phrase = after if mark.text.replace(" ", "_") in CONJUNCTIONS else list(_noun_phrase(after))
    wanted = {word.start for word in phrase}
    return tuple(word for word in content(sentence) if word.start in wanted)[:GOVERNED]


def _noun_phrase(words: Sequence[Word]) -> Iterator[Word]:
    head = False
    for word in words:
        if word.pos not in ("NOUN", "ADJF", "PRTF", "ADVB", "NPRO", "PREP") or (head and not word.may_be("gent")):
            return
        yield word
        head = head or word.pos == "NOUN"


@lru_cache(maxsize=8192)
def carried(sentence: Sentence) -> frozenset[str]:
    return names(CONNECTIVES.marks(sentence.text))


def lost_clauses(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    for clause in _without_counterpart(clauses(before), rewrite):
        yield Flip("condition", f"пропало ({RUSSIAN_NAMES[clause.mark.name]}): {_said(clause)}")


def added_clauses(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    for clause in _without_counterpart(clauses(rewrite), before):
        yield Flip("condition", f"добавлено ({RUSSIAN_NAMES[clause.mark.name]}): {_said(clause)}")


def condition_became_fact(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    """«Если упаковка повреждена» → «упаковка повреждена»."""
    if not names(CARRIERS.marks(rewrite.text)) & {"condition"}:
        strict = [clause for clause in clauses(before) if clause.mark.text.startswith(("если", "в случа", "при услов"))]
        yield from (Flip("condition", f"пропало «{clause.mark.text}»") for clause in strict[:1])


def _without_counterpart(some: Sequence[Clause], other: Sentence) -> Iterator[Clause]:
    for clause in some:
        if clause.mark.name not in carried(other) and len(uncovered(clause.governed, other.words)) == len(clause.governed):
            yield clause


def _said(clause: Clause) -> str:
    return " ".join([clause.mark.text, *(word.text for word in clause.governed)])


RULES = (lost_clauses, added_clauses, condition_became_fact)


def condition_flips(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    for rule in RULES:
        yield from rule(before, rewrite)
