"""«При отсутствии чека» → «если нет чека», «при наличии» → «если есть», «ввиду отсутствия» → «потому что нет»."""

import re
from dataclasses import dataclass

from bylostalo.data.synthesis.phrase import phrase_at
from bylostalo.data.synthesis.words import Word, words
from bylostalo.inference.grammar import tail

IF = r"(?:при\s+условии|в\s+случае|при)"
BECAUSE = r"(?:в\s+связи\s+с|из-за|ввиду|вследствие|по\s+причине|в\s+силу)"
WITHOUT = re.compile(
    rf"(?P<comma>,?\s+|^)(?:(?P<because>{BECAUSE})|{IF})\s+(?:(?P<none>отсутстви[еяию]м?)|наличи[яи])(?=\s)",
    re.IGNORECASE,
)
ENDS = frozenset(",.;!?)")


BUT = re.compile(r"\b(?:но|а|и|или|либо)$", re.IGNORECASE)
ONLY = re.compile(r",?\s+(?:только|лишь)$", re.IGNORECASE)


def with_conditions(sentence: str) -> str:
    """The sentence with a clause for what there is or is not, where the phrase surely ends."""
    found = WITHOUT.search(sentence)
    if found is None:
        return sentence
    rest = sentence[found.end() :]
    said = _what(rest, "gent" if found["none"] else "nomn")
    if said is None:
        return sentence
    before, start = sentence[: found.start()], _start(found)
    if not found["comma"]:
        return sentence if found["because"] else f"{start.capitalize()} {said.form}{said.comma}{rest[said.stop :]}"
    only = ONLY.search(before)
    if said.comma or BUT.search(before) or (found["because"] and (only or not found["none"] or _told(before))):
        return sentence
    if only:
        before, start = before[: only.start()], f"{only[0].lstrip(', ')} {start}"
    return f"{before}, {start} {said.form}{rest[said.stop :]}"


def _start(found: re.Match[str]) -> str:
    if not found["because"]:
        return "если нет" if found["none"] else "если есть"
    return "потому что не было" if _is_past(found.string[: found.start()]) else "потому что нет"


def _is_past(before: str) -> bool:
    return any(word.is_mostly("VERB", "past") for word in words(before))


def _told(before: str) -> bool:
    """«Сообщаем о задержке ввиду отсутствия сырья»: the reason is not of the telling."""
    return any(word.is_mostly("VERB", "1per") for word in words(before))


@dataclass(frozen=True)
class What:
    """What there is or is not, where it stops, and the comma to put after it."""

    form: str
    stop: int
    comma: str


def _what(rest: str, case: str) -> What | None:
    """The phrase that follows in its case with the genitives that complete it; None where more of it may follow."""
    found = words(rest)
    phrase = phrase_at(found, 0, "gent")
    form = phrase.in_case(case) if phrase else None
    if phrase is None or form is None:
        return None
    more = tail(found, phrase)
    last = phrase.last + len(more)
    stop = found[last - 1].stop
    said = f"{form}{rest[phrase.stop : stop]}"
    if last == len(found) or found[last].text in ENDS:
        listed = last + 1 < len(found) and any(word.reading("gent") for word in found[last + 1 : last + 3])
        return None if listed else What(said, stop, "")
    return What(said, stop, ",") if not more and _begins(found[last]) else None


def _begins(word: Word) -> bool:
    """Whether the main clause surely begins with the word."""
    return (word.is_mostly("NOUN", "nomn") and not word.reading("gent")) or word.is_mostly("VERB")
