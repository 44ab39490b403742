"""Who does what a message tells: a retelling names it as the message does."""

import re
from collections.abc import Sequence

from bylostalo.data.synthesis.words import Word

YOU = "вы"
BOUNDARIES = frozenset(",.;:!?…—–()")
SENTENCE_ENDS = frozenset(".!?…")
PARTING = BOUNDARIES | {"и", "а", "но", "хотя"}
"""What may stand between two clauses."""


def names_who_did(message: str, told: Sequence[Word]) -> bool:
    """Not «что ждал 4 часа», which leaves out «я», nor «что пропустили стыковку», which «мы» did."""
    return not any(_lacks_one(told, verb) or _lacks_us(message, told, place) for place, verb in enumerate(told))


def _lacks_one(told: Sequence[Word], verb: Word) -> bool:
    """A verb in the past of one man or woman, and nobody named."""
    single = verb.is_mostly("VERB", "past", "sing") and not verb.is_mostly("neut")
    return single and not any(_may_do(told, at, verb) for at in range(len(told)))


def _may_do(told: Sequence[Word], at: int, verb: Word) -> bool:
    """Whether the word may be the subject of the verb; what is no Russian word always may."""
    word, marks = told[at], ("nomn", "sing", str(verb.parses[0].tag.gender))
    if at and told[at - 1].is_mostly("PREP"):
        return False
    foreign = word.text[:1].isalpha() and not word.parses
    return foreign or any(word.reading(part, *marks) is not None for part in ("NOUN", "NPRO"))


def _lacks_us(message: str, told: Sequence[Word], place: int) -> bool:
    """A verb in the past that «мы» of the message did, and no «вы» before it."""
    verb = told[place]
    if not verb.is_mostly("VERB", "past", "plur") or YOU in {one.lower for one in told[:place]}:
        return False
    return bool(re.search(rf"(?<!\w)мы(?!\w)[^,.;:!?…]*(?<!\w){verb.lower}(?!\w)", message, re.IGNORECASE))


def is_parted(between: Sequence[Word], there: Sequence[Word], place: int) -> bool:
    """Whether a sentence ends among these words, or a clause before the one at a place, which has a subject."""
    marks = {word.text for word in between} & BOUNDARIES
    return bool(marks & SENTENCE_ENDS or (marks and _has_subject(there, place)))


def _has_subject(there: Sequence[Word], place: int) -> bool:
    """Whether the clause around a place names who acts."""
    start = next((at + 1 for at in range(place - 1, -1, -1) if there[at].text in BOUNDARIES), 0)
    stop = next((at for at in range(place, len(there)) if there[at].text in BOUNDARIES), len(there))
    return any(word.is_mostly(part, "nomn") for word in there[start:stop] for part in ("NOUN", "NPRO"))
