"""Limits: which way each number is bounded, and whether «only» and exceptions are still there."""

import re
from collections.abc import Iterator

from .bounds import LIGHT, OPEN, directions
from .content import content, uncovered
from .flip import Flip
from .marks import Lexicon, Mark, names, separate
from .relatives import related
from .words import Sentence, Word

ONLY = Lexicon("exceptions")
EVENTS = Lexicon("events")
RANKS = Lexicon("ranks")
STAND_INS = separate("stand_ins")
GROUNDS = separate("grounds")
RUSSIAN_NAMES = {"only": "только", "except": "кроме", "about": "примерно"}
EXCEPTED = 3
NOT_ONLY = re.compile(r"не (?:только|исключительно|единственн[а-я]+)")
OPPOSED = frozenset(
    map(
        frozenset,
        (
            ("upper", "lower"),
            ("upper", "delay"),
            ("within", "delay"),
            ("within", "lower"),
            ("upper", ""),
            ("lower", ""),
            ("at least", "upper"),
            ("at most", "lower"),
            ("at most", ""),
        ),
    )
)


def flipped_bounds(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    """The same number bounded another way: «до 10 дней» and «через 10 дней»."""
    here = directions(rewrite)
    for key, (bound, words) in directions(before).items():
        other, other_words = here.get(key, OPEN)
        one_is_light = (not other and words in LIGHT) or (not bound and other_words in LIGHT)
        loosened = {bound, other} == {"upper", "within"} and (words.startswith("не") or other_words.startswith("не"))
        if (loosened or frozenset({bound, other}) in OPPOSED) and not one_is_light:
            yield Flip("limit", f"«{words} {key}» → «{other_words} {key}»")


def turned_order(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    """«До оплаты» → «после оплаты»."""
    there, here = EVENTS.marks(before.text), EVENTS.marks(rewrite.text)
    for mark in there:
        word = _next_word(before, mark)
        other = next((other for other in here if word and related_words(word, _next_word(rewrite, other))), None)
        if other and other.name != mark.name and names(here) != names(there):
            yield Flip("limit", f"«{mark.text}» → «{other.text}»")


def _next_word(sentence: Sentence, mark: Mark) -> Word | None:
    return next(
        (word for word in sentence.words if word.start >= mark.stop and word.pos in ("NOUN", "VERB", "INFN")),
        None,
    )


def related_words(one: Word, other: Word | None) -> bool:
    return other is not None and related(one.lemma, other.lemma)


def bare_comparative(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    """«Не раньше второго семестра» → «раньше второго семестра»."""
    there, here = names(RANKS.marks(before.text)), names(RANKS.marks(rewrite.text))
    if "barred" in there and "barred" not in here and "bare" in here and "bare" not in there:
        yield Flip("limit", "пропало «не» при сравнении")
    if "barred" in there and not here and not STAND_INS["bound"].search(rewrite.text):
        yield Flip("limit", "пропало «не больше», «не меньше» и т. п.")


def lost_exception(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    """«Кроме …» of which nothing is left."""
    if "except" in names(ONLY.marks(rewrite.text)):
        return
    for mark in ONLY.marks(before.text):
        excepted = [word for word in content(before) if word.start >= mark.stop][:EXCEPTED]
        if mark.name == "except" and excepted and len(uncovered(excepted, rewrite.words)) == len(excepted):
            yield Flip("limit", f"пропало «{mark.text}»")


def lost_or_added(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    """«Only», exceptions and «about» that vanished or came from nowhere."""
    there, here = names(ONLY.marks(before.text)), names(ONLY.marks(rewrite.text))
    source, written = NOT_ONLY.sub("", before.text), NOT_ONLY.sub("", rewrite.text)
    for name, said in RUSSIAN_NAMES.items():
        stand_in = STAND_INS[name]
        if name in there and name not in here and not stand_in.search(written):
            yield Flip("limit", f"пропало «{said}»")
        grounds = GROUNDS.get(name, stand_in)
        if name in here and name not in there and not (stand_in.search(source) or grounds.search(source)):
            yield Flip("limit", f"добавлено «{said}»")


RULES = (flipped_bounds, turned_order, bare_comparative, lost_exception, lost_or_added)


def limit_flips(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    for rule in RULES:
        yield from rule(before, rewrite)
