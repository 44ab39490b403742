"""The job that a config describes, whatever its kind."""

from collections.abc import Callable
from typing import Any

from bylostalo.training.classifier import prepare_classifier
from bylostalo.training.config import ClassifierConfig, EncoderConfig, PreferenceConfig, RewriterConfig, RunConfig
from bylostalo.training.job import Job
from bylostalo.training.preference import prepare_preference
from bylostalo.training.pretraining import prepare_encoder
from bylostalo.training.rewriter import prepare_rewriter

PREPARE: dict[type[RunConfig], Callable[[Any], Job]] = {
    RewriterConfig: prepare_rewriter,
    PreferenceConfig: prepare_preference,
    ClassifierConfig: prepare_classifier,
    EncoderConfig: prepare_encoder,
}


def prepare(config: RunConfig) -> Job:
    return PREPARE[type(config)](config)
