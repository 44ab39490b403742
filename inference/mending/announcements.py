"""Sentences that only announce what follows: «По Вашему вопросу сообщаем.», «На Ваше обращение от 2 июня сообщаем
следующее.»."""

import re

from bylostalo.data.synthesis.phrase import phrase_at
from bylostalo.data.synthesis.words import words
from bylostalo.inference.canonical import with_small_you
from bylostalo.inference.facts.extract import extract

from .openings import ABOUT, ALSO, VERB

NEXT = r"(?:следующее|о\s+(?:следующем|нижеследующем|порядке\s+действий))"
TELLS = rf"{ALSO}{VERB}(?:\s+(?:вам|вас))?(?:\s+{NEXT})?\s*\.?\s*"
YOURS = rf"(?:(?:поставленн\w+|указанн\w+|ваш\w*)\s+)*{ABOUT}"
ANSWERED = re.compile(
    rf"(?:(?P<to>(?:в\s+ответ\s+)?на)|рассмотрев|(?P<of>по\s+результатам\s+рассмотрения))\s+"
    rf"(?P<what>ваш\w*\s+{ABOUT}[^,;:]*?)\s*,?\s+{TELLS}",
    re.IGNORECASE,
)
ANNOUNCED = re.compile(rf"(?:(?:по|на|в\s+ответ\s+на|по\s+существу)\s+{YOURS}\s+)?{TELLS}", re.IGNORECASE)


def announced(sentence: str) -> str | None:
    """What is left to say of such a sentence: nothing, or what is answered where that holds a fact; None of any
    other."""
    if found := ANSWERED.fullmatch(sentence):
        return _answered(found) if extract(found["what"]) else ""
    return "" if ANNOUNCED.fullmatch(sentence) else None


def _answered(found: re.Match[str]) -> str | None:
    what = found["what"]
    if found["of"]:
        phrase = phrase_at(words(what), 0, "gent")
        form = phrase.in_case("accs") if phrase else None
        if phrase is None or form is None:
            return None
        what = f"{form}{what[phrase.stop :]}"
    return with_small_you(f"{'Отвечаем на' if found['to'] else 'Мы рассмотрели'} {what}.")
