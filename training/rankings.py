"""Which of several texts a sentence is better said with, and by how much: where preferences come from."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bylostalo.data.records import Judgement, SentencePair
from bylostalo.inference.choice import Source, is_safe
from bylostalo.inference.classifier import Classifier
from bylostalo.inference.facts.protect import protect
from bylostalo.inference.prompts import DROPPED, target
from bylostalo.inference.sentences import Masked, given_out, masked
from bylostalo.training.choosing import likeness

REFUSED, PROBLEM, LONGER, AUTHORED = 200.0, 10.0, 20.0, 20.0
"""What a candidate loses of its likeness (0 to 100): where a lock refuses it; for each problem left in it; for being
twice as long as the authored text; and the authored text itself, for the model learns more from what it might say."""
GOOD = 80.0
"""What the preferred text is worth at least: as much as an authored one without fault. The best of bad ones is no model
to follow."""


@dataclass(frozen=True)
class Candidate:
    """A text with facts as slots, as the model says it, and as it would be given out."""

    text: str
    said: str
    authored: bool
    safe: bool
    likeness: float
    longer: float
    problems: int = 0

    @property
    def worth(self) -> float:
        lost = PROBLEM * self.problems + LONGER * self.longer + AUTHORED * self.authored
        return self.likeness - lost - REFUSED * (not self.safe)


@dataclass(frozen=True)
class Ranked:
    """What the model was asked and its candidates, the likeliest first; the authored text is the last."""

    prompt: str
    candidates: tuple[Candidate, ...]

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Ranked":
        return cls(data["prompt"], tuple(Candidate(**one) for one in data["candidates"]))

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Preference:
    """Of two answers to a prompt the one that is clearly better, and the other."""

    prompt: str
    chosen: str
    rejected: str


def preference(known: Ranked, *, margin: float) -> Preference | None:
    """The best candidate, if it is good, and the likeliest of the model's own that is worse by the margin."""
    best = max(known.candidates, key=lambda one: one.worth)
    for one in known.candidates:
        if best.worth >= GOOD and not one.authored and best.worth - one.worth >= margin:
            return Preference(known.prompt, best.text, one.text)
    return None


def judged_by_editor(judgement: Judgement) -> Preference:
    """Both texts with the facts that the source has as slots."""
    asked = masked(judgement.before, judgement.note or "")
    chosen, rejected = (target(protect(text, slots=asked.slots)[0]) for text in (judgement.chosen, judgement.rejected))
    return Preference(asked.prompt, chosen, rejected)


@dataclass(frozen=True)
class Task:
    """A sentence pair as the rewriter meets it."""

    source: Source
    after: str
    masked: Masked


def task(pair: SentencePair) -> Task:
    note = pair.note or ""
    return Task(Source(pair.before, note), pair.after, masked(pair.before, note))


def ranked(tasks: Sequence[Task], beams: Sequence[Sequence[str]], classifier: Classifier) -> list[Ranked]:
    """The model's candidates for every task and the authored text, judged."""
    judged = [
        [*(_judged(asked, text) for text in beam), *_authored(asked)] for asked, beam in zip(tasks, beams, strict=True)
    ]
    left = problems_left({one.said for found in judged for one in found if one.safe and one.said}, classifier)
    return [
        Ranked(asked.masked.prompt, tuple(replace(one, problems=left.get(one.said, 0)) for one in found))
        for asked, found in zip(tasks, judged, strict=True)
    ]


def problems_left(texts: Collection[str], classifier: Classifier) -> dict[str, int]:
    """How many problems the classifier sees in the words of each text."""
    ordered = sorted(texts)
    diagnoses = classifier.diagnose(ordered)
    return {
        text: sum(bool(problem.spans) for problem in found.problems)
        for text, found in zip(ordered, diagnoses, strict=True)
    }


def _authored(asked: Task) -> list[Candidate]:
    """None where «стало» holds brittle facts that the source does not."""
    text, slots = protect(asked.after, slots=asked.masked.slots)
    return [_judged(asked, target(text), authored=True)] if slots == asked.masked.slots else []


def _judged(asked: Task, text: str, *, authored: bool = False) -> Candidate:
    given = given_out(text, asked.source, asked.masked.slots)
    said = "" if given == DROPPED else given
    idle = said == asked.source.sentence != asked.after
    return Candidate(
        text=text,
        said=said,
        authored=authored,
        safe=is_safe(asked.source, given) and not idle,
        likeness=likeness(said, asked.after),
        longer=max(0.0, len(said) / len(asked.after) - 1) if asked.after else 0.0,
    )
