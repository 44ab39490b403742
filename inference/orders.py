"""Whether a sentence asks the reader for something: «обратитесь к нему» tells what to do, «не переживайте» does not."""

import re

from bylostalo.inference.facts.names import readings

WORD = re.compile(r"[А-Яа-яЁё]+")
LIKELY = 0.05
PLEASE = re.compile(r"(?<!\w)пожалуйста(?!\w)", re.IGNORECASE)
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


def _is_order(word: str) -> bool:
    likely = [one for one in readings(word) if one.score > LIKELY]
    verbs = all("VERB" in one.marks for one in likely)
    return verbs and any({"impr", "plur", "excl"} <= one.marks and one.lemma not in WISHES for one in likely)
