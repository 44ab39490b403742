"""How many unfaithful rewrites the locks on meaning stop, and how many faithful ones with them.

`tests/meaning/independent.tsv` (SOURCE, REWRITE, ok or bad, KIND) was written by people who had seen neither the rules
nor the training pairs; beside it the held-out pairs of `data/sentences` that have an `unfaithful` rewrite.
`python benchmarks/meaning.py [--missed]`.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from bylostalo.data.reading import read_sentences
from bylostalo.data.splits import effective_split
from bylostalo.inference.choice import Source, adds_no_thing, keeps_meaning

ROOT = Path(__file__).parents[1]


class Line(NamedTuple):
    source: str
    rewrite: str
    label: str
    kind: str = ""


def independent() -> list[Line]:
    rows = (ROOT / "tests" / "meaning" / "independent.tsv").read_text("utf-8").splitlines()
    return [Line(*row.split("\t")) for row in rows]


def held_out() -> Iterator[Line]:
    pairs, _ = read_sentences(ROOT / "data" / "sentences")
    for pair in pairs:
        if pair.unfaithful and effective_split(pair) != "train":
            yield Line(pair.before, pair.after, "ok")
            yield Line(pair.before, pair.unfaithful, "bad")


def refused(line: Line) -> bool:
    source = Source(line.source)
    return not (keeps_meaning(source, line.rewrite) and adds_no_thing(source, line.rewrite))


def show(name: str, lines: Sequence[Line]) -> None:
    stopped = {label: [refused(line) for line in lines if line.label == label] for label in ("bad", "ok")}
    caught, alarms = (f"{mean(found):.1%} из {len(found)}" for found in stopped.values())
    print(f"{name}: поймано {caught}, зря {alarms}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missed", action="store_true", help="показать, где замки неправы")
    given = parser.parse_args()
    lines = independent()
    show("независимые пары", lines)
    show("отложенные промахи", list(held_out()))
    if given.missed:
        for line in lines:
            if refused(line) != (line.label == "bad"):
                print("\t".join((line.label, line.kind, line.source, line.rewrite)))


if __name__ == "__main__":
    main()
