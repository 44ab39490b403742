"""SARI (Xu et al., 2016, «Optimizing Statistical Machine Translation for Text Simplification»)."""

from collections import Counter
from collections.abc import Sequence

from razdel import tokenize

ORDER = 4
Grams = Counter[tuple[str, ...]]


def words(text: str) -> list[str]:
    return [token.text.lower() for token in tokenize(text)]


def grams(tokens: Sequence[str], size: int) -> Grams:
    return Counter(tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1))


def _ratio(part: float, whole: float) -> float:
    """1 where nothing was to be done and nothing was done."""
    return part / whole if whole else 1.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _added(source: Grams, output: Grams, references: Sequence[Grams]) -> float:
    new = set(output) - set(source)
    wanted = set().union(*references) - set(source)
    right = len(new & wanted)
    return _f1(_ratio(right, len(new)), _ratio(right, len(wanted)))


def _kept(source: Grams, output: Grams, references: Sequence[Grams]) -> float:
    """Grams weighted by the share of references that keep them."""
    share = {gram: sum(gram in reference for reference in references) / len(references) for gram in source}
    kept = set(source) & set(output)
    right = sum(share[gram] for gram in kept)
    return _f1(_ratio(right, len(kept)), _ratio(right, sum(share.values())))


def _deleted(source: Grams, output: Grams, references: Sequence[Grams]) -> float:
    """Precision alone, as in the paper."""
    gone = set(source) - set(output)
    right = sum(1 - sum(gram in reference for reference in references) / len(references) for gram in gone)
    return _ratio(right, len(gone))


def sari(source: str, output: str, references: Sequence[str]) -> float:
    """0 to 100: the mean of adding, keeping and deleting over grams of one to four words."""
    tokens = words(source), words(output), [words(reference) for reference in references]
    total = 0.0
    for size in range(1, ORDER + 1):
        given = grams(tokens[0], size), grams(tokens[1], size), [grams(one, size) for one in tokens[2]]
        total += (_added(*given) + _kept(*given) + _deleted(*given)) / 3
    return 100 * total / ORDER
