"""What preference training changes: rewriters side by side on validation sentences.

    python benchmarks/preference.py [--count 400] runs/before runs/after ...

Folders are those of `--export`; without any, the shipped rewriter alone. chrF++ of the likeliest candidate and of the
text that is given out in the end; how often a lock refuses the likeliest; how often nothing is safe and the sentence
stays as it was; problems left in what is given out, by the classifier and by word lists that no training saw.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from bylostalo.data.reading import read_sentences
from bylostalo.data.records import SentencePair
from bylostalo.data.splits import effective_split
from bylostalo.inference.classifier import Classifier
from bylostalo.inference.rewriter import Rewriter
from bylostalo.inference.sentences import BEAMS, rewrite_sentences
from bylostalo.inference.sequence_model import SequenceModel
from bylostalo.training.choosing import likeness, sample
from bylostalo.training.metrics.word_lists import hits
from bylostalo.training.numbers import decimal
from bylostalo.training.rankings import problems_left, ranked, task

HEADER = "| модель | chrF++ первого | chrF++ выданного | первый отвергнут | оставлено | проблем | слов из списков |"


def row(name: str, model: SequenceModel, pairs: Sequence[SentencePair], classifier: Classifier) -> str:
    tasks = [task(pair) for pair in pairs]
    beams = [
        [one.text for one in beam] for beam in model.generate([asked.masked.prompt for asked in tasks], beams=BEAMS)
    ]
    found = ranked(tasks, [beam[:1] for beam in beams], classifier)
    likeliest = [one.candidates[0] for one, beam in zip(found, beams, strict=True) if beam]
    given = rewrite_sentences(model, [asked.source for asked in tasks])
    texts = [asked.source.sentence if text is None else text for asked, text in zip(tasks, given, strict=True)]
    left = problems_left({text for text in texts if text}, classifier)
    figures = (
        decimal(mean(one.likeness for one in likeliest)),
        decimal(mean(likeness(text, pair.after) for text, pair in zip(texts, pairs, strict=True))),
        f"{decimal(100 * mean(not one.safe for one in likeliest), 1)} %",
        f"{decimal(100 * mean(text is None for text in given), 1)} %",
        decimal(mean(left.get(text, 0) for text in texts), 3),
        decimal(mean(sum(hits(text).values()) for text in texts), 3),
    )
    return f"| {name} | {' | '.join(figures)} |"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--count", type=int, default=400)
    asked = parser.parse_args()
    pairs, _ = read_sentences(Path("data/sentences"))
    held = sample([pair for pair in pairs if effective_split(pair) == "validation"], asked.count)
    classifier = Classifier.from_pretrained()
    print(f"{HEADER}\n|{' --- |' * 7}")
    for folder in asked.folders or [None]:
        model = Rewriter.from_pretrained(str(folder) if folder else None).model
        print(row(folder.name if folder else "встроенная", model, held, classifier), flush=True)


if __name__ == "__main__":
    main()
