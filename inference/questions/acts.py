"""What the reply refuses or does to the customer's grief."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import zip_longest

from bylostalo.data.synthesis.words import Word
from bylostalo.inference.grammar import Clause, clauses, is_one_of, participle
from bylostalo.inference.lists import listed

listed_words = partial(listed, __package__, "words")
NONE = re.compile(r"(?<!\w)(?:нет|не будет)(?!\w)")
REFUSING = frozenset({"отказать", "отказывать", "отклонить", "отклонять"})
NO = re.compile(r"нельзя|невозмож(?:но|ен|на|ны)|запрещ[её]н[аоы]?|недоступ(?:но|ен|на|ны)")
DEPENDENT = re.compile(
    r"(?:и |(?:но |а )?(?:если|когда|пока|чтобы|как|кто|что|где|котор\w+|иначе|хотя|потому|поскольку|прежде)(?!\w))",
    re.I,
)
BECAUSE = re.compile(r"^(?:потому|так как|поскольку|ведь|из-за|ввиду|по причине)(?!\w)", re.I)


def acts(reply: str) -> Iterator[Clause]:
    """Main clauses that tell of a refusal or an unpleasant deed and do not go on to say why."""
    found = clauses(reply)
    for clause, following in zip_longest(found, found[1:]):
        reasoned = following is not None and BECAUSE.match(following.text) is not None
        if "?" not in clause.mark and not reasoned and not DEPENDENT.match(clause.text) and is_act(clause.words):
            yield clause


def is_act(words: Sequence[Word]) -> bool:
    return refuses(words) or any(hurts(words, place) for place in range(len(words)))


def refuses(words: Sequence[Word]) -> bool:
    """«Нельзя», «отказано», «не возвращаем», «не предусмотрено», «не подлежит»."""
    if _is_none(words):
        return True
    said = any(NO.fullmatch(word.lower) or is_one_of(word, REFUSING) for word in words)
    return said or any(denied(words, place) for place in range(len(words)))


def _is_none(words: Sequence[Word]) -> bool:
    """«Скидок нет», «показа не будет»; not «проблем нет»."""
    things = (word for word in words if word.is_mostly("NOUN", "gent"))
    said = NONE.search(" ".join(word.lower for word in words[1:])) is not None
    return said and any(not is_one_of(word, listed_words("abstract")) for word in things)


def denied(words: Sequence[Word], place: int) -> bool:
    """A finite verb or short participle after «не», but no order («не забудьте») and nothing idle («не знаем»)."""
    word = words[place]
    if not place or words[place - 1].lower != "не" or not word.parses:
        return False
    reading = participle(word) or word.parses[0]
    if reading.tag.POS not in ("VERB", "PRTS", "ADJS") or "impr" in reading.tag or "2per" in reading.tag:
        return False
    if reading.tag.POS == "VERB" and "past" in reading.tag:
        return False
    return str(reading.normal_form) not in listed_words("harmless")


def hurts(words: Sequence[Word], place: int) -> bool:
    """«Заблокирован», «отменяем», «снизили», but neither an order nor an infinitive nor what was not done."""
    word = words[place]
    reading = participle(word) or (word.parses[0] if word.is_mostly("VERB", "indc") else None)
    if reading is None or (place and words[place - 1].lower == "не"):
        return False
    if reading.tag.person == "2per" or (reading.tag.person == "3per" and reading.tag.tense == "futr"):
        return False
    return str(reading.normal_form) in listed_words("unpleasant")
