"""Identifiers: «№ 417-Ж», «INC-123», «А123ВС», masked cards, serial numbers."""

import re
from collections.abc import Iterator

from .fact import Fact, fact, finder, only_with
from .units import unit_after

DOTS = r"(?:[•·∙●]{2,4}|\*{4}|[xXхХ]{4})"
CARD = (
    re.compile(rf"(?<![\w*]){DOTS}(?:[ -]?{DOTS})*[ -]?\d{{3,4}}(?!\d)"),
    re.compile(r"(?<!\d)\d{4,6}(?:[ -]?\d{2})?(?:…|\.{2,4}|[ -]?[*•·●]+(?:[ -][*•·●]+)*)[ -]?\d{2,4}(?!\d)"),
    re.compile(r"(?<=[а-яё]\s)\*{1,3} ?\d{4}(?![\d*])", re.I),
)
NUMERO = re.compile(r"(?:№№?|(?<!\w)N(?= ?\d)|(?<!\w)#(?=\d))[^\S\n]*((?=[\w/.-]*\d)\w+(?:[-/._]\w+)*)")
MIXED = re.compile(
    r"(?<![\w-])(?=[\w/.-]*\d)(?=[\d/._-]*[A-Za-zА-ЯЁ])(?!\d+\.[А-ЯЁ])[A-Za-zА-ЯЁа-яё\d]+"
    r"(?:[-/._](?:[A-Za-zА-ЯЁ\d][A-Za-zА-ЯЁа-яё\d]*|[а-яё](?!\w)))*(?!\w)"
)
FIGURES = re.compile(r"(?<![\w.,-])\d+(?:(?:[-/]\d+)+|(?:\.\d+){2,}|(?::\d+)+)(?![\w-])")
LEADING_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")

masks = only_with(r"\d")(finder("id", *CARD))
numbered = only_with("[№N#]")(finder("id", NUMERO, canon=lambda match: match.group(1).upper()))
figures = only_with(r"\d")(finder("id", FIGURES))


@only_with(r"\d")
def mixed(text: str) -> Iterator[Fact]:
    """Letters and digits in one word; «10ГБ» is an amount, «5-го» and «3-дневный» are numbers."""
    for match in MIXED.finditer(text):
        if not _is_amount(text, match):
            yield fact("id", match, match.group().upper())


def _is_amount(text: str, match: re.Match[str]) -> bool:
    digits = LEADING_DIGITS.match(text, match.start())
    return digits is not None and unit_after(text, digits.end())[1] == match.end()
