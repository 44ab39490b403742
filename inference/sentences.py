"""Rewrites sentences: several candidates each, scored in both directions, the best safe one chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bylostalo.inference.choice import Option, Source, addressed, admissible, likeliest, trusted
from bylostalo.inference.facts.protect import Slots, protect, restore
from bylostalo.inference.prompts import (
    DROPPED,
    FAITHFUL,
    judge_prompt,
    note_prompt,
    reverse_prompt,
    sentence_prompt,
)
from bylostalo.inference.sequence_model import Generated, SequenceModel

BEAMS = 4


def prompt(sentence: str, note: str) -> str:
    return note_prompt(sentence, note) if note else sentence_prompt(sentence)


@dataclass(frozen=True)
class Said:
    """A candidate as it would be given out, and as the model said it, with facts as slots."""

    option: Option
    masked: str


def _said(
    model: SequenceModel, sources: Sequence[Source], masked: Sequence[Sequence[str]], slots: Sequence[Slots]
) -> list[list[Said]]:
    """Candidates of every masked sentence and note, the likeliest first, scored one way."""
    generated = model.generate([prompt(*texts) for texts in masked], beams=BEAMS)
    return [
        [Said(Option(_restored(source, found, one), one.mean, one.mean), one.text) for one in beam]
        for source, found, beam in zip(sources, slots, generated, strict=True)
    ]


def _restored(source: Source, slots: Slots, candidate: Generated) -> str:
    if candidate.text == DROPPED:
        return candidate.text
    return addressed(restore(candidate.text, slots).strip(), source)


Place = tuple[int, int]
"""Row of a source, and which of its candidates."""


def _places(masked: Sequence[Sequence[str]], admitted: Sequence[Sequence[Said]]) -> list[Place]:
    """Candidates that have a way back: not one to drop the sentence, nor one with a note."""
    return [
        (row, column)
        for row, ((sentence, note), found) in enumerate(zip(masked, admitted, strict=True))
        for column, one in enumerate(found)
        if sentence and not note and one.option.text != DROPPED
    ]


def _reverse(model: SequenceModel, cases: Sequence[tuple[str, str]]) -> list[float]:
    """Log-probability of each sentence given its candidate."""
    return model.score([reverse_prompt(said) for _, said in cases], [sentence for sentence, _ in cases])


def _verdicts(model: SequenceModel, cases: Sequence[tuple[str, str]]) -> list[float]:
    """Log-probability that each candidate is faithful to its sentence; the mean is over the verdict and the end."""
    prompts = [judge_prompt(sentence, said) for sentence, said in cases]
    return [2 * mean for mean in model.score(prompts, [FAITHFUL] * len(prompts))]


def _weighed(
    model: SequenceModel, masked: Sequence[Sequence[str]], admitted: Sequence[Sequence[Said]]
) -> list[list[Option]]:
    """The options with the likelihood of their sentence given them, where there is a choice to be made, and with the
    verdict of a model that judges; those it does not trust are gone."""
    options = [[one.option for one in found] for found in admitted]

    def cases(places: Sequence[Place]) -> list[tuple[str, str]]:
        return [(masked[row][0], admitted[row][column].masked) for row, column in places]

    places = _places(masked, admitted)
    contested = [(row, column) for row, column in places if len(admitted[row]) > 1]
    for (row, column), score in zip(contested, _reverse(model, cases(contested)), strict=True):
        options[row][column] = replace(options[row][column], reverse=score)
    if model.judges:
        for (row, column), score in zip(places, _verdicts(model, cases(places)), strict=True):
            options[row][column] = replace(options[row][column], judged=score)
    return [trusted(found) for found in options]


def candidates(model: SequenceModel, sources: Sequence[Source]) -> list[list[Option]]:
    """The safe options of each source."""
    masked: list[list[str]] = []
    slots: list[Slots] = []
    for source in sources:
        sentence, found = protect(source.sentence)
        note, found = protect(source.note, slots=found)
        masked.append([sentence, note])
        slots.append(found)
    admitted = []
    for source, said in zip(sources, _said(model, sources, masked, slots), strict=True):
        allowed = admissible(source, [one.option for one in said])
        admitted.append([one for one in said if one.option in allowed])
    return _weighed(model, masked, admitted)


def rewrite_sentences(model: SequenceModel, sources: Sequence[Source]) -> list[str | None]:
    """The chosen text of each source: empty to drop it, None where no candidate is safe. Equal sources are
    rewritten once."""
    distinct = list(dict.fromkeys(sources))
    chosen: dict[Source, str | None] = {}
    for source, options in zip(distinct, candidates(model, distinct), strict=True):
        best = likeliest(source, options)
        chosen[source] = "" if best == DROPPED else best
    return [chosen[source] for source in sources]
