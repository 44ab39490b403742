"""Who is measured: the shipped classifier, one from a folder, or a baseline by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bylostalo.data.records import Reply
from bylostalo.data.taxonomy import codes
from bylostalo.inference.classifier import Classifier
from bylostalo.inference.reserved import strip_reserved
from bylostalo.training.metrics.verdicts import Judge, Verdicts, marked

SHIPPED, RULES, TFIDF = "shipped", "rules", "tfidf"
TITLES: Mapping[str, str] = {SHIPPED: "встроенная модель", RULES: "правила", TFIDF: "TF-IDF"}


@dataclass(frozen=True)
class Contender:
    """A model under its title for people."""

    title: str
    judge: Judge


def contender(name: str, corpus: Sequence[Reply]) -> Contender:
    """`shipped`, `rules`, `tfidf` or the folder of a model; baselines learn from the train split of the corpus."""
    return Contender(TITLES.get(name, name), _judge(name, corpus))


def _judge(name: str, corpus: Sequence[Reply]) -> Judge:
    if name == RULES:
        from bylostalo.training.rules import rules

        return rules(corpus)
    if name == TFIDF:
        from bylostalo.training.tfidf import tfidf

        return tfidf(corpus)
    return classifier_judge(Classifier.from_pretrained(None if name == SHIPPED else name))


def classifier_judge(classifier: Classifier) -> Judge:
    columns = [classifier.codes.index(code) for code in codes()]

    def judge(texts: Sequence[str], clients: Sequence[str | None]) -> Verdicts:
        readings = classifier.read(texts, clients)
        found = [
            classifier.judge(strip_reserved(text), reading, client)
            for text, reading, client in zip(texts, readings, clients, strict=True)
        ]
        return Verdicts(
            probabilities=np.stack([reading.codes for reading in readings])[:, columns].astype(np.float64),
            found=marked([one.codes for one in found]),
            spans=tuple({problem.code: problem.spans for problem in one.problems} for one in found),
        )

    return judge
