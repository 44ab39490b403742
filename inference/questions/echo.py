"""A clause of the reply said again: short, without what only belongs to the letter."""

import re
from collections.abc import Sequence

from bylostalo.data.synthesis.words import Word, words
from bylostalo.inference.grammar import POINTING, Clause, after_preposition, is_one_of, small

from .acts import NO, is_act

MOST_WORDS = 7
FILLERS = re.compile(
    r"^(?:(?:к сожалению|увы|нет|да|но|а|и|однако|что|поэтому|вместе с тем|при этом|также|следовательно|сейчас|"
    r"в настоящее время|на данный момент|(?:сообщаем|информируем|уведомляем)(?: вас| вам)?(?: о том)?)\s+)+",
    re.I,
)
ADJUNCT = re.compile(
    r"\s+(?:по (?:\w+ ){0,3}(?:причин|решени|результат|правил|услови|соображени)\w+|в связи|в соответствии|согласно|"
    r"на основании|из-за|ввиду|вследствие|в рамках|в силу|до (?:завершения|окончания)|в одностороннем|за нарушени\w+|"
    r"правомерно|обоснованно|автоматически|"
    r"(?:(?:по|на|от|за|с|до|в) )?(?:\w+ )?[{%<\[$№\d])"
    r"(?![а-яё]).*$",
    re.I,
)
UNFIT = re.compile(r"[^\w\s-]|\d|_")
PEOPLE = frozenset({"вы", "я", "мы", "он", "она", "они", "это"})
MAY = frozenset({"мочь", "смочь"})
NAMES = ("Name", "Surn", "Patr", "Geox", "Orgn")


def echoed(clause: Clause) -> str | None:
    """The clause ready to stand after «почему»; None where it is long, holds facts or speaks of people by pronouns."""
    text = ADJUNCT.sub("", FILLERS.sub("", clause.text))
    said = words(text)
    kept = [word for place, word in enumerate(said) if word.lower != "вам" and not _points(said, place)]
    if UNFIT.search(text) or not 2 <= len(kept) <= MOST_WORDS or not is_act(kept) or _is_name(kept[0]):
        return None
    if any(is_one_of(word, PEOPLE) for word in kept) or not _is_whole(kept):
        return None
    return " ".join([small(kept[0].text), *(word.text for word in kept[1:])])


def _is_whole(said: Sequence[Word]) -> bool:
    """There is a thing that it is said of, and where the verb asks for a subject or an infinitive, that too."""
    things = [place for place, word in enumerate(said) if word.is_mostly("NOUN") or word.is_mostly("INFN")]
    subjects = (said[place].reading("NOUN", "nomn") and not after_preposition(said, place) for place in things)
    if any(is_one_of(word, MAY) for word in said) and not any(word.is_mostly("INFN") for word in said):
        return False
    return bool(things) and (any(subjects) or any(_needs_no_subject(word) for word in said))


def _needs_no_subject(word: Word) -> bool:
    """«Нельзя», «нет», «не будет», «отказано», «не возвращаем», «заблокировали»."""
    faceless = word.is_mostly("INFN") or word.is_mostly("1per") or word.is_mostly("VERB", "past", "plur")
    return faceless or word.lower in {"нет", "отказано", "будет"} or NO.fullmatch(word.lower) is not None


def _points(said: Sequence[Word], place: int) -> bool:
    """«Ваш», «данный» before a noun."""
    following = said[place + 1] if place + 1 < len(said) else None
    before_noun = following is not None and (following.is_mostly("NOUN") or following.is_mostly("ADJF"))
    return before_noun and is_one_of(said[place], POINTING)


def _is_name(word: Word) -> bool:
    return bool(word.parses) and all(any(name in parse.tag for name in NAMES) for parse in word.parses)
