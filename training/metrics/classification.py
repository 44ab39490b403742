"""Precision, recall and F1 of codes and of the words that their spans cover."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from razdel import tokenize

Span = tuple[int, int]


@dataclass(frozen=True)
class Counts:
    """True positives, false positives, false negatives."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 0.0

    @property
    def support(self) -> int:
        return self.right + self.missed


def compare_sets(found: Collection[object], gold: Collection[object]) -> Counts:
    both = set(found) & set(gold)
    return Counts(len(both), len(set(found) - both), len(set(gold) - both))


def per_code(
    found: Sequence[Collection[str]], gold: Sequence[Collection[str]], codes: Sequence[str]
) -> dict[str, Counts]:
    """Counts of every code over all replies."""
    return {
        code: sum(
            (compare_sets({code} & set(one), {code} & set(other)) for one, other in zip(found, gold, strict=True)),
            Counts(),
        )
        for code in codes
    }


def macro_f1(counts: Mapping[str, Counts]) -> float:
    """The plain mean over the codes that occur."""
    seen = [count.f1 for count in counts.values() if count.support]
    return sum(seen) / len(seen) if seen else 0.0


def covered_words(text: str, spans: Iterable[Span]) -> set[int]:
    """Indices of the words that any of the spans touches."""
    found = list(spans)
    return {
        index
        for index, token in enumerate(tokenize(text))
        if any(start < token.stop and stop > token.start for start, stop in found)
        and any(character.isalnum() for character in token.text)
    }


def span_counts(text: str, found: Mapping[str, Iterable[Span]], gold: Mapping[str, Iterable[Span]]) -> Counts:
    """Words covered by the spans of every code of one reply."""
    mine = {(code, word) for code, spans in found.items() for word in covered_words(text, spans)}
    theirs = {(code, word) for code, spans in gold.items() for word in covered_words(text, spans)}
    return compare_sets(mine, theirs)
