"""Exports a classifier run, fits its heads and thresholds with the exported encoder itself."""

import dataclasses
import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from bylostalo.inference.classifier import Classifier
from bylostalo.inference.heads import Heads
from bylostalo.training.calibration import code_thresholds, span_thresholds
from bylostalo.training.classifier import HEADS_FILE, labelled_items
from bylostalo.training.config import ClassifierConfig
from bylostalo.training.export import export_classifier
from bylostalo.training.heads import States, code_features, fit_codes, fit_spans, heads_of
from bylostalo.training.labels import CODES, SPAN_CODES, UNKNOWN, Labelled, code_targets

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


def export_fitted(run: Path, target: Path) -> None:
    """A finished run → a folder for `Classifier.from_pretrained`: heads from the run's train split, their penalty and
    the thresholds from its validation split."""
    export_classifier(run, target, thresholds=[0.5] * len(CODES), span_thresholds=[0.5] * len(SPAN_CODES))
    config = ClassifierConfig(**json.loads((run / "run.json").read_text("utf-8"))["config"])
    train, validation = labelled_items(config, "train"), labelled_items(config, "validation")
    if not validation:
        return
    classifier = Classifier.from_pretrained(str(target))
    learnt, held = _states(classifier, train), _states(classifier, validation)
    spans = fit_spans(learnt, train, penalty=SPAN_PENALTY)
    features = code_features(learnt, spans)
    fits = [heads_of(fit_codes(features, train, penalty=penalty), spans) for penalty in PENALTIES]
    heads = min(fits, key=lambda heads: loss_of(heads, held, validation))
    save_file({name: np.ascontiguousarray(array) for name, array in vars(heads).items()}, target / HEADS_FILE)
    fitted = dataclasses.replace(classifier, heads=heads)
    readings = [fitted.reading(*found) for found in held]
    written = json.loads((target / "config.json").read_text("utf-8"))
    written["thresholds"] = code_thresholds(readings, validation)
    written["span_thresholds"] = span_thresholds(readings, validation)
    (target / "config.json").write_text(json.dumps(written, ensure_ascii=False, indent=1), "utf-8")
