"""A baseline that learns: TF-IDF of words and characters, a logistic regression a code."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline

from bylostalo.data.errors import BylostaloError
from bylostalo.data.records import Reply
from bylostalo.data.splits import effective_split
from bylostalo.training.calibration import BETA, best_threshold
from bylostalo.training.metrics.verdicts import Array, Gold, Judge, Verdicts, gold

GRID = np.arange(0.05, 0.96, 0.02)
STRENGTH = 3.0
RAREST = 3
SEED = 17


def _columns(texts: Sequence[str], clients: Sequence[str | None]) -> NDArray[np.object_]:
    """`[replies, 2]`: replies and customers' messages, so that their words stay apart."""
    return np.array([[text, client or ""] for text, client in zip(texts, clients, strict=True)], dtype=object)


def _of(replies: Sequence[Reply]) -> NDArray[np.object_]:
    return _columns([reply.before for reply in replies], [reply.client_message for reply in replies])


def _terms(analyzer: str, lengths: tuple[int, int]) -> TfidfVectorizer:
    return TfidfVectorizer(analyzer=analyzer, ngram_range=lengths, min_df=RAREST, sublinear_tf=True)


def tfidf(corpus: Sequence[Reply]) -> Judge:
    """Learns from the train split of the corpus, takes the threshold of each code from its validation split."""
    train = [reply for reply in corpus if effective_split(reply) == "train"]
    held = [reply for reply in corpus if effective_split(reply) == "validation"]
    if not train or not held:
        raise BylostaloError("для TF-IDF в корпусе нужны ответы и в train, и в validation")
    terms = [
        ("words", _terms("word", (1, 2)), 0),
        ("characters", _terms("char_wb", (2, 5)), 0),
        ("client", _terms("word", (1, 2)), 1),
    ]
    regression = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, random_state=SEED)
    model = make_pipeline(ColumnTransformer(terms), OneVsRestClassifier(regression))
    model.fit(_of(train), gold(train).codes.astype(int))
    thresholds = _thresholds(model.predict_proba(_of(held)), gold(held))

    def judge(texts: Sequence[str], clients: Sequence[str | None]) -> Verdicts:
        probabilities = model.predict_proba(_columns(texts, clients))
        return Verdicts(probabilities, probabilities >= thresholds)

    return judge


def _thresholds(probabilities: Array, held: Gold) -> Array:
    """`[codes]`"""
    columns = zip(probabilities.astype(np.float32).T, held.codes.T, held.known.T, strict=True)
    return np.array([best_threshold(one[known], there[known], grid=GRID, beta=BETA) for one, there, known in columns])
