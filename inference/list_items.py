"""Items of a list that were infinitives stay so, whatever is said of each: «1. Зайти в раздел. 2. Введите код.» would
limp."""

import re
from collections.abc import Sequence

from bylostalo.data.synthesis.words import Word, cased, words
from bylostalo.inference.plan import Step
from bylostalo.inference.segments import MARKER

WORD = "x"
PLEASE = re.compile(r",?\s*пожалуйста(?:,|(?=[\s.!]))", re.IGNORECASE)


def in_mood(steps: Sequence[Step], place: int, said: str) -> str:
    """What is said of the step at a place, with infinitives for requests where it is such an item."""
    if not (place and _ends_with_marker(steps[place - 1]) and _begins(steps[place].text, "INFN")):
        return said
    return _with_infinitives(said) if _begins(said, "VERB", "impr") else said


def _ends_with_marker(gap: Step) -> bool:
    line = gap.text.rpartition("\n")[2]
    marker = MARKER.match(f"{line}{WORD}")
    return not gap.is_sentence and marker is not None and marker.end() == len(line)


def _begins(text: str, *marks: str) -> bool:
    found = words(text)
    return bool(found) and found[0].reading(*marks) is not None


def _with_infinitives(text: str) -> str:
    text = PLEASE.sub("", text)
    for word in reversed(words(text)):
        if infinitive := _infinitive(word):
            text = f"{text[: word.start]}{cased(infinitive, word.text)}{text[word.stop :]}"
    return text


def _infinitive(word: Word) -> str | None:
    request = word.reading("VERB", "impr", "plur", "excl")
    return str(request.normal_form) if request else None
