"""Amounts: a number and its unit, and when two of them say the same."""

from collections.abc import Iterator
from fractions import Fraction

from .fact import Fact

Amount = tuple[str, str]
"""A canonical number and a unit, "" where there is none."""

_BASES = {
    "час": (60, "мин"),
    "сут": (1440, "мин"),
    "нед": (7, "день"),
    "квартал": (3, "мес"),
    "год": (12, "мес"),
    "тб": (1024, "гб"),
}


def amounts(fact: Fact) -> Iterator[Amount]:
    """The amounts a fact states: both ends of a range, the hour of a time, the digits of an identifier."""
    if fact.kind == "number":
        yield _split(fact.value)
    elif fact.kind == "range":
        ends, unit = _split(fact.value)
        yield from ((end, unit) for end in ends.split(".."))
    elif fact.kind == "time" and fact.value.endswith(":00"):
        yield str(int(fact.value[:-3])), "час"
    elif fact.kind in ("date", "id"):
        number = fact.value.lstrip("-")
        if number.isdecimal():
            yield str(int(number)), ""


def _split(value: str) -> Amount:
    number, _, unit = value.partition(" ")
    return number, unit


def same_amounts(amount: Amount) -> frozenset[Amount]:
    """The amount in other units: 2 years are 24 months, 3 сут are 3 days (but one day is not 24 hours)."""
    number, unit = amount
    return frozenset({amount, *_converted(number, unit)}) if _is_decimal(number) else frozenset({amount})


def _converted(number: str, unit: str) -> Iterator[Amount]:
    if unit in _BASES:
        factor, base = _BASES[unit]
        yield str(Fraction(number) * factor), base
    if unit in ("сут", "день") and Fraction(number) > 1:
        yield number, "сут или день"
    if number == "0.5" and not unit:
        yield "50", "%"
    if unit == "%":
        yield number.removeprefix("-"), unit


def _is_decimal(number: str) -> bool:
    return number.removeprefix("-").replace(".", "", 1).isdecimal()
