"""Heads, n-grams and thresholds fitted for a run, on a tiny BERT; calibration on made-up scores."""

import json

import numpy as np
import pytest
import tiny_models

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.classifier import Classifier
from bylostalo.inference.heads import Heads
from bylostalo.inference.ngrams import Ngrams
from bylostalo.training.calibration import best_threshold, mixed, platt, without_alarms
from bylostalo.training.classifier import train_classifier
from bylostalo.training.config import ClassifierConfig
from bylostalo.training.fitting import export_fitted
from bylostalo.training.labels import CODES, Labelled, code_targets


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    place = tmp_path_factory.mktemp("classifier")
    run = place / "run"
    bert = tiny_models.saved("bert", place / "bert")
    texts = tiny_models.corpus(place / "corpus", 60)
    train_classifier(ClassifierConfig(encoder=str(bert), corpus=texts, output=str(run), epochs=1))
    export_fitted(run, place / "model")
    return place / "model"


def test_a_bert_is_read_without_torch_and_batch_equals_single(exported):
    classifier = Classifier.from_pretrained(str(exported), threads=1)
    texts = ["Уважаемый клиент! Ваша заявка принята. Ожидайте.", "Здравствуйте! Вернём деньги 5 июня."]
    together = classifier.read(texts, [None, "где деньги?"])
    for text, message, reading in zip(texts, [None, "где деньги?"], together, strict=True):
        (alone,) = classifier.read([text], [message])
        np.testing.assert_allclose(alone.codes, reading.codes, atol=1e-4)
        assert [text[start:stop] for start, stop in alone.offsets] and len(alone.tokens) == len(alone.offsets)


def test_what_is_fitted_is_written(exported):
    config = json.loads((exported / "config.json").read_text("utf-8"))
    assert len(config["thresholds"]) == len(CODES) and set(config["thresholds"]) != {0.5}
    assert (exported / "ngrams.safetensors").stat().st_size > 9_000_000


def test_strictness_trades_misses_for_alarms(exported):
    text = ["Ваша заявка принята. Ожидайте ответа специалиста."]
    found = [
        len(Classifier.from_pretrained(str(exported), threads=1, strictness=value).diagnose(text)[0].problems)
        for value in (0.0, 0.5, 1.0)
    ]
    assert found == sorted(found) and found[0] < found[-1]
    with pytest.raises(BylostaloError, match="строгость"):
        Classifier.from_pretrained(str(exported), strictness=1.5)


def test_overconfident_logits_are_calmed():
    rng = np.random.default_rng(0)
    truth = rng.normal(size=4000)
    targets = (rng.random(4000) < 1 / (1 + np.exp(-truth))).astype(np.float32)
    scale, shift = platt(5 * truth[:, None], targets)
    assert scale == pytest.approx(0.2, abs=0.03) and shift == pytest.approx(0, abs=0.1)


def test_a_useless_source_is_left_out():
    rng = np.random.default_rng(0)
    truth, noise = rng.normal(size=3000) * 2, rng.normal(size=3000) * 2
    targets = (rng.random(3000) < 1 / (1 + np.exp(-truth))).astype(np.float32)
    good, bad, _ = platt(np.stack([truth, noise], axis=1), targets)
    assert good > 0.8 and bad < 0.15


def test_the_threshold_of_true_probabilities_is_half_the_best_score():
    scores = np.random.default_rng(0).random(5000).astype(np.float32)
    gold = np.random.default_rng(1).random(5000) < scores
    grid = np.arange(0.1, 0.9, 0.02)
    assert best_threshold(scores, gold, grid=grid, beta=1.0) == pytest.approx(0.38, abs=0.06)
    assert best_threshold(scores, np.zeros(5000, dtype=bool), grid=grid, beta=1.0) == 0.5


def test_thresholds_rise_until_good_texts_are_clean():
    scores = np.full((100, len(CODES)), 0.4, dtype=np.float32)
    targets = np.zeros((100, len(CODES)), dtype=np.float32)
    kept = without_alarms(np.full(len(CODES), 0.5), scores, targets)
    raised = without_alarms(np.full(len(CODES), 0.3), scores, targets)
    assert kept == [0.5] * len(CODES) and min(raised) > 0.4


def test_what_is_mixed_gives_the_calibrated_sum():
    rng = np.random.default_rng(0)
    items = [Labelled(None, "текст", frozenset(rng.choice(CODES, 4)), frozenset(), {}) for _ in range(50)]
    read, said = rng.normal(size=(2, 50, len(CODES))).astype(np.float32)
    biases = np.full(len(CODES), -2, dtype=np.float32)
    heads = Heads(np.ones((len(CODES), 3), np.float32), np.zeros(len(CODES), np.float32), np.ones((1, 1)), np.ones(1))
    ngrams = Ngrams(np.ones((4, len(CODES)), dtype=np.float16), np.ones(4, dtype=np.float16))
    after, phrases = mixed(heads, ngrams, biases, read, said, items)
    targets = np.stack([code_targets(item) for item in items])
    for column in range(len(CODES)):
        sources = np.stack([read[:, column], said[:, column] - 2], axis=1)
        deep, wide, shift = platt(sources.astype(np.float64), targets[:, column])
        assert after.codes[column, 0] == pytest.approx(deep, abs=1e-3)
        assert phrases.weights[0, column] == pytest.approx(wide, abs=1e-2)
        assert after.codes_bias[column] == pytest.approx(shift - 2 * wide, abs=1e-2)
