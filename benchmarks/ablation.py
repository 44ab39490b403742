"""What every step of the choice is worth: the same candidates of validation sentences, each step left out in turn.

    python benchmarks/ablation.py [--count 400] [FOLDER]

chrF++ of what is given out; how often nothing is safe and the sentence stays; how often what is given out loses or
invents a fact, shifts the meaning or breaks agreement, by this project's own rules; problems left, by the classifier.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

from bylostalo.data.reading import read_sentences
from bylostalo.data.splits import effective_split
from bylostalo.inference.choice import (
    FITTED,
    LOCKS,
    Option,
    Source,
    Weights,
    adds_no_thing,
    agrees,
    is_sure,
    keeps_facts,
    keeps_meaning,
    likeliest,
    may_drop,
    spells_words,
    stands_alone,
    worthwhile,
)
from bylostalo.inference.classifier import Classifier
from bylostalo.inference.prompts import DROPPED, reverse_prompt, target
from bylostalo.inference.rewriter import Rewriter
from bylostalo.inference.sentences import BEAMS, given_out
from bylostalo.inference.sequence_model import SequenceModel
from bylostalo.training.choosing import likeness, sample
from bylostalo.training.numbers import decimal
from bylostalo.training.rankings import Task, problems_left, task

Lock = Callable[[Source, str], bool]
HEADER = "| шаг | chrF++ | оставлено | факт нарушен | смысл сдвинут | согласование | проблем |"


@dataclass(frozen=True)
class Variant:
    """A way to choose: with so many of the candidates, these locks and weights, and unsure ones too."""

    name: str
    first: int = BEAMS
    left_out: frozenset[Lock] = frozenset()
    weights: Weights = FITTED
    unsure: bool = False


VARIANTS = (
    Variant("всё вместе"),
    Variant("только первый вариант", first=1),
    Variant("без обратной оценки", weights=replace(FITTED, reverse=0.0)),
    Variant("без покрытия", weights=replace(FITTED, kept=0.0, added=0.0)),
    Variant("без порога уверенности", unsure=True),
    Variant("без сверки фактов", left_out=frozenset({keeps_facts})),
    Variant("без замка смысла", left_out=frozenset({keeps_meaning, adds_no_thing})),
    Variant("без замков речи", left_out=frozenset({stands_alone, spells_words, agrees})),
    Variant("без всех замков", left_out=frozenset(LOCKS)),
)


def options(model: SequenceModel, tasks: Sequence[Task]) -> list[list[Option]]:
    """All candidates of every sentence, scored both ways."""
    beams = model.generate([asked.masked.prompt for asked in tasks], beams=BEAMS)
    found = []
    for asked, beam in zip(tasks, beams, strict=True):
        sentence = target(asked.masked.sentence)
        back = model.score([reverse_prompt(one.text) for one in beam], [sentence] * len(beam))
        texts = [given_out(one.text, asked.source, asked.masked.slots) for one in beam]
        both_ways = asked.source.sentence and not asked.source.note
        found.append(
            [
                Option(
                    text,
                    one.likelihood,
                    reverse if both_ways and text not in (DROPPED, asked.source.sentence) else None,
                )
                for text, one, reverse in zip(texts, beam, back, strict=True)
            ]
        )
    return found


def choose(variant: Variant, source: Source, found: Sequence[Option]) -> str | None:
    locks = [lock for lock in LOCKS if lock not in variant.left_out]

    def passes(text: str) -> bool:
        return may_drop(source) if text == DROPPED else all(lock(source, text) for lock in locks)

    safe = [option for option in worthwhile(source, found[: variant.first]) if passes(option.text)]
    return likeliest(source, [option for option in safe if variant.unsure or is_sure(option)], variant.weights)


def row(variant: Variant, tasks: Sequence[Task], found: Sequence[Sequence[Option]], classifier: Classifier) -> str:
    chosen = [choose(variant, asked.source, options) for asked, options in zip(tasks, found, strict=True)]
    said = [(asked.source, text) for asked, text in zip(tasks, chosen, strict=True) if text not in (None, DROPPED)]
    texts = [asked.source.sentence if text is None else text for asked, text in zip(tasks, chosen, strict=True)]
    left = problems_left({text for text in texts if text != DROPPED}, classifier)

    def broken(lock: Lock) -> str:
        return f"{decimal(100 * sum(not lock(source, str(text)) for source, text in said) / len(tasks), 1)} %"

    figures = (
        decimal(mean(likeness(text, asked.after) for asked, text in zip(tasks, texts, strict=True))),
        f"{decimal(100 * mean(text is None for text in chosen), 1)} %",
        *map(broken, (keeps_facts, keeps_meaning, agrees)),
        decimal(mean(left.get(text, 0) for text in texts), 2),
    )
    return f"| {variant.name} | {' | '.join(figures)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--count", type=int, default=400)
    asked = parser.parse_args()
    pairs, _ = read_sentences(Path("data/sentences"))
    held = [pair for pair in pairs if effective_split(pair) == "validation" and pair.before != pair.after]
    tasks = [task(pair) for pair in sample(held, asked.count)]
    found, classifier = options(Rewriter.from_pretrained(asked.folder).model, tasks), Classifier.from_pretrained()
    print(f"{HEADER}\n|{' --- |' * 7}")
    for variant in VARIANTS:
        print(row(variant, tasks, found, classifier), flush=True)


if __name__ == "__main__":
    main()
