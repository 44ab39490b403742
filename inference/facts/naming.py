"""Names that are marks rather than words: identifiers, clauses, quoted and Latin names."""

import re
from collections.abc import Iterator

from .fact import Fact, fact, finder, fold, only_with
from .units import unit_after

CARD = (
    re.compile(
        r"(?<![\w*])(?:[•·∙●]{2,4}|\*{4}|[xXхХ]{4})(?:[ -]?(?:[•·∙●]{2,4}|\*{4}|[xXхХ]{4}))*[ -]?\d{3,4}(?!\d)"
    ),
    re.compile(r"(?<!\d)\d{4,6}(?:[ -]?\d{2})?(?:…|\.{2,4}|[ -]?[*•·●]+(?:[ -][*•·●]+)*)[ -]?\d{2,4}(?!\d)"),
    re.compile(r"(?<=[а-яё]\s)\*{1,3} ?\d{4}(?![\d*])", re.I),
)
LEADING_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
NUMERO = re.compile(r"(?:№№?|(?<!\w)N(?=[ ]?\d)|(?<!\w)#(?=\d))[^\S\n]*((?=[\w/.-]*\d)\w+(?:[-/._]\w+)*)")
MIXED = re.compile(
    r"(?<![\w-])(?=[\w/.-]*\d)(?=[\d/._-]*[A-Za-zА-ЯЁ])(?!\d+\.[А-ЯЁ])[A-Za-zА-ЯЁа-яё\d]+"
    r"(?:[-/._](?:[A-Za-zА-ЯЁ\d][A-Za-zА-ЯЁа-яё\d]*|[а-яё](?!\w)))*(?!\w)"
)
DASHED = re.compile(
    r"(?<![\w.,-])\d+(?:[-/]\d+)+(?![\w-])|(?<![\w.,-])\d+(?:(?:\.\d+){2,}|(?::\d+)+)(?![\w-])"
)
LAW = re.compile(r"(?:№\s*)?(?<![\w-])(\d+)-ФЗ(?!\w)|(?<!\w)ФЗ[- ]?(?:№\s*)?(\d+)(?![\w-])")

CLAUSE_WORDS = (
    ("пп", r"пп\.|п\.\s?п\.|подпункт\w*"),
    ("п", r"п\.|пункт(?:ами|ах|ам|ов|ом|а|у|е|ы)?"),
    ("ст", r"ст\.|стать(?:ями|ях|ям|ёй|ей|я|и|е|ю)|статей"),
    ("ч", r"ч\.|част(?:ями|ях|ям|ей|ью|ь|и)"),
    ("разд", r"разд\.|раздел(?:ами|ах|ам|ов|ом|а|у|е|ы)?"),
    ("гл", r"гл\.|глав(?:ами|ах|ам|ой|а|ы|е|у)?"),
    ("прил", r"прил\.|приложени(?:ями|ях|ям|ем|й|е|я|ю|и)"),
    ("§", r"§"),
)
CLAUSE_NUMBER = r"\d+(?:\.\d+)*(?:-\d+)?"
CLAUSE = re.compile(
    rf"(?<!\w)(?:{'|'.join(f'(?P<w{i}>{words})' for i, (_, words) in enumerate(CLAUSE_WORDS))})"
    rf"[^\S\n]*(?:№[^\S\n]*)?(?P<number>{CLAUSE_NUMBER})(?![\w%]|[^\S\n]*(?:₽|руб|%|\d{{3}}))",
    re.I,
)
MORE_CLAUSES = re.compile(rf"(?:[^\S\n]*(?:,|;|и|или|либо|[–-])[^\S\n]*)(?P<number>{CLAUSE_NUMBER})(?![\w%])")
NO_CLAUSE = frozenset({"день", "раб.день", "кал.день", "час", "мин", "мес", "год", "раз", "%", "₽"})

GUILLEMETS = (
    re.compile(r"«(?:[^«»\0\n]|«[^«»\0\n]{1,100}»){1,200}»"),
    re.compile(r"“[^“”\0\n]+”|„[^„“”\0\n]+[“”]"),
)
STRAIGHT = re.compile(r"(?<![\w\"])\"(?=[^\s\"])[^\"\0\n]*(?<=[^\s\"])\"(?![\w\"])")

LATIN_WORD = r"[A-Za-z][A-Za-z\d]*(?:['’.+&_-][A-Za-z\d]+)*[+#]*"
LATIN = re.compile(rf"(?<![\w\0])(?:{LATIN_WORD})(?:[^\S\n](?:{LATIN_WORD}))*(?![^\W\d_])")

masks = only_with(r"\d")(finder("id", *CARD))


@only_with("[«“„]")
def quoted(text: str) -> Iterator[Fact]:
    return finder("quoted", *GUILLEMETS, canon=_inner)(text)


@only_with('"')
def straight_quoted(text: str) -> Iterator[Fact]:
    return finder("quoted", STRAIGHT, canon=_inner)(text)


def _inner(match: re.Match[str]) -> str:
    return " ".join(match.group()[1:-1].split())


@only_with(r"\d")
def laws(text: str) -> Iterator[Fact]:
    return finder("clause", LAW, canon=lambda match: f"{match.group(1) or match.group(2)}-ФЗ")(text)


@only_with(r"\d")
def clauses(text: str) -> Iterator[Fact]:
    """«п. 3.1», and every number of «пунктов 2.3, 2.4 и 5» apart."""
    for match in CLAUSE.finditer(text):
        if unit_after(text, match.end())[0] in NO_CLAUSE:
            continue
        word = next(name for i, (name, _) in enumerate(CLAUSE_WORDS) if match[f"w{i}"])
        yield fact("clause", match, f"{word} {match['number']}")
        more = MORE_CLAUSES.match(text, match.end())
        while more and unit_after(text, more.end())[0] not in NO_CLAUSE:
            yield fact("clause", more, f"{word} {more['number']}", "number")
            more = MORE_CLAUSES.match(text, more.end())


@only_with(r"\d")
def identifiers(text: str) -> Iterator[Fact]:
    """«№ 417-Ж», «INC-123», «А123ВС», «55-8812»; «10ГБ», «5-го», «3-дневный» are numbers."""
    return finder("id", NUMERO, canon=lambda match: match.group(1).upper())(text)


@only_with(r"\d")
def mixed(text: str) -> Iterator[Fact]:
    for match in MIXED.finditer(text):
        if not _is_measure(text, match):
            yield fact("id", match, match.group().upper())


def _is_measure(text: str, match: re.Match[str]) -> bool:
    """«10ГБ» is an amount."""
    digits = LEADING_DIGITS.match(match.group())
    return bool(digits) and unit_after(text, match.start() + len(digits.group()))[1] == match.end()


@only_with(r"\d")
def dashed(text: str) -> Iterator[Fact]:
    return finder("id", DASHED, canon=verbatim_id)(text)


def verbatim_id(match: re.Match[str]) -> str:
    return match.group().upper()


@only_with("[A-Za-z]")
def latin(text: str) -> Iterator[Fact]:
    for match in LATIN.finditer(text):
        if sum(letter.isalpha() for letter in match.group()) > 1:
            yield fact("latin", match, fold(match.group()))
