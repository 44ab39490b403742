"""Exports a classifier run and fits its thresholds with the exported model itself."""

import json
from pathlib import Path

from bylostalo.data.reading import read_replies
from bylostalo.data.splits import effective_split
from bylostalo.inference.classifier import Classifier
from bylostalo.training.calibration import code_thresholds, span_thresholds
from bylostalo.training.export import export_classifier
from bylostalo.training.labels import CODES, SPAN_CODES, labelled


def export_fitted(run: Path, target: Path, *, corpus: Path) -> None:
    """A finished run → a folder for `Classifier.from_pretrained`, thresholds fitted on the validation split."""
    export_classifier(run, target, thresholds=[0.5] * len(CODES), span_thresholds=[0.5] * len(SPAN_CODES))
    replies, _ = read_replies(corpus)
    items = list(labelled(reply for reply in replies if effective_split(reply) == "validation"))
    if not items:
        return
    readings = Classifier.from_pretrained(str(target)).read(
        [item.text for item in items], [item.message for item in items]
    )
    config = json.loads((target / "config.json").read_text("utf-8"))
    config["thresholds"] = code_thresholds(readings, items)
    config["span_thresholds"] = span_thresholds(readings, items)
    (target / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1), "utf-8")
