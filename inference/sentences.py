"""Rewrites sentences: several candidates each, scored in both directions, the best safe one chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bylostalo.inference.choice import Option, Source, admissible, likeliest
from bylostalo.inference.facts.protect import Slots, protect, restore
from bylostalo.inference.prompts import DROPPED, note_prompt, reverse_prompt, sentence_prompt
from bylostalo.inference.sequence_model import Generated, SequenceModel

BEAMS = 4


def prompt(sentence: str, note: str) -> str:
    return note_prompt(sentence, note) if note else sentence_prompt(sentence)


@dataclass(frozen=True)
class Said:
    """A candidate as it would be given out, and as the model said it, with facts as slots."""

    option: Option
    masked: str


def _said(model: SequenceModel, masked: Sequence[Sequence[str]], slots: Sequence[Slots]) -> list[list[Said]]:
    """Candidates of every masked sentence and note, the likeliest first, scored one way."""
    generated = model.generate([prompt(*texts) for texts in masked], beams=BEAMS)
    return [
        [Said(Option(_restored(found, one), one.mean, one.mean), one.text) for one in beam]
        for found, beam in zip(slots, generated, strict=True)
    ]


def _restored(slots: Slots, candidate: Generated) -> str:
    return candidate.text if candidate.text == DROPPED else restore(candidate.text, slots).strip()


def _both_ways(
    model: SequenceModel, masked: Sequence[Sequence[str]], admitted: Sequence[Sequence[Said]]
) -> list[list[Option]]:
    """The options with the likelihood of their source given them, where there is a choice to be made; a candidate to
    drop and one with a note have no way back and keep their own."""
    contested = [
        (row, column)
        for row, ((sentence, note), found) in enumerate(zip(masked, admitted, strict=True))
        for column, one in enumerate(found)
        if len(found) > 1 and sentence and not note and one.option.text != DROPPED
    ]
    prompts = [reverse_prompt(admitted[row][column].masked) for row, column in contested]
    scores = model.score(prompts, [masked[row][0] for row, _ in contested]) if contested else []
    options = [[one.option for one in found] for found in admitted]
    for (row, column), score in zip(contested, scores, strict=True):
        options[row][column] = replace(options[row][column], reverse=score)
    return options


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
    for source, said in zip(sources, _said(model, masked, slots), strict=True):
        allowed = admissible(source, [one.option for one in said])
        admitted.append([one for one in said if one.option in allowed])
    return _both_ways(model, masked, admitted)


def rewrite_sentences(model: SequenceModel, sources: Sequence[Source]) -> list[str | None]:
    """The chosen text of each source: empty to drop it, None where no candidate is safe. Equal sources are
    rewritten once."""
    distinct = list(dict.fromkeys(sources))
    chosen: dict[Source, str | None] = {}
    for source, options in zip(distinct, candidates(model, distinct), strict=True):
        best = likeliest(source, options)
        chosen[source] = "" if best == DROPPED else best
    return [chosen[source] for source in sources]
