"""Rewrites sentences: several candidates each, scored in both directions, the best safe one chosen."""

from collections.abc import Sequence

from bylostalo.inference.choice import Option, Source, choose
from bylostalo.inference.facts.protect import Slots, protect, restore
from bylostalo.inference.prompts import DROPPED, note_prompt, reverse_prompt, sentence_prompt
from bylostalo.inference.sequence_model import Generated, SequenceModel

BEAMS = 4


def prompt(sentence: str, note: str) -> str:
    return note_prompt(sentence, note) if note else sentence_prompt(sentence)


def _reverse_scores(
    model: SequenceModel, masked: Sequence[Sequence[str]], generated: Sequence[Sequence[Generated]]
) -> list[list[float]]:
    """How likely each source is given each candidate; a candidate to drop has no way back and scores as it is."""
    prompts: list[str] = []
    targets: list[str] = []
    places: list[tuple[int, int]] = []
    scores = [[0.0] * len(candidates) for candidates in generated]
    for row, ((sentence, note), candidates) in enumerate(zip(masked, generated, strict=True)):
        for column, candidate in enumerate(candidates):
            scores[row][column] = candidate.mean
            if candidate.text != DROPPED and sentence and not note:
                prompts.append(reverse_prompt(candidate.text))
                targets.append(sentence)
                places.append((row, column))
    for (row, column), found in zip(places, model.score(prompts, targets) if prompts else [], strict=True):
        scores[row][column] = found
    return scores


def _restored(slots: Slots, candidate: Generated) -> str:
    return candidate.text if candidate.text == DROPPED else restore(candidate.text, slots).strip()


def candidates(model: SequenceModel, sources: Sequence[Source]) -> list[list[Option]]:
    """What the model would say for each source, the likeliest first, with the facts put back."""
    masked: list[list[str]] = []
    slots: list[Slots] = []
    for source in sources:
        sentence, found = protect(source.sentence)
        note, found = protect(source.note, slots=found)
        masked.append([sentence, note])
        slots.append(found)
    generated = model.generate([prompt(*texts) for texts in masked], beams=BEAMS)
    scores = _reverse_scores(model, masked, generated)
    return [
        [
            Option(_restored(slots[row], candidate), candidate.mean, scores[row][column])
            for column, candidate in enumerate(generated[row])
        ]
        for row in range(len(sources))
    ]


def rewrite_sentences(model: SequenceModel, sources: Sequence[Source]) -> list[str | None]:
    """The chosen text of each source: empty to drop it, None where no candidate is safe. Equal sources are
    rewritten once."""
    distinct = list(dict.fromkeys(sources))
    chosen: dict[Source, str | None] = {}
    for source, options in zip(distinct, candidates(model, distinct), strict=True):
        best = choose(source, options)
        chosen[source] = "" if best == DROPPED else best
    return [chosen[source] for source in sources]
