"""The job that a config describes, whatever its kind."""

from bylostalo.training.classifier import prepare_classifier
from bylostalo.training.config import AnyConfig, ClassifierConfig, PreferenceConfig, RewriterConfig
from bylostalo.training.job import Job
from bylostalo.training.preference import prepare_preference
from bylostalo.training.pretraining import prepare_encoder
from bylostalo.training.rewriter import prepare_rewriter


def prepare(config: AnyConfig) -> Job:
    if isinstance(config, RewriterConfig):
        return prepare_rewriter(config)
    if isinstance(config, PreferenceConfig):
        return prepare_preference(config)
    if isinstance(config, ClassifierConfig):
        return prepare_classifier(config)
    return prepare_encoder(config)
