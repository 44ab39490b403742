"""Check digits of Russian identifiers and of bank cards."""

from collections.abc import Sequence

INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def is_card(digits: str) -> bool:
    """Luhn's algorithm, ISO/IEC 7812-1, over 13 to 19 digits of a payment system."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    total = sum(value - 9 * (value > 9) for value in doubled)
    return 13 <= len(digits) <= 19 and digits[0] in "23456" and total % 10 == 0


def is_snils(digits: str) -> bool:
    """The last two digits are the sum of the first nine weighted 9…1, modulo 101."""
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(9, 0, -1), strict=True))
    return len(digits) == 11 and total % 101 % 100 == int(digits[9:])


def is_inn(digits: str) -> bool:
    """One check digit in 10 digits (a company), two in 12 (a person)."""
    if len(digits) == 10:
        return _inn_digit(digits[:9], INN_WEIGHTS[2:]) == int(digits[9])
    if len(digits) == 12:
        first = _inn_digit(digits[:10], INN_WEIGHTS[1:]) == int(digits[10])
        return first and _inn_digit(digits[:11], INN_WEIGHTS) == int(digits[11])
    return False


def _inn_digit(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 % 10


def is_ogrn(digits: str) -> bool:
    """13 digits of a company (modulo 11) or 15 of an entrepreneur (modulo 13)."""
    if len(digits) not in (13, 15):
        return False
    return int(digits[:-1]) % (len(digits) - 2) % 10 == int(digits[-1])
