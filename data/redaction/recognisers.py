"""The project's finders as Presidio recognisers, so that a company can add its own beside them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.nlp_engine import NoOpNlpEngine

from .contacts import EMAIL, FLAT, IN_TOWN, STREET, TYPED
from .names import dictionary_names, is_place, tagged_names
from .numbers import PAIRED_PASSPORT, RULES, NumberRule, found

LANGUAGE = "ru"
Scored = Iterator[tuple[int, int, float]]


class Finder(EntityRecognizer):  # type: ignore[misc]
    """A function from a text to scored spans of one kind of entity."""

    def __init__(self, entity: str, find: Callable[[str], Scored]) -> None:
        super().__init__(supported_entities=[entity], supported_language=LANGUAGE, name=f"{entity} {find.__name__}")
        self.find = find

    def load(self) -> None:
        """Nothing to load before the first text."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:
        (entity,) = self.supported_entities
        return [RecognizerResult(entity, start, stop, score) for start, stop, score in self.find(text)]


def by_rule(rule: NumberRule) -> Callable[[str], Scored]:
    def find(text: str) -> Scored:
        yield from ((start, stop, rule.score) for start, stop in found(rule, text))

    return find


def emails(text: str) -> Scored:
    yield from ((*match.span(), 1.0) for match in EMAIL.finditer(text))


def addresses(text: str) -> Scored:
    for pattern in (STREET, FLAT, TYPED):
        yield from ((*match.span(), 0.85) for match in pattern.finditer(text))
    for match in IN_TOWN.finditer(text):
        if is_place(match.group("town")):
            yield (*match.span(), 0.85)


def passports(text: str) -> Scored:
    for match in PAIRED_PASSPORT.finditer(text):
        yield match.start("series"), match.end("number"), 0.96


def people(text: str) -> Scored:
    yield from ((start, stop, 0.8) for start, stop in dictionary_names(text))
    yield from ((start, stop, 0.75) for start, stop in tagged_names(text))


def recognisers() -> Iterable[EntityRecognizer]:
    yield from (Finder(rule.entity, by_rule(rule)) for rule in RULES)
    yield Finder("ПАСПОРТ", passports)
    yield Finder("ПОЧТА", emails)
    yield Finder("АДРЕС", addresses)
    yield Finder("ИМЯ", people)


def analyzer() -> AnalyzerEngine:
    """A Presidio engine for Russian with this project's recognisers alone; it loads no language model."""
    registry = RecognizerRegistry(recognizers=list(recognisers()), supported_languages=[LANGUAGE])
    engine = NoOpNlpEngine(models=[{"lang_code": LANGUAGE, "model_name": "none"}])
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=[LANGUAGE])
