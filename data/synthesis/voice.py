"""The voice of a company: an announcement before the sentence, «Вы» with a capital."""

import re
from collections.abc import Iterator, Sequence
from random import Random

from .change import Change
from .tables import cliches
from .words import Word, lowered, raised

CODE = "officialese"
SHARE = 0.2
YOU = re.compile(r"(?<!\w)(?:вы|вас|вам|вами|ваш(?:а|е|и|его|ей|ему|им|их|ими|у|ем)?)(?!\w)")


def announced(words: Sequence[Word], rng: Random) -> Iterator[Change]:
    """«Доступ открыт» → «Сообщаем Вам, что доступ открыт»: a sentence that begins with what it speaks of."""
    first = words[0]
    speaks = any(first.is_mostly(part) for part in ("NOUN", "NPRO", "ADJF", "PREP"))
    if speaks and not _asks_or_orders(words) and rng.random() < SHARE:
        voice = raised(rng.choice(cliches()["voice"]))
        yield Change(first.start, first.stop, f"{voice} {lowered(first.text)}", CODE, 0, len(voice))


def _asks_or_orders(words: Sequence[Word]) -> bool:
    finite = any(word.is_mostly("VERB", "indc") or word.is_mostly("PRTS") for word in words)
    ordered = any(word.reading("VERB", "impr", "plur") for word in words)
    return not finite or ordered or any(word.text in "?:" for word in words)


def capital_you(text: str) -> str:
    """Every «вы» and «ваш» with a capital, as official letters have it."""
    return YOU.sub(lambda match: raised(match.group()), text)


FAMILY = (announced,)
