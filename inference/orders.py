"""Whether a sentence asks the reader for something: «обратитесь к нему» tells what to do, «не переживайте» does not."""

import re

from bylostalo.data.morphology import morph

WORD = re.compile(r"[А-Яа-яЁё]+")
LIKELY = 0.05
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
    readings = [one for one in morph().parse(word) if one.score > LIKELY]
    verbs = all(one.tag.POS == "VERB" for one in readings)
    return verbs and any({"impr", "plur", "excl"} in one.tag and one.normal_form not in WISHES for one in readings)
