"""Runs a library through the stages, chunk by chunk; what the journal knows is not done again.

Chunks are cut from the whole list of work and written whole, so a run that was killed and resumed works on the very
same chunks as one that was not, and gives the same bytes whoever does them.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from bylostalo.data.chunks import chunks
from bylostalo.inference.inputs import MAX_CHARACTERS
from bylostalo.inference.templates.journal import Journal
from bylostalo.inference.templates.stages import wanted
from bylostalo.inference.templates.template import Outcome, Template, failed, outcome_from

CHUNK = {"diagnosis": 64, "sentences": 128, "result": 64}
Execute = Callable[[str, Iterable[list[Any]]], Iterator[list[Any]]]
"""Does a stage for lists of items: the results of each list, in order."""
Advance = Callable[[str, int, int], None]
"""Told of a stage, how many of its items are done, and how many there are."""


def name_of(item: Any) -> str:
    """A short name that follows from the item alone."""
    return hashlib.sha256(json.dumps(item, ensure_ascii=False).encode()).hexdigest()[:24]


def complete(stage: str, items: Mapping[str, Any], journal: Journal, execute: Execute, advance: Advance) -> None:
    """Has every item, by its name, in the journal of the stage."""
    known = journal.stage(stage)
    todo = [
        new
        for chunk in chunks(items.items(), CHUNK[stage])
        if (new := [(name, item) for name, item in chunk if name not in known])
    ]
    done = len(items) - sum(map(len, todo))
    advance(stage, done, len(items))
    for chunk, results in zip(todo, execute(stage, ([item for _, item in chunk] for chunk in todo)), strict=True):
        journal.add(stage, {name: result for (name, _), result in zip(chunk, results, strict=True)})
        done += len(chunk)
        advance(stage, done, len(items))


def by_name(items: Iterable[Any]) -> dict[str, Any]:
    """Distinct items by their names, in order of first appearance."""
    return {name_of(item): item for item in items}


def outcomes(
    templates: Sequence[Template], *, journal: Journal, execute: Execute, advance: Advance, only_problems: bool
) -> list[Outcome]:
    """One outcome a template, in order. `only_problems` leaves the templates without a problem to the byte."""
    good = [template for template in templates if len(template.text) <= MAX_CHARACTERS]
    texts = by_name(template.text for template in good)
    complete("diagnosis", texts, journal, execute, advance)
    diagnoses = {name: journal.stage("diagnosis")[name] for name in texts}
    asked = {name: wanted(text, diagnoses[name]) for name, text in texts.items()}
    sources = by_name(source for wished in asked.values() for source in wished)
    complete("sentences", sources, journal, execute, advance)
    said = journal.stage("sentences")
    items = {
        name: [text, diagnoses[name], [said[name_of(source)] for source in asked[name]]]
        for name, text in texts.items()
        if diagnoses[name]["problems"] or not only_problems
    }
    complete("result", items, journal, execute, advance)
    return recorded(templates, journal)


def recorded(templates: Sequence[Template], journal: Journal) -> list[Outcome]:
    """The outcomes that the journal holds, in order of the templates."""
    return [outcome for template in templates if (outcome := _outcome(template, journal))]


def _outcome(template: Template, journal: Journal) -> Outcome | None:
    if len(template.text) > MAX_CHARACTERS:
        return failed(template, f"длиннее {MAX_CHARACTERS} знаков, это не шаблон ответа")
    name = name_of(template.text)
    if found := journal.stage("result").get(name):
        return outcome_from({**found, "key": template.key, "before": template.text})
    diagnosis = journal.stage("diagnosis").get(name)
    if diagnosis is None or diagnosis["problems"]:
        return None
    return Outcome(key=template.key, before=template.text, after=template.text, status="unchanged")
