"""«Ожидайте звонка специалиста» → «Дождитесь, пожалуйста, звонка специалиста»."""

import re

from bylostalo.data.synthesis.phrase import phrase_at
from bylostalo.data.synthesis.words import cased, words
from bylostalo.inference.orders import PLEASE

ORDER = re.compile(r"(?P<order>(?<!не )(?<!\w)ожидайте|^ожидать)(?!\w)(?P<mark>,?)", re.IGNORECASE)
OF_ITS_OWN = re.compile(r"(?:^|[,.;:–—])\s*$")


def with_patience(sentence: str) -> str:
    """An order to wait as a request: to wait until something comes where it is named, else to wait a little."""
    found = ORDER.search(sentence)
    if found is None:
        return sentence
    before, rest = sentence[: found.start()], sentence[found.end() :].lstrip()
    if not OF_ITS_OWN.search(before):
        return f"{before}ждите {rest}" if rest[:1].isalpha() else sentence
    awaited = None if found["mark"] else _awaited(rest)
    verb = cased("дождитесь" if awaited else "подождите", found["order"])
    asked = verb if PLEASE.search(sentence) else f"{verb}, пожалуйста"
    pause = "," if found["mark"] or asked != verb else ""
    return f"{before}{asked}{_pause(pause, rest)}{awaited or rest}"


def _awaited(rest: str) -> str | None:
    """What is said after the order if it begins with the thing awaited, that in the genitive."""
    found = words(rest)
    for case in ("gent", "accs"):
        phrase = phrase_at(found, 0, case)
        form = phrase.in_case("gent") if phrase else None
        if phrase and form:
            return f"{form}{rest[phrase.stop :]}"
    return None


def _pause(mark: str, rest: str) -> str:
    if not rest or rest[0] in ".!?…,;:)":
        return ""
    return " " if rest[0] in "–—(" else f"{mark} "
