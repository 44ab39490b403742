"""Whether a sentence asks the reader for something: «обратитесь к нему» tells what to do, «не переживайте» does not."""

import re

from bylostalo.inference.facts.names import readings

WORD = re.compile(r"[А-Яа-яЁё]+")
LIKELY = 0.05
PLEASE = re.compile(r"(?<!\w)пожалуйста(?!\w)", re.IGNORECASE)
SAID_PLEASE = re.compile(r"(?P<said>[А-Яа-яЁё]+),?\s+пожалуйста(?!\w)[,:]?(?P<rest>[^,.;:!?…()–—]*)", re.IGNORECASE)
WISHES = frozenset(
    {
        *("беречь", "быть", "верить", "волноваться", "давать", "извинить", "обижаться", "оставаться", "паниковать"),
        *("переживать", "поверить", "позволить", "понять", "принять", "простить", "радоваться", "разрешить"),
        *("расстраиваться", "сомневаться", "сохранять", "улыбаться", "улыбнуться", "успокоиться"),
    }
)


def asks(sentence: str) -> bool:
    """Whether a word of it may be a request, wishes and comfort aside."""
    return any(_is_order(word.lower()) for word in WORD.findall(sentence))


def promises_please(sentence: str) -> bool:
    """Whether a «пожалуйста» stands beside what somebody does and not what is asked: «пришлю, пожалуйста, мастера»."""
    return any(_is_promise(found["said"]) and not _may_ask(found["rest"]) for found in SAID_PLEASE.finditer(sentence))


def _is_promise(word: str) -> bool:
    found = readings(word.lower())
    likely = [one for one in found if one.score > LIKELY]
    asks_for_it = any({"impr", "excl"} <= one.marks for one in found)
    return bool(likely) and all("VERB" in one.marks for one in likely) and not asks_for_it


def _may_ask(clause: str) -> bool:
    return any({"excl", "INFN"} & one.marks for word in WORD.findall(clause) for one in readings(word.lower()))


def _is_order(word: str) -> bool:
    likely = [one for one in readings(word) if one.score > LIKELY]
    verbs = all("VERB" in one.marks for one in likely)
    return verbs and any({"impr", "plur", "excl"} <= one.marks and one.lemma not in WISHES for one in likely)
