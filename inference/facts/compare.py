"""The fact lock: what a rewrite lost and what it invented."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .fact import Fact
from .rules import holds
from .view import View

COUNTED = ("placeholder", "tag")
OFFICIALESE = ("тс", "e-mail", "email")
DEAR = r"(?:уважаем|дорог)[а-яё()]+\s+"
NAME_CALLED = re.compile(rf"{DEAR}$", re.I)
NOBODY_CALLED = re.compile(
    rf"{DEAR}(?:наш[а-яё]*\s+)?(?:клиент|абонент|пользовател|покупател|гост|заказчик|пассажир|потребител"
    r"|партн[её]р|держател|подписчик|читател|студент|пациент|страховател|вкладчик|заявител|игрок|коллег|друз"
    r"|господа|жител|посетител|получател|родител|соискател|участни|владел|арендатор|собственник"
    r"|налогоплательщик|гражд)[а-яё]*[^!.,\n]*[!.,]?",
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


def compare(rewrite: str, *, before: str, client_message: str | None = None, notes: Sequence[str] = ()) -> FactCheck:
    """Check a rewrite against its sources.

    The facts of `before` and of the notes must all be there; those of the customer's message may be.
    Placeholders and tags must be there as many times.
    """
    required = View([before, *notes])
    sources = View([before, *notes, client_message]) if client_message else required
    written = View([rewrite])
    lost = [fact for fact in _due(required, written) if not holds(written, fact, home=required)]
    invented = [fact for fact in written.facts if not _grounded(fact, sources, home=written)]
    return FactCheck(
        lost=_distinct([*lost, *_short(written, of=required)]),
        invented=_distinct([*invented, *_short(sources, of=written)]),
    )


def _grounded(fact: Fact, sources: View, *, home: View) -> bool:
    """Words of a source may be put in quotation marks: «Нажмите «Готово»»."""
    return holds(sources, fact, home=home) or (fact.kind == "quoted" and sources.says(fact.value))


def _due(required: View, written: View) -> Iterator[Fact]:
    """What has to survive. Not smileys, nor the names in «Уважаемый клиент банка «Ромашка»!».

    A call by name gives way to another: «Уважаемая Соколова Н. А.!» to «Здравствуйте, Наталья Андреевна!».
    """
    for text, facts in zip(required.texts, required.by_text, strict=True):
        calls = [match.span() for match in NOBODY_CALLED.finditer(text)]
        for fact in facts:
            in_call = any(start <= fact.start < stop for start, stop in calls)
            recalled = fact.kind == "name" and written.called and _is_called(text, fact)
            if not (fact.kind == "emoji" or fact.value in OFFICIALESE or in_call or recalled):
                yield fact


def _is_called(text: str, fact: Fact) -> bool:
    return NAME_CALLED.search(text, max(0, fact.start - 20), fact.start) is not None


def _short(view: View, *, of: View) -> Iterator[Fact]:
    """Placeholders and tags that one text of `of` has more often than all texts of `view` together."""
    there = Counter((fact.kind, fact.value) for fact in view.facts)
    for facts in of.by_text:
        seen: Counter[tuple[str, str]] = Counter()
        for fact in facts:
            seen[fact.kind, fact.value] += 1
            if fact.kind in COUNTED and seen[fact.kind, fact.value] > there[fact.kind, fact.value]:
                yield fact


def _distinct(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple({(fact.kind, fact.value): fact for fact in facts}.values())
