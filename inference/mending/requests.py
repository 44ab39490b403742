"""«Просьба использовать новый номер» → «Пожалуйста, используйте новый номер»."""

import re

from bylostalo.data.synthesis.words import inflected, words
from bylostalo.inference.explanations.voice import listed_words
from bylostalo.inference.grammar import is_imperfective

ASKING = re.compile(r"(?:(?:(?:большая|убедительная)\s+)?просьба|(?:убедительно\s+)?просим(?:\s+вас)?)\s+", re.I)
BEFORE_VERB = re.compile(r"(?:не\s+|впредь\s+)*(?=[а-яё]+)", re.IGNORECASE)


def with_requests(sentence: str) -> str:
    """A sentence that begins with a request says it by its verb, where there is but one thing asked."""
    asking = ASKING.match(sentence)
    if asking is None:
        return sentence
    rest = sentence[asking.end() :]
    lead = BEFORE_VERB.match(rest)
    start = lead.end() if lead else 0
    found = words(rest[start:])
    verb = found[0].reading("INFN") if found else None
    request = inflected(verb, "impr", "plur", "excl") if verb else None
    others = any(word.is_mostly("INFN") for word in found[1:])
    if verb is None or request is None or others or str(verb.normal_form) in listed_words("shells"):
        return sentence
    if "не" in rest[:start].lower().split() and not is_imperfective(str(verb.normal_form)):
        return sentence
    return f"Пожалуйста, {rest[:start].lower()}{request}{rest[start + found[0].stop :]}"
