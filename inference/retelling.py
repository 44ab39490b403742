"""Whether one sentence says «простите, что…» of what a customer's message tells, as the company would tell it: in the
order of the message, no word from nowhere, no promise, nobody else's «я» and «ваш»."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from bylostalo.data.synthesis.words import Word, words
from bylostalo.inference.agreement import disagreements
from bylostalo.inference.facts.compare import compare
from bylostalo.inference.frame.trouble import lexicon
from bylostalo.inference.retold_subjects import PARTING, is_parted, names_who_did
from bylostalo.inference.spelling import invented_words

LONGEST = 140
BEGINS = re.compile(
    r"(?:простите|извините|жаль|обидно|понима(?:ем|ю)|сочувству(?:ем|ю)),\s+(?:что|как)\s+(?=\S)", re.IGNORECASE
)
QUESTION = re.compile(r"(?:(?<=[.!?…])|^)(?!\s*почему\s)[^.!?…]*\?", re.IGNORECASE)
"""A question tells nothing, unless it asks «почему не пришёл заказ?»."""
OTHER_SENTENCE = re.compile(r"[.!?…]\s+\S")
OPENINGS = re.compile(r"(?:^|[.!?…]\s+)\W*([А-ЯЁ][а-яё]+)")
GRATITUDE = re.compile(r"благодар|молодц|похвал|спасибо\s+(?!вам(?!\w)|за\s|и\s|что\s)", re.IGNORECASE)
"""Who thanks has nothing to forgive; «спасибо вам» is often bitter."""
TO_YOU = re.compile(r"(?<!\w)(?:вас|вам|вами)(?!\w)", re.IGNORECASE)
SELF = re.compile(r"(?<!\w)(?:я|меня|мне|мной|мною|мо[йяеёию]\w*|ты|тебя|тебе)(?!\w)", re.IGNORECASE)
US = re.compile(r"(?<!\w)(?:мы|нас|нам|нами)(?!\w)", re.IGNORECASE)
YOURS, OURS = re.compile(r"ваш\w*$"), re.compile(r"наш\w*$")
YOU = "вы"
PREDICATES = ("VERB", "PRTS", "INFN", "ADJS", "PRED")
CONTENT = ("NOUN", "ADJF", "NUMR", "ADVB", "COMP", "PRTF", "GRND", *PREDICATES)
TELLS_ALONE = frozenset({"без", "нет"})
ENDURED = frozenset(
    {"ждать", "прождать", "звонить", "писать", "просить", "жаловаться", "вызывать", "искать", "мочь"}
) | {
    *(
        "платить",
        "заплатить",
        "оплатить",
        "переплатить",
        "потерять",
        "терять",
        "потратить",
        "тратить",
        "ехать",
        "приехать",
    ),
    *("стоять", "сидеть", "опоздать", "узнать", "остаться"),
}
"""What a customer does that a company is sorry for."""
NOT_OURS = frozenset(
    {"реанимация", "больница", "операция", "авария", "дтп", "сосед", "нога", "рука", "умереть", "ударить"}
)
"""What no company apologises for."""
PROMISED = "обещать"
"""Says nothing by itself: «простите, что обещали вчера»."""
FREE = frozenset({"уже", "так", "весь", "ваш", "наш", "этот", "быть", "это", "еще", "ещё"})


def retells(message: str, text: str) -> bool:
    """Whether the sentence tells nothing but what the message tells."""
    begins = BEGINS.match(text)
    told = words(text[begins.end() :]) if begins else []
    return (
        bool(told)
        and len(text) <= LONGEST
        and not GRATITUDE.search(message)
        and not (TO_YOU.search(text) and TO_YOU.search(message))
        and not OTHER_SENTENCE.search(text)
        and not any(word.lower.startswith(lexicon().rude) or _lemma(word) in NOT_OURS for word in told)
        and not any(word.text in _openings(message) and not word.parses for word in told)
        and not compare(text, before=message).invented
        and not invented_words(message, text)
        and not disagreements(text)
        and _follows(message, told)
        and _speaks_for_company(message, told)
        and _denies_alike(message, told)
        and names_who_did(message, told)
        and _keeps_clauses(message, told)
    )


def _openings(message: str) -> set[str]:
    """Words that begin its sentences: their capital does not make them names."""
    return set(OPENINGS.findall(message))


def _lemma(word: Word) -> str:
    return str(word.parses[0].normal_form) if word.parses else word.lower


def _follows(message: str, told: Sequence[Word]) -> bool:
    """Something is told, and all of it is told in the message, in the same order."""
    there = iter([{_form(word), word.lower} for word in words(QUESTION.sub("", message))])
    tells = any(word.lower in TELLS_ALONE or (_is_predicate(word) and _lemma(word) != PROMISED) for word in told)
    return tells and all(any(_form(word) in forms for forms in there) for word in told if _has_content(word))


def _keeps_clauses(message: str, told: Sequence[Word]) -> bool:
    """Whether words keep their prepositions, and those of different sentences of the message, or of clauses of which
    the second has a subject, stand apart here too: «запись 14:00, она едет» is not «запись едет»."""
    there, place, last = words(message), -1, -1
    for at, word in enumerate(told):
        if not _has_content(word):
            continue
        found = next(
            (i for i in range(place + 1, len(there)) if _form(word) in (_form(there[i]), there[i].lower)), place
        )
        merged = last >= 0 and not any(one.lower in PARTING for one in told[last + 1 : at])
        if merged and is_parted(there[place + 1 : found], there, found):
            return False
        if found and there[found - 1].is_mostly("PREP") and there[found - 1].lower != told[at - 1].lower:
            return False
        place, last = found, at
    return True


def _form(word: Word) -> str:
    """Whose form may change with who speaks: that of a verb; other words stay as they are."""
    return _lemma(word) if word.is_mostly("VERB") else word.lower


def _is_predicate(word: Word) -> bool:
    return any(word.is_mostly(part) for part in PREDICATES)


def _has_content(word: Word) -> bool:
    foreign = not word.parses and word.text[:1].isalnum()
    return foreign or (_lemma(word) not in FREE and any(word.is_mostly(part) for part in CONTENT))


def _speaks_for_company(message: str, told: Sequence[Word]) -> bool:
    """No «я», no promise; «вы» does what the customer said of herself, «ваш» is hers, «наш» what she called «ваш»."""
    text = " ".join(word.text for word in told)
    if SELF.search(text) or (US.search(text) and US.search(message)) or any(_promises(word) for word in told):
        return False
    theirs = {_lemma(thing) for whose, thing in pairwise(words(message)) if YOURS.match(whose.lower)}
    owned = [(whose.lower, _lemma(thing)) for whose, thing in pairwise(told)]
    if any(
        thing in theirs if YOURS.match(whose) else OURS.match(whose) and thing not in theirs for whose, thing in owned
    ):
        return False
    mine = any(word.lower == YOU for word in told)
    return all(_is_told_of(message, verb, mine=mine) for verb in told if verb.is_mostly("VERB"))


def _promises(word: Word) -> bool:
    """A promise, or a request."""
    return any(word.is_mostly("VERB", mark) for mark in ("1per", "futr", "impr"))


def _is_told_of(message: str, verb: Word, *, mine: bool) -> bool:
    """Whether the message tells the verb of the customer, who endured it (`mine`: the sentence says «вы»), or of
    what the sentence tells it too."""
    tags = [word.parses[0].tag for word in words(message) if word.is_mostly("VERB") and _lemma(word) == _lemma(verb)]
    if mine and verb.is_mostly("plur") and not verb.is_mostly("3per"):
        return _lemma(verb) in ENDURED and any(_is_own(tag, message) for tag in tags)
    return any(word.lower == verb.lower for word in words(message)) and not verb.is_mostly("2per")


def _is_own(tag: Any, message: str) -> bool:
    """«Жду», «ждала», «мы ждали»."""
    return "1per" in tag or ("past" in tag and ("sing" in tag or bool(US.search(message))))


def _denies_alike(message: str, told: Sequence[Word]) -> bool:
    """What both tell is denied in both or in neither: «не пришёл» is not «пришёл»."""
    there = dict(_denied(words(message)))
    return all(there.get(lemma, denied) == denied for lemma, denied in _denied(told))


def _denied(told: Sequence[Word]) -> Iterator[tuple[str, bool]]:
    """Dictionary forms of predicates, and whether «не» stands before them."""
    for before, word in pairwise([Word("", 0, 0, ()), *told]):
        if _is_predicate(word):
            yield _lemma(word), before.lower == "не"
