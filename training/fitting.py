"""Exports a classifier run, fits its heads, n-grams and thresholds with the exported encoder itself."""

import dataclasses
import json
from pathlib import Path
from random import Random

import numpy as np
from safetensors.numpy import save_file

from bylostalo.inference.classifier import Classifier
from bylostalo.inference.heads import Heads
from bylostalo.training.calibration import code_thresholds, mixed, span_thresholds
from bylostalo.training.classifier import HEADS_FILE, labelled_items
from bylostalo.training.config import ClassifierConfig
from bylostalo.training.export import NGRAMS_FILE, export_classifier
from bylostalo.training.heads import States, code_features, fit_codes, fit_spans, heads_of
from bylostalo.training.labels import UNKNOWN, Labelled, code_targets
from bylostalo.training.ngram_fit import fit_ngrams
from bylostalo.training.varying import varied

PENALTIES = (3e-4, 1e-3, 3e-3)
SPAN_PENALTY = 1e-3


def _states(classifier: Classifier, items: list[Labelled]) -> States:
    return classifier.states([item.text for item in items], [item.message for item in items])


def loss_of(heads: Heads, states: States, items: list[Labelled]) -> float:
    """Mean log-loss of the code head over known targets."""
    logits = np.stack([heads.reply_logits(found) for _, found in states]).astype(np.float64)
    targets = np.stack([code_targets(item) for item in items])
    known = targets != UNKNOWN
    losses = np.logaddexp(0.0, np.where(targets == 1.0, -logits, logits))
    return float(losses[known].mean())


def fitted(classifier: Classifier, train: list[Labelled], held: list[Labelled]) -> Classifier:
    """The classifier with heads and n-grams from `train`; their penalty, their mixture and thresholds from `held`.
    Probabilities and thresholds are those of replies as people send them; rewritten ones only must stay clean."""
    learnt, found = _states(classifier, train), _states(classifier, held)
    spans = fit_spans(learnt, train, penalty=SPAN_PENALTY)
    features = code_features(learnt, spans)
    fits = [heads_of(fit_codes(features, train, penalty=penalty), spans) for penalty in PENALTIES]
    heads = min(fits, key=lambda heads: loss_of(heads, found, held))
    ngrams, biases = fit_ngrams(train)
    sent = [index for index, item in enumerate(held) if not item.rewritten]
    read = np.stack([heads.reply_logits(found[index][1]) for index in sent])
    said = np.stack([ngrams.logits(held[index].text, held[index].message or "") for index in sent])
    heads, ngrams = mixed(heads, ngrams, biases, read, said, [held[index] for index in sent])
    ready = dataclasses.replace(classifier, heads=heads, ngrams=ngrams)
    readings = ready.read([item.text for item in held], [item.message for item in held])
    return dataclasses.replace(
        ready,
        thresholds=np.array(code_thresholds(readings, held), dtype=np.float32),
        span_thresholds=np.array(span_thresholds(readings, held), dtype=np.float32),
    )


def export_fitted(run: Path, target: Path) -> None:
    """A finished run → a folder for `Classifier.from_pretrained`, fitted on the run's train and validation splits."""
    export_classifier(run, target)
    config = ClassifierConfig(**json.loads((run / "run.json").read_text("utf-8"))["config"])
    train, held = labelled_items(config, "train"), labelled_items(config, "validation")
    if not held:
        return
    rng = Random(config.seed)
    write_fitted(fitted(Classifier.from_pretrained(str(target)), [varied(item, rng) for item in train], held), target)


def write_fitted(classifier: Classifier, target: Path) -> None:
    """Heads, n-grams and thresholds into a model's folder."""
    for name, part in ((HEADS_FILE, classifier.heads), (NGRAMS_FILE, classifier.ngrams)):
        save_file({key: np.ascontiguousarray(array) for key, array in vars(part).items()}, target / name)
    written = json.loads((target / "config.json").read_text("utf-8"))
    for name in ("thresholds", "span_thresholds"):
        written[name] = [round(float(value), 3) for value in getattr(classifier, name)]
    (target / "config.json").write_text(json.dumps(written, ensure_ascii=False, indent=1), "utf-8")
