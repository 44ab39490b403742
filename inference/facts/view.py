"""What some texts hold: the rules by which a fact of another text counts as present in them."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from .extract import extract
from .fact import Fact, fold
from .measures import Amount, amounts, same_amounts
from .names import called_lemmas, is_called, may_be_surname, lemmas
from .numerals import ONE
from .spelled import LONE_FORMS
from .units import unit_of

WORD = re.compile(r"(?<!\w)[а-я]{2,}(?!\w)")
SURNAME = re.compile(r"(?<=[внкй])(?:ого|ому|ой|ою|ая|ую|ый|ий|ым|ом|ем|а|у|е|ы|о)$")
DOTTED = re.compile(r"\d+\.\d+")
LATIN_WORD = re.compile(r"[a-z][a-z\d]*")
SPOKEN = {"sms": "смс", "смс": "sms", "call": "колл"}
UNITLESS = ("", "раз", "-й")
EVERY = {
    "час": "ежечасн",
    "день": "ежедневн",
    "нед": "еженедельн",
    "мес": "ежемесячн",
    "квартал": "ежеквартальн",
    "год": "ежегодн",
}
LONE = frozenset(fold(form) for form in LONE_FORMS) | {"раз", "раза"}


class View:
    """The facts and words of one or more texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)
        self.by_text = tuple(extract(text) for text in texts)
        self.facts = tuple(fact for facts in self.by_text for fact in facts)
        self.values = {(fact.kind, fact.value) for fact in self._quoted_opened()}

    def holds(self, fact: Fact, *, home: "View") -> bool:
        """Whether some rule finds here the fact that stands in `home`."""
        return any(rule(fact, home, self) for rule in RULES)

    def says(self, fact: Fact) -> bool:
        """Whether the words of a quoted name stand here, quoted or not."""
        return (
            fact.kind == "quoted"
            and re.search(rf"(?<!\w){re.escape(fold(fact.value))}(?!\w)", self.folded) is not None
        )

    def lemmas_of(self, word: str) -> frozenset[str]:
        """A name that addresses the reader stands in the nominative: «Александра» is a woman then."""
        return called_lemmas(word) if word in self.called else lemmas(word)

    @cached_property
    def amounts(self) -> frozenset[Amount]:
        return frozenset(amount for fact in self._quoted_opened() for amount in amounts(fact))

    @cached_property
    def same_amounts(self) -> frozenset[Amount]:
        return frozenset(same for amount in self.amounts for same in same_amounts(amount))

    @cached_property
    def units(self) -> frozenset[str]:
        return frozenset(part for _, unit in self.amounts for part in (unit, unit.rpartition(".")[2]))

    @cached_property
    def folded(self) -> str:
        return fold("\n".join(self.texts))

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(WORD.findall(self.folded))

    @cached_property
    def latin_words(self) -> frozenset[str]:
        return frozenset(LATIN_WORD.findall(self.folded))

    @cached_property
    def called(self) -> frozenset[str]:
        return frozenset(
            word
            for text, facts in zip(self.texts, self.by_text, strict=True)
            for fact in facts
            if fact.kind == "name" and is_called(text, fact.start, fact.stop)
            for word in WORD.findall(fold(fact.text))
        )

    @cached_property
    def lemmas(self) -> frozenset[str]:
        return frozenset(lemma for word in self.words for lemma in self.lemmas_of(word))

    def _quoted_opened(self) -> Iterator[Fact]:
        for fact in self.facts:
            yield fact
            if fact.kind in ("quoted", "command"):
                yield from extract(fact.text[1:-1])


Rule = Callable[[Fact, View, View], bool]


def same_value(fact: Fact, home: View, view: View) -> bool:
    return (fact.kind, fact.value) in view.values


def same_surface(fact: Fact, home: View, view: View) -> bool:
    """The very same characters, whatever their neighbours made of them."""
    if fact.kind in ("name", "range", "placeholder", "tag") or (
        fact.kind == "number" and not DOTTED.fullmatch(fact.text)
    ):
        return False
    return re.search(rf"(?<!\w){re.escape(fact.text)}(?!\w)", "\n".join(view.texts)) is not None


def same_amount(fact: Fact, home: View, view: View) -> bool:
    """Every amount of the fact, in these or other units."""
    stated = tuple(amounts(fact))
    return bool(stated) and all(_has_amount(amount, home, view) for amount in stated)


def _has_amount(amount: Amount, home: View, view: View) -> bool:
    number, unit = amount
    if same_amounts(amount) & view.same_amounts:
        return True
    if unit in UNITLESS:
        return any(
            number == other and (named in UNITLESS or (not unit and named in home.units))
            for other, named in view.amounts
        )
    return (number, "") in view.amounts and unit in view.units


def one_in_words(fact: Fact, home: View, view: View) -> bool:
    """«1 заявка» is «одна заявка», «один раз» is «раз», «1 месяц» may be «месяц»."""
    number, _, unit = fact.value.partition(" ")
    if fact.kind != "number" or number != "1":
        return False
    if unit in UNITLESS and (not view.words.isdisjoint(ONE) or "единственн" in view.folded):
        return True
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
    if fact.kind != "name":
        return False
    return all(
        home.lemmas_of(word) & view.lemmas or _surname_stands(word, view)
        for word in WORD.findall(fold(fact.text))
    )


def _surname_stands(word: str, view: View) -> bool:
    """«Ореховой» and «Орехова»: dictionaries take the oblique cases of surnames for adjectives."""
    stem = SURNAME.sub("", word)
    return (
        may_be_surname(word) and len(stem) > 3 and any(SURNAME.sub("", other) == stem for other in view.words)
    )


def same_latin_words(fact: Fact, home: View, view: View) -> bool:
    return fact.kind == "latin" and view.latin_words.issuperset(LATIN_WORD.findall(fact.value))


def spoken_otherwise(fact: Fact, home: View, view: View) -> bool:
    """«SMS» is «СМС»."""
    return SPOKEN.get(fact.value, "\0") in view.folded


def spelled_out(fact: Fact, home: View, view: View) -> bool:
    """«ДТП» is «дорожно-транспортное происшествие»."""
    if fact.kind != "name" or not fact.text.isupper():
        return False
    initials = r"[а-я]+[ -]".join(fact.value)
    return re.search(rf"(?<!\w){initials}[а-я]+", view.folded) is not None


RULES: tuple[Rule, ...] = (
    same_value,
    same_surface,
    same_amount,
    one_in_words,
    every_one,
    repeated,
    same_words,
    same_latin_words,
    spoken_otherwise,
    spelled_out,
)
