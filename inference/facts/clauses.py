"""Clauses of contracts and laws: «п. 3.1.4», «статьёй 13», «№ 323-ФЗ»."""

import re
from collections.abc import Iterator

from .fact import Fact, fact, finder, only_with
from .units import unit_after

WORDS = {
    "пп": r"пп\.|п\.\s?п\.|подпункт\w*",
    "п": r"п\.|пункт(?:ами|ах|ам|ов|ом|а|у|е|ы)?",
    "ст": r"ст\.|стать(?:ями|ях|ям|ёй|ей|я|и|е|ю)|статей",
    "ч": r"ч\.|част(?:ями|ях|ям|ей|ью|ь|и)",
    "разд": r"разд\.|раздел(?:ами|ах|ам|ов|ом|а|у|е|ы)?",
    "гл": r"гл\.|глав(?:ами|ах|ам|ой|а|ы|е|у)?",
    "прил": r"прил\.|приложени(?:ями|ях|ям|ем|й|е|я|ю|и)",
    "§": r"§",
}
WORD = "|".join(f"(?P<w{index}>{forms})" for index, forms in enumerate(WORDS.values()))
NUMBER = r"(?P<number>\d+(?:\.\d+)*(?:-\d+)?)(?![\w%])"
CLAUSE = re.compile(rf"(?<!\w)(?:{WORD})[^\S\n]*(?:№[^\S\n]*)?{NUMBER}(?![^\S\n]*\d{{3}})", re.I)
AND_CLAUSE = re.compile(rf"[^\S\n]*(?:,|;|и|или|либо|[–-])[^\S\n]*{NUMBER}")
LAW = re.compile(r"(?:№\s*)?(?<![\w-])(\d+)-ФЗ(?!\w)|(?<!\w)ФЗ[- ]?(?:№\s*)?(\d+)(?![\w-])")
COUNTED = frozenset({"день", "раб.день", "кал.день", "час", "мин", "мес", "год", "раз", "%", "₽"})

laws = only_with("ФЗ")(finder("clause", LAW, canon=lambda match: f"{match[1] or match[2]}-ФЗ"))


@only_with(r"\d")
def clauses(text: str) -> Iterator[Fact]:
    """Every number of «пунктов 2.3, 2.4 и 5» apart; the value is «п 2.4»."""
    for match in CLAUSE.finditer(text):
        word = next(name for index, name in enumerate(WORDS) if match[f"w{index}"])
        if _counts(text, match):
            continue
        yield fact("clause", match, f"{word} {match['number']}")
        more = AND_CLAUSE.match(text, match.end())
        while more and not _counts(text, more):
            yield fact("clause", more, f"{word} {more['number']}", "number")
            more = AND_CLAUSE.match(text, more.end())


def _counts(text: str, match: re.Match[str]) -> bool:
    """«в части 2 дней» names no clause."""
    return unit_after(text, match.end())[0] in COUNTED
