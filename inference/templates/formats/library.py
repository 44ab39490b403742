"""A library of templates, and the two ways it is written back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates.template import Outcome, Template

from .fitting import Fit
from .notes import Notes, notes_on
from .saving import Content, save


@dataclass(frozen=True, kw_only=True)
class Library:
    """`described` is one line about the file; `bad` are (place, reason) of rows that could not be read.

    `annotate` and `replace` give the content of the two outputs, from notes and from new texts by key; `fit` makes
    the text of a key such as the file can hold.
    """

    source: Path
    templates: tuple[Template, ...]
    described: str
    bad: tuple[tuple[str, str], ...]
    annotate: Callable[[Mapping[str, Notes]], Content]
    replace: Callable[[Mapping[str, str]], Content]
    fit: Callable[[str, str], Fit]

    def annotated(self, outcomes: Mapping[str, Outcome], target: Path) -> None:
        """Writes the library with notes on each outcome beside its template, atomically. `outcomes` are by key."""
        self.check(target)
        notes = {key: notes_on(outcome, partial(self.fit, key)) for key, outcome in outcomes.items()}
        save(self.annotate(notes), target)

    def final(self, texts: Mapping[str, str], target: Path) -> tuple[tuple[str, str], ...]:
        """Writes the library with these texts, by key, in place of the templates, atomically.

        Returns (key, remark) where a text had to give up characters that the file cannot hold.
        """
        self.check(target)
        before = {template.key: template.text for template in self.templates}
        fits = {key: self.fit(key, text) for key, text in texts.items() if before.get(key, text) != text}
        save(self.replace({key: fit.text for key, fit in fits.items()}), target)
        return tuple((key, fit.remark) for key, fit in fits.items() if fit.remark)

    def check(self, target: Path) -> None:
        """Raises `BylostaloError` for a target over the library itself or inside it."""
        if self.source.is_file() and target.resolve() == self.source.resolve():
            raise BylostaloError(f"{target}: это сама библиотека; назовите другой файл")
        if self.source.is_dir() and target.resolve().is_relative_to(self.source.resolve()):
            raise BylostaloError(f"{target}: лежит внутри папки шаблонов; назовите папку рядом с ней")
