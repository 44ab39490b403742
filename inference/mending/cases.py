"""Prepositions said otherwise where what follows can take another case: «на основании договора» → «по договору»."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from bylostalo.data.synthesis.phrase import phrase_at
from bylostalo.data.synthesis.words import cased, words
from bylostalo.inference.lists import table

NO_WORD = re.compile(r"\s*(?:п\.|пп\.|ст\.|ч\.|№|\d|[«\"{%$\[\ue000-\uf8ff])")
"""A number of a clause, a title or a placeholder: it stays as it is in every case."""
AND = frozenset({"и", "или", "либо"})
NEAR = 6


def with_other_prepositions(sentence: str) -> str:
    for rule in table(__package__, "words")["cases"]:
        sentence = _with_other(sentence, rule)
    return sentence


def with_causes(sentence: str) -> str:
    """«Задержка вызвана аварией» → «задержка из-за аварии»; not so of who acts, nor of a number or a title."""
    for rule in table(__package__, "words")["causes"]:
        found = re.search(rf"(?<!\sи)\s(?:{rule['said']})\s+(?P<what>\S.*)", sentence, re.IGNORECASE)
        phrase = phrase_at(words(found["what"]), 0, rule["in"]) if found else None
        if found and phrase and "anim" not in phrase.readings[-1].tag and not _is_told_more(found["what"]):
            following = _in_case(sentence[found.start("what") - 1 :], rule["in"], rule["case"])
            sentence = f"{sentence[: found.start()]} {rule['instead']}{following}" if following else sentence
    return sentence


def _is_told_more(what: str) -> bool:
    """«Аварией, то есть обстоятельством…», «первый аварией, второй снегом, выпавшим ночью»."""
    return any(word.reading("PRTF", "ablt") for word in words(what)) or "то есть" in what


def _with_other(sentence: str, rule: Mapping[str, Any]) -> str:
    said = r"\s+".join(rule["said"].split())
    found = re.search(rf"(?<![\w-]){said}(?![\w-])", sentence, re.IGNORECASE)
    if not found:
        return sentence
    rest = sentence[found.end() :]
    following = rest if NO_WORD.match(rest) else _in_case(rest, rule["in"], rule["case"])
    if following is None:
        return sentence
    return f"{sentence[: found.start()]}{cased(rule['instead'], found[0])}{following}"


def _in_case(rest: str, said: str, wanted: str) -> str | None:
    """The text with the phrase that it begins with in another case; None where that is unsure, where another phrase may
    stand beside it («с договором и тарифами») or a participle agrees with it («осмотра, проведённого вчера»)."""
    found = words(rest)
    phrase = phrase_at(found, 0, said)
    if phrase is None or any(word.lower in AND for word in found[phrase.last : phrase.last + NEAR]):
        return None
    if any(mark.text == "," and word.reading("PRTF", said) for mark, word in pairwise(found[phrase.last :])):
        return None
    form = phrase.in_case(wanted)
    return f"{rest[: phrase.start]}{form}{rest[phrase.stop :]}" if form else None
