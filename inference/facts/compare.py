"""The fact lock: what a rewrite lost and what it invented."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .fact import Fact
from .view import View

COUNTED = ("placeholder", "tag")
OFFICIALESE = ("тс", "e-mail", "email")
ADDRESS = re.compile(r"(?:уважаем|дорог)[а-яё()]+\s+$", re.I)
NOBODY = re.compile(
    r"(?:уважаем|дорог)[а-яё()]+\s+(?:наш[а-яё]*\s+)?(?:клиент|абонент|пользовател|покупател|гост|заказчик|пассажир|потребител"
    r"|партн[её]р|держател|подписчик|читател|студент|пациент|страховател|вкладчик|заявител|игрок|коллег|друз|господа|жител"
    r"|посетител|получател|родител|соискател|участни|владел|арендатор|собственник|налогоплательщик|гражд)[а-яё]*[^!.,\n]*[!.,]?",
    re.I,
)


@dataclass(frozen=True)
class FactCheck:
    """Facts of the sources that the rewrite lacks, and facts of the rewrite that no source holds."""

    lost: tuple[Fact, ...]
    invented: tuple[Fact, ...]

    @property
    def ok(self) -> bool:
        return not self.lost and not self.invented


def compare(
    rewrite: str, *, before: str, client_message: str | None = None, notes: Sequence[str] = ()
) -> FactCheck:
    """Check a rewrite against its sources.

    The facts of `before` and of the notes must all be there; those of the customer's message may be.
    Placeholders and tags must be there as many times.
    """
    required = View([before, *notes])
    sources = View([before, *notes, *([client_message] if client_message else [])])
    written = View([rewrite])
    lost = (
        fact for fact in _due(required, called=bool(written.called)) if not written.holds(fact, home=required)
    )
    invented = (
        fact for fact in written.facts if not (sources.holds(fact, home=written) or sources.says(fact))
    )
    return FactCheck(
        lost=_distinct((*lost, *_missing(required, written))),
        invented=_distinct((*invented, *_missing(written, sources))),
    )


def _due(required: View, *, called: bool) -> Iterator[Fact]:
    """What has to survive: everything but smileys, «Уважаемый клиент …!» and, if the rewrite calls by name, the old call."""
    for text, facts in zip(required.texts, required.by_text, strict=True):
        to_nobody = [match.span() for match in NOBODY.finditer(text)]
        for fact in facts:
            addressed = any(start <= fact.start < stop for start, stop in to_nobody)
            renamed = (
                called and fact.kind == "name" and ADDRESS.search(text, max(0, fact.start - 20), fact.start)
            )
            if not (fact.kind == "emoji" or fact.value in OFFICIALESE or addressed or renamed):
                yield fact


def _missing(required: View, written: View) -> Iterator[Fact]:
    """Placeholders and tags that some one source has more often than the rewrite."""
    there = _counts(written.facts)
    for facts in required.by_text:
        seen: Counter[tuple[str, str]] = Counter()
        for fact in facts:
            seen[fact.kind, fact.value] += 1
            if fact.kind in COUNTED and seen[fact.kind, fact.value] > there[fact.kind, fact.value]:
                yield fact


def _counts(facts: Iterable[Fact]) -> Counter[tuple[str, str]]:
    return Counter((fact.kind, fact.value) for fact in facts)


def _distinct(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Each fact once, in order."""
    return tuple({(fact.kind, fact.value): fact for fact in facts}.values())
