"""Whether two lemmas say the same: equal, of one root, or listed together in `relatives.yaml`."""

from functools import lru_cache

import yaml

from .tables import read_data, words

PREFIXES = tuple(sorted(words("prefixes"), key=len, reverse=True))
SUFFIXES = tuple(sorted(words("suffixes"), key=len, reverse=True))
ALTERNATIONS = str.maketrans({"о": "а", "щ": "т", "ч": "т", "ц": "т", "ж": "д", "ш": "с", "г": "д", "к": "т"})
SHORTEST = 3
CLOSE = 4
TAIL = 2


@lru_cache(maxsize=200_000)
def related(first: str, second: str) -> bool:
    """Whether one lemma may stand for the other."""
    if first == second:
        return True
    table = groups()
    if not table.get(first, NOTHING).isdisjoint(table.get(second, NOTHING)):
        return True
    return same_root(first, second)


def same_root(first: str, second: str) -> bool:
    return any(_near(one, other) for one in roots(first) for other in roots(second))


@lru_cache(maxsize=50_000)
def roots(lemma: str) -> tuple[str, ...]:
    """The stem of a lemma with alternating sounds levelled, with and without its prefix."""
    stem = _stem(lemma.removesuffix("ся") if lemma.endswith("ться") else lemma)
    bare = next(
        (stem[len(prefix) :] for prefix in PREFIXES if stem.startswith(prefix) and len(stem) - len(prefix) >= CLOSE),
        "",
    )
    return tuple(_level(part) for part in (stem, bare) if part)


def _stem(lemma: str) -> str:
    for suffix in SUFFIXES:
        if lemma.endswith(suffix) and len(lemma) - len(suffix) >= SHORTEST:
            return lemma.removesuffix(suffix)
    return lemma


def _level(stem: str) -> str:
    softened = stem[:-1] if len(stem) > CLOSE and stem[-1] == "л" and stem[-2] in "бпвфм" else stem
    return softened.translate(ALTERNATIONS)


def _near(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    shared = _shared(short, long)
    return shared >= CLOSE and shared >= len(short) - 1 and len(long) - shared <= TAIL


def _shared(one: str, other: str) -> int:
    for index, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return index
    return min(len(one), len(other))


NOTHING: frozenset[int] = frozenset()


@lru_cache(maxsize=1)
def groups() -> dict[str, frozenset[int]]:
    """For each listed lemma the numbers of its groups."""
    lines = yaml.safe_load(read_data("relatives.yaml"))
    found: dict[str, set[int]] = {}
    for number, line in enumerate(lines):
        for lemma in line.split():
            found.setdefault(lemma, set()).add(number)
    return {lemma: frozenset(numbers) for lemma, numbers in found.items()}
