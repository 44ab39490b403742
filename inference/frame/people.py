"""Who is addressed: names, placeholders that stand for names, and roles that name nobody."""

import re
from functools import cache
from importlib.resources import files

import yaml

from bylostalo.inference.facts.names import is_known, lemmas, readings

NAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
INITIAL = r"[А-ЯЁ]\."
PLACEHOLDER = r"(?:\{\{[^{}\n]+\}\}|\$?\{[^{}\n]+\}|%[A-Za-z]\w*%|\[\[[^\[\]\n]+\]\]|\[[А-ЯЁ]+_\d+\])"
TITLE = r"(?:[Гг]-(?:жа|н)|[Гг]оспо(?:жа|дин)|[Гг]р\.)"
NAME_PARTS = rf"{NAME}(?:\s+(?:{INITIAL}\s?)+(?<=\.)|\s+{NAME}){{0,2}}"
FULL_NAME = rf"(?:{TITLE}\s+)?(?:(?:{INITIAL}\s?){{1,2}}{NAME}|{NAME_PARTS})"
PERSON = rf"(?:{PLACEHOLDER}|{FULL_NAME})"
PERSON_MARKS = frozenset({"Name", "Surn", "Patr"})
NAMING = re.compile(
    r"name|fio|client|user|login|guest|company|recipient|seller|customer|passenger|patient|abonent|nick|driver|"
    r"имя|фио|клиент",
    re.I,
)
SIR, MADAM = "господин", "госпожа"
SEXES = frozenset({"masc", "femn"})
PATRONYMIC = re.compile(r"[А-ЯЁ][а-яё]+(?:вич|вна|ична|инична)$")


@cache
def roles() -> frozenset[str]:
    """What a customer may be to a company: dictionary forms."""
    data = yaml.safe_load(files(__package__).joinpath("people.yaml").read_text(encoding="utf-8"))
    return frozenset(data["roles"].split())


def is_role(word: str) -> bool:
    """Whether the word says what the customer is to the company and not who she is."""
    return bool(lemmas(word) & roles())


def is_person(word: str) -> bool:
    """Whether a capitalised word may be a name in the nominative, is an initial or in no dictionary."""
    if word.endswith(".") or not is_known(word.lower()):
        return True
    return any(reading.marks & PERSON_MARKS and "nomn" in reading.marks for reading in readings(word.lower()))


def is_first_name(word: str) -> bool:
    """Whether the word is a first name in the nominative singular, by the dictionary."""
    return any({"Name", "nomn", "sing"} <= reading.marks for reading in readings(word.lower()))


def is_patronymic(word: str) -> bool:
    return bool(PATRONYMIC.match(word))


def is_surname(word: str) -> bool:
    """Whether the word is a surname in the nominative, by the dictionary."""
    return any({"Surn", "nomn"} <= reading.marks for reading in readings(word.lower()))


def titled(name: str) -> str:
    """«Щукин» → «господин Щукин»: a surname alone is no way to greet. Other names stay, and surnames of either
    gender."""
    sexes = {
        mark for one in readings(name.lower()) if {"Surn", "nomn", "sing"} <= one.marks for mark in one.marks & SEXES
    }
    alone = name.isalpha() and is_surname(name) and not is_first_name(name)
    return f"{SIR if sexes == {'masc'} else MADAM} {name}" if alone and len(sexes) == 1 else name
