"""The rules by which a fact of one text counts as present in others."""

import re
from collections.abc import Callable

from .digits import measure
from .fact import Fact, fold
from .measures import Amount, amounts, same_amounts
from .names import may_be_surname
from .numerals import ONE
from .spelled import LONE_FORMS
from .units import unit_of
from .view import CYRILLIC_WORD, LATIN_WORD, View

Rule = Callable[[Fact, View, View], bool]

UNITLESS = ("", "раз", "-й")
EVERY = {
    "час": "ежечасн",
    "день": "ежедневн",
    "нед": "еженедельн",
    "мес": "ежемесячн",
    "квартал": "ежеквартальн",
    "год": "ежегодн",
}
SPOKEN = {"sms": "смс", "смс": "sms", "call": "колл", "рф": "росси", "россия": "рф"}
LONE = frozenset(fold(form) for form in LONE_FORMS) | {"раз", "раза"}
DOTTED = re.compile(r"\d+\.\d+")
SURNAME_ENDING = re.compile(r"(?<=[внкй])(?:ого|ому|ой|ою|ая|ую|ый|ий|ым|ом|ем|а|у|е|ы|о)$")


def holds(view: View, fact: Fact, *, home: View) -> bool:
    """Whether the texts of `view` hold the fact that stands in `home`."""
    return any(rule(fact, home, view) for rule in RULES)


def same_value(fact: Fact, home: View, view: View) -> bool:
    return (fact.kind, fact.value) in view.values


def same_surface(fact: Fact, home: View, view: View) -> bool:
    """The very same characters, whatever their neighbours made of them («31.12» with and without «до»)."""
    if fact.kind in ("name", "range", "placeholder", "tag"):
        return False
    return (fact.kind != "number" or DOTTED.fullmatch(fact.text) is not None) and view.has(fact.text)


def same_amount(fact: Fact, home: View, view: View) -> bool:
    """Every amount of the fact, in these or other units; «с 8.1 до 7.2» is not «с 7.2 до 8.1»."""
    stated = tuple(amounts(fact))
    if not stated or (fact.kind == "range" and ("range", _turned_round(fact.value)) in view.values):
        return False
    return all(_has_amount(amount, home, view) for amount in stated)


def _turned_round(span: str) -> str:
    ends, _, unit = span.partition(" ")
    low, _, high = ends.partition("..")
    return measure(f"{high}..{low}", unit)


def _has_amount(amount: Amount, home: View, view: View) -> bool:
    """A unit may be missing where it stands with a neighbour: «5 и 7 дней»."""
    number, unit = amount
    if same_amounts(amount) & view.same_amounts:
        return True
    if unit in UNITLESS:
        units = (*UNITLESS, *home.units) if unit == "" else UNITLESS
        return any(number == other and named in units for other, named in view.amounts)
    return (number, "") in view.amounts and unit in view.units


def working_hours(fact: Fact, home: View, view: View) -> bool:
    """«с 9 до 18» is «с 9:00 до 18:00»."""
    if fact.kind == "range":
        return all(("time", f"{end:0>2}:00") in view.values for end in _ends(fact.value))
    hour = fact.value.removesuffix(":00").removeprefix("0")
    return fact.kind == "time" and any(kind == "range" and hour in _ends(value) for kind, value in view.values)


def _ends(span: str) -> list[str]:
    return span.removesuffix(" час").split("..")


def one_in_words(fact: Fact, home: View, view: View) -> bool:
    """«1 заявка» is «одна» or «единственная», «один раз» is «раз», «1 месяц» may be «месяц»."""
    number, _, unit = fact.value.partition(" ")
    if fact.kind != "number" or number != "1":
        return False
    if unit in UNITLESS and (not view.words.isdisjoint(ONE) or "единственн" in view.folded):
        return True
    return any(unit_of(word) == unit for word in view.words & LONE)


def nth(fact: Fact, home: View, view: View) -> bool:
    """«три дня» are told of in «жду третий день»."""
    number, _, unit = fact.value.partition(" ")
    if fact.kind != "number" or (number, "-й") not in view.amounts:
        return False
    return any(unit_of(word) == unit for word in view.words & LONE)


def every_one(fact: Fact, home: View, view: View) -> bool:
    """«раз в квартал» is «ежеквартально»."""
    number, _, unit = fact.value.partition(" ")
    return fact.kind == "number" and number == "1" and unit in EVERY and EVERY[unit] in view.folded


def repeated(fact: Fact, home: View, view: View) -> bool:
    """«вторая заявка» may be «повторная», «нажали дважды» «повторно»."""
    return fact.value in ("2 -й", "2 раз") and ("повторн" in view.folded or "вторичн" in view.folded)


def same_words(fact: Fact, home: View, view: View) -> bool:
    """All words of a name, in any case."""
    return fact.kind == "name" and all(
        home.lemmas_of(word) & view.lemmas or _has_surname(view, word)
        for word in CYRILLIC_WORD.findall(fold(fact.text))
    )


def _has_surname(view: View, word: str) -> bool:
    """«Ореховой» and «Орехова»: dictionaries take the oblique cases of surnames for adjectives."""
    stem = SURNAME_ENDING.sub("", word)
    return len(stem) > 3 and may_be_surname(word) and stem in {SURNAME_ENDING.sub("", other) for other in view.words}


def same_latin_words(fact: Fact, home: View, view: View) -> bool:
    return fact.kind == "latin" and view.latin_words.issuperset(LATIN_WORD.findall(fact.value))


def spoken_otherwise(fact: Fact, home: View, view: View) -> bool:
    """«SMS» is «СМС», «РФ» is «Россия»."""
    return fact.value in SPOKEN and SPOKEN[fact.value] in view.folded


def spelled_out(fact: Fact, home: View, view: View) -> bool:
    """«ДТП» is «дорожно-транспортное происшествие»."""
    if fact.kind != "name" or not fact.text.isupper():
        return False
    return re.search(rf"(?<!\w){'[а-я]+[ -]'.join(fact.value)}[а-я]+", view.folded) is not None


RULES: tuple[Rule, ...] = (
    same_value,
    same_surface,
    same_amount,
    working_hours,
    one_in_words,
    nth,
    every_one,
    repeated,
    same_words,
    same_latin_words,
    spoken_otherwise,
    spelled_out,
)
