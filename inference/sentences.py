"""Rewrites sentences: several candidates each, scored in both directions, the best safe one chosen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bylostalo.inference.choice import (
    DISMISSIBLE,
    SURE,
    SURE_BESIDE_RULE,
    Option,
    Source,
    addressed,
    admissible,
    is_safe,
    is_sure,
    is_woven,
    likeliest,
    may_dismiss,
    unchanged,
)
from bylostalo.inference.explanations.plain import plainer
from bylostalo.inference.facts.protect import Slots, protect, restore
from bylostalo.inference.grammar import clauses
from bylostalo.inference.hearing import heard
from bylostalo.inference.independent_clauses import as_sentences, rejoined
from bylostalo.inference.mending import mended
from bylostalo.inference.mending.announcements import announced
from bylostalo.inference.notes import as_sentence, restates
from bylostalo.inference.opening import closed
from bylostalo.inference.passive import passive_at
from bylostalo.inference.prompts import (
    DROPPED,
    reverse_prompt,
    sentence_prompt,
    target,
)
from bylostalo.inference.sequence_model import Likelihood, SequenceModel

BEAMS = 4
MORE_BEAMS = 8
"""Where none of the first candidates is safe."""


@dataclass(frozen=True)
class Masked:
    """A sentence and its note, either may be empty, with their brittle facts as slots."""

    sentence: str
    note: str
    slots: Slots

    @property
    def prompt(self) -> str:
        return sentence_prompt(self.sentence, self.note)


def masked(sentence: str, note: str) -> Masked:
    sentence, slots = protect(sentence)
    note, slots = protect(note, slots=slots)
    return Masked(sentence, note, slots)


@dataclass(frozen=True)
class Said:
    """A candidate as it would be given out, and as the model said it, with facts as slots."""

    option: Option
    masked: str


def _said(model: SequenceModel, sources: Sequence[Source], asked: Sequence[Masked], beams: int) -> list[list[Said]]:
    """Candidates of every source, the likeliest first, scored one way."""
    generated = model.generate([one.prompt for one in asked], beams=beams)
    return [
        [Said(Option(given_out(found.text, source, one.slots), found.likelihood), found.text) for found in beam]
        for source, one, beam in zip(sources, asked, generated, strict=True)
    ]


def given_out(text: str, source: Source, slots: Slots) -> str:
    """What the model said as the reader would see it; the sign to drop the sentence stays."""
    if text == DROPPED:
        return text
    return addressed(closed(restore(text, slots), like=source.sentence), source)


Place = tuple[int, int]
"""Row of a source, and which of its candidates."""


def _places(sources: Sequence[Source], admitted: Sequence[Sequence[Said]]) -> list[Place]:
    """Candidates that have a way back: not one to drop the sentence or leave it, nor one with a note."""
    return [
        (row, column)
        for row, (source, found) in enumerate(zip(sources, admitted, strict=True))
        for column, one in enumerate(found)
        if source.sentence and not source.note and one.option.text not in (DROPPED, unchanged(source))
    ]


def _reverse(model: SequenceModel, cases: Sequence[tuple[str, str]]) -> list[Likelihood]:
    """How likely each sentence is given its candidate."""
    return model.score([reverse_prompt(said) for _, said in cases], [target(sentence) for sentence, _ in cases])


def _weighed(
    model: SequenceModel, sources: Sequence[Source], asked: Sequence[Masked], admitted: Sequence[Sequence[Said]]
) -> list[list[Option]]:
    """The options with the likelihood of their sentence given them, where there is a way back."""
    options = [[one.option for one in found] for found in admitted]
    places = _places(sources, admitted)
    cases = [(asked[row].sentence, admitted[row][column].masked) for row, column in places]
    for (row, column), score in zip(places, _reverse(model, cases), strict=True):
        options[row][column] = replace(options[row][column], reverse=score)
    return options


def candidates(model: SequenceModel, sources: Sequence[Source], *, beams: int = BEAMS) -> list[list[Option]]:
    """The safe options of each source."""
    asked = [masked(source.sentence, source.note) for source in sources]
    admitted = []
    for source, said in zip(sources, _said(model, sources, asked, beams), strict=True):
        allowed = admissible(source, [one.option for one in said])
        admitted.append([one for one in said if one.option in allowed])
    return _weighed(model, sources, asked, admitted)


def _chosen(model: SequenceModel, sources: Sequence[Source]) -> dict[Source, str]:
    """The best safe and sure candidate of each source that has one; surer where a rule makes the sentence plain."""
    chosen: dict[Source, str | None] = {}
    for source, options in _found(model, sources).items():
        least = SURE_BESIDE_RULE if _is_plain(_by_rule(source)) else SURE
        chosen[source] = likeliest(source, [option for option in options if is_sure(option, least=least)])
    return {source: best for source, best in chosen.items() if best is not None}


def _found(model: SequenceModel, sources: Sequence[Source]) -> dict[Source, list[Option]]:
    """The safe options of each source, more candidates asked for where the first ones have none."""
    found = dict(zip(sources, candidates(model, sources), strict=True)) if sources else {}
    if unsafe := [source for source, options in found.items() if not options]:
        found |= zip(unsafe, candidates(model, unsafe, beams=MORE_BEAMS), strict=True)
    return found


def rewrite_sentences(model: SequenceModel, sources: Sequence[Source]) -> list[str | None]:
    """The chosen text of each source: empty to drop it, None where no candidate is safe and nothing can be mended by
    rule. What is not rewritten whole is rewritten clause by clause, or dropped where it is idle or announces what
    follows. Of a customer's message it is what shows that it was heard. Equal sources are rewritten once."""
    distinct = list(dict.fromkeys(source for source in sources if not source.is_message))
    woven = _with_notes(model, [source for source in distinct if source.note])
    alone = {source: replace(source, note="") for source in distinct if source not in woven}
    said = _without_notes(model, list(dict.fromkeys(alone.values())))
    texts = woven | {source: _followed(source, said[one]) for source, one in alone.items()} | _heard(model, sources)
    return ["" if texts[source] == DROPPED else texts[source] for source in sources]


def _heard(model: SequenceModel, sources: Sequence[Source]) -> dict[Source, str | None]:
    messages = list(dict.fromkeys(source for source in sources if source.is_message))
    said = heard(model, [one.sentence for one in messages])
    return {one: text and addressed(text, one) for one, text in zip(messages, said, strict=True)}


def _with_notes(model: SequenceModel, sources: Sequence[Source]) -> dict[Source, str]:
    """Notes that say all that their sentence does, and sentences that the model surely weaves their note into."""
    said = {one: addressed(as_sentence(one.note), one) for one in sources if restates(one.note, one.sentence)}
    asked = [source for source in sources if source not in said]
    for source, options in zip(asked, candidates(model, asked) if asked else (), strict=True):
        best = likeliest(source, [option for option in options if is_woven(source, option)])
        said |= {source: best} if best else {}
    return said


def _followed(source: Source, said: str | None) -> str | None:
    """The sentence, and after it the note where it has one."""
    if not source.note:
        return said
    text = unchanged(source) if said is None else "" if said == DROPPED else said
    return f"{text} {addressed(as_sentence(source.note), source)}".strip()


def _without_notes(model: SequenceModel, distinct: Sequence[Source]) -> dict[Source, str | None]:
    said = {source: told for source in distinct if (told := _told(source))}
    asked = [source for source in distinct if source not in said]
    chosen = _chosen(model, asked)
    chosen |= _by_clauses(model, [source for source in asked if not _is_new(source, chosen.get(source))])
    chosen |= _dismissed(model, [source for source in asked if not _is_new(source, chosen.get(source))])
    return said | {source: _mended(source, chosen.get(source)) for source in asked}


def _told(source: Source) -> str | None:
    """What is left of a sentence that only announces what follows; None of any other."""
    told = announced(source.sentence)
    text = None if told is None else addressed(told, source) or DROPPED
    return text if text and is_safe(source, text) else None


def _is_new(source: Source, said: str | None) -> bool:
    """Whether something else is said than the sentence, «Вы» and «вы» being the same."""
    return said is not None and said.casefold() != unchanged(source).casefold()


def _dismissed(model: SequenceModel, sources: Sequence[Source]) -> dict[Source, str]:
    """Sentences that only scold and that the model could do without."""
    asked = [source for source in sources if may_dismiss(source)]
    prompts = [masked(source.sentence, "").prompt for source in asked]
    scores = model.score(prompts, [DROPPED] * len(asked)) if asked else []
    return {source: DROPPED for source, one in zip(asked, scores, strict=True) if one.whole >= DISMISSIBLE}


def _by_clauses(model: SequenceModel, sources: Sequence[Source]) -> dict[Source, str]:
    """Sentences of several independent clauses with some of these rewritten or mended, where that is safe."""
    cut = {source: as_sentences(source.sentence) for source in sources}
    clauses = {source: [replace(source, sentence=one) for one in found] for source, found in cut.items() if found}
    if not clauses:
        return {}
    chosen = _chosen(model, list(dict.fromkeys(one for found in clauses.values() for one in found)))
    said = {
        source: addressed(rejoined(source.sentence, [_news(one, chosen.get(one)) for one in found]), source)
        for source, found in clauses.items()
    }
    return {source: text for source, text in said.items() if text != unchanged(source) and is_safe(source, text)}


def _news(source: Source, said: str | None) -> str | None:
    said = _mended(source, said)
    return said if _is_new(source, said) and said != DROPPED else None


def _mended(source: Source, said: str | None) -> str | None:
    """What was said, and where that is nothing new the sentence, with its officialese mended, if that is safe."""
    if said is None or said == unchanged(source):
        return _by_rule(source) or said
    plain = said if said == DROPPED else addressed(mended(said), source)
    return plain if plain == said or is_safe(source, plain) else said


def _is_plain(said: str | None) -> bool:
    """Whether no officialese and no passive is left in what was said."""
    if said is None or any(plainer(said, (0, len(said)))):
        return False
    places = ((clause.words, place) for clause in clauses(said) for place in range(len(clause.words)))
    return not any(passive_at(*one) for one in places)


@lru_cache(maxsize=4_096)
def _by_rule(source: Source) -> str | None:
    plain = addressed(mended(source.sentence), source)
    return plain if plain and plain != unchanged(source) and is_safe(source, plain) else None
