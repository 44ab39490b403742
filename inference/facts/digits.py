"""Numbers written in digits: their pattern and their canonical spelling."""

import re

SPACE = r"[ \u00a0\u2009\u202f]"
NUMBER = rf"(?:\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
LEFT = r"(?<![A-Za-z\d_№])(?<!\d[.,:/])"
RIGHT = r"(?!\d|[.,:]\d)"

_SPACES = re.compile(SPACE)
_LIKE_VERSION = re.compile(r"\d+\.\d+")


def canonical(number: str, unit: str = "") -> str:
    """«10 000», «10000» → «10000»; «1 500,50» → «1500.5»; a version such as «8.10» keeps its zero."""
    plain = _SPACES.sub("", number)
    exact = bool(_LIKE_VERSION.fullmatch(plain)) and not unit
    plain = plain.replace(",", ".")
    if "." in plain and not exact:
        plain = plain.rstrip("0").rstrip(".")
    return plain


def times(number: str, scale: int) -> str:
    """The canonical number taken `scale` times, exactly."""
    whole, _, decimals = number.partition(".")
    shifted = int(whole + decimals) * scale
    if not decimals:
        return str(shifted)
    divisor = 10 ** len(decimals)
    return str(shifted // divisor) if shifted % divisor == 0 else f"{shifted / divisor:f}".rstrip("0").rstrip(".")


def measure(number: str, unit: str) -> str:
    return f"{number} {unit}".rstrip()
