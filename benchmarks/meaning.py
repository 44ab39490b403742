"""How many unfaithful rewrites the locks stop, and how many faithful ones with them.

`tests/meaning/independent.tsv` (SOURCE, REWRITE, ok or bad, KIND) was written by people who had seen neither the rules
nor the training pairs. `python benchmarks/meaning.py [--rewriter FOLDER]`.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bylostalo.inference.adapters import opener
from bylostalo.inference.artifacts import model_folder
from bylostalo.inference.choice import DISTRUST, Source, adds_no_thing, keeps_meaning
from bylostalo.inference.facts.protect import protect
from bylostalo.inference.prompts import FAITHFUL, judge_prompt
from bylostalo.inference.sequence_model import SequenceModel

LINES = Path(__file__).parents[1] / "tests" / "meaning" / "independent.tsv"


class Line(NamedTuple):
    source: str
    rewrite: str
    label: str
    kind: str


def refused_by_rules(line: Line) -> bool:
    source = Source(line.source)
    return not (keeps_meaning(source, line.rewrite) and adds_no_thing(source, line.rewrite))


def verdicts(model: SequenceModel, lines: Sequence[Line]) -> np.ndarray:
    """Log-probability that each rewrite is faithful."""
    prompts = []
    for line in lines:
        masked, slots = protect(line.source)
        rewrite, _ = protect(line.rewrite, slots=slots)
        prompts.append(judge_prompt(masked, rewrite))
    return 2 * np.array(model.score(prompts, [FAITHFUL] * len(prompts)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rewriter")
    parser.add_argument("--missed", action="store_true", help="показать пропущенное")
    given = parser.parse_args()
    lines = [Line(*row.split("\t")) for row in LINES.read_text("utf-8").splitlines()]
    bad = np.array([line.label == "bad" for line in lines])
    rules = np.array([refused_by_rules(line) for line in lines])
    said = verdicts(opener()(model_folder(given.rewriter, "rewriter")), lines)
    judge = said < DISTRUST
    show("правила", rules, bad)
    show("суждение модели", judge, bad)
    show("вместе", rules | judge, bad)
    order = said[bad][:, None] < said[~bad][None, :]
    print(f"суждение ставит верное выше неверного: {order.mean():.1%}")
    if given.missed:
        for line, stopped, verdict in zip(lines, rules | judge, said, strict=True):
            if stopped != (line.label == "bad"):
                print(f"{line.label}\t{verdict:.2f}\t{line.kind}\t{line.source}\t{line.rewrite}")


def show(name: str, refused: np.ndarray, bad: np.ndarray) -> None:
    print(f"{name}: поймано {refused[bad].mean():.1%} из {bad.sum()}, зря {refused[~bad].mean():.1%} из {(~bad).sum()}")


if __name__ == "__main__":
    main()
