"""The facts and words of some texts, ready to be asked for."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from .extract import extract
from .fact import Fact, fold
from .measures import Amount, amounts, same_amounts
from .names import called_lemmas, is_called, lemmas

CYRILLIC_WORD = re.compile(r"(?<!\w)[а-я]{2,}(?!\w)")
LATIN_WORD = re.compile(r"[a-z][a-z\d]*")


class View:
    """Facts of several texts; what is costly is found when first asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)
        self.by_text = tuple(extract(text) for text in texts)
        self.facts = tuple(fact for facts in self.by_text for fact in facts)

    @cached_property
    def values(self) -> frozenset[tuple[str, str]]:
        """Kinds and values."""
        return frozenset((fact.kind, fact.value) for fact in self._quoted_opened())

    @cached_property
    def amounts(self) -> frozenset[Amount]:
        return frozenset(amount for fact in self._quoted_opened() for amount in amounts(fact))

    @cached_property
    def same_amounts(self) -> frozenset[Amount]:
        """The amounts in all units."""
        return frozenset(same for amount in self.amounts for same in same_amounts(amount))

    @cached_property
    def units(self) -> frozenset[str]:
        """The units named, «день» where «раб.день» is."""
        return frozenset(part for _, unit in self.amounts for part in (unit, unit.rpartition(".")[2]))

    @cached_property
    def folded(self) -> str:
        return fold("\n".join(self.texts))

    @cached_property
    def words(self) -> frozenset[str]:
        """Cyrillic words, folded."""
        return frozenset(CYRILLIC_WORD.findall(self.folded))

    @cached_property
    def latin_words(self) -> frozenset[str]:
        return frozenset(LATIN_WORD.findall(self.folded))

    @cached_property
    def called(self) -> frozenset[str]:
        """Words of the names that address the reader."""
        return frozenset(
            word
            for text, facts in zip(self.texts, self.by_text, strict=True)
            for fact in facts
            if fact.kind == "name" and is_called(text, fact.start, fact.stop)
            for word in CYRILLIC_WORD.findall(fold(fact.text))
        )

    @cached_property
    def lemmas(self) -> frozenset[str]:
        return frozenset(lemma for word in self.words for lemma in self.lemmas_of(word))

    def lemmas_of(self, word: str) -> frozenset[str]:
        """A name that addresses the reader stands in the nominative: «Александра» is a woman then."""
        return called_lemmas(word) if word in self.called else lemmas(word)

    def has(self, surface: str) -> bool:
        """Whether the very characters stand here, not inside a longer word."""
        return _stands(surface, "\n".join(self.texts))

    def says(self, words: str) -> bool:
        """Whether the words stand here, in whatever case of letters."""
        return _stands(fold(words), self.folded)

    def _quoted_opened(self) -> Iterator[Fact]:
        """All facts, and those inside quotation marks too."""
        for fact in self.facts:
            yield fact
            if fact.kind in ("quoted", "command"):
                yield from extract(fact.text[1:-1])


def _stands(surface: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(surface)}(?!\w)", text) is not None
