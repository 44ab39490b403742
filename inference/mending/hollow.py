"""«Из-за проведения технических работ» → «из-за технических работ», «при осуществлении возврата» → «при возврате»."""

import re

from bylostalo.data.synthesis.phrase import phrase_at
from bylostalo.data.synthesis.words import words

from .cases import AND, NEAR

DOING = r"(?:проведени|осуществлени|совершени)"
HOLLOW = re.compile(
    rf"(?<![\w-])(?P<kept>(?:из-за|для|после|до|без|во\s+время|на\s+время|на\s+период)\s+){DOING}я\s+"
    rf"|(?<![\w-])(?P<at>при\s+){DOING}и\s+",
    re.IGNORECASE,
)


def without_hollow_nouns(sentence: str) -> str:
    """The sentence without nouns that only say that what follows them is done."""
    found = HOLLOW.search(sentence)
    if found is None:
        return sentence
    rest = sentence[found.end() :]
    said = words(rest)
    phrase = phrase_at(said, 0, "gent")
    form = phrase.in_case("loct" if found["at"] else "gent") if phrase else None
    if phrase is None or form is None or any(word.lower in AND for word in said[phrase.last : phrase.last + NEAR]):
        return sentence
    return f"{sentence[: found.start()]}{found['at'] or found['kept']}{form}{rest[phrase.stop :]}"
