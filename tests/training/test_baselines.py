"""The baselines of the classifier: plain rules and TF-IDF."""

from pathlib import Path

import numpy as np
import pytest

from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import read_replies
from bylostalo.data.splits import effective_split
from bylostalo.data.taxonomy import codes
from bylostalo.training.rules import lacking, rules, said
from bylostalo.training.tfidf import tfidf

CORPUS = Path(__file__).parents[2] / "data" / "corpus"


@pytest.fixture(scope="module")
def corpus():
    return [reply for name in ("bank", "telecom") for reply in read_replies(CORPUS / f"{name}.jsonl")[0]]


def column(verdicts, code):
    return verdicts.probabilities[:, codes().index(code)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Уважаемый клиент!", {"impersonal_address": ["Уважаемый клиент!"]}),
        ("Ожидайте.", {"rudeness": ["Ожидайте."]}),
        ("Ответим в ближайшее время.", {"vague_wording": ["в ближайшее время"]}),
        ("Вы не оплатили счёт.", {"blame": ["Вы не оплатили"]}),
        ("Это не входит в мои обязанности.", {"excuse": ["не входит в мои обязанности"]}),
        ("Обратитесь в отдел возвратов.", {"redirect": ["Обратитесь в отдел"]}),
        ("Обращайтесь к нам.", {}),
        ("Здравствуйте, Анна! Деньги вернём завтра.", {}),
    ],
)
def test_rules_point_at_words(text, found):
    assert {code: [text[start:stop] for start, stop in spans] for code, spans in said(text).items()} == found


@pytest.mark.parametrize(
    ("text", "client", "found"),
    [
        ("Здравствуйте! Деньги вернём завтра. Будут вопросы, пишите.", "Где деньги?", set()),
        ("Здравствуйте! Проверяем. Будут вопросы, пишите.", None, {"no_timeframe"}),
        ("Здравствуйте! Проверим до 5 июня. Будут вопросы, пишите.", None, set()),
        ("Здравствуйте! Вернуть нельзя. Будут вопросы, пишите.", None, {"no_reason", "flat_refusal"}),
        ("Здравствуйте! Вернуть нельзя, потому что товар вскрыт, но можно обменять. Пишите.", None, set()),
        ("Здравствуйте! Заказ у курьера. Будут вопросы, пишите.", "Уже неделю жду заказ!", {"no_apology"}),
        ("Здравствуйте! Простите, заказ у курьера. Будут вопросы, пишите.", "Уже неделю жду заказ!", set()),
        ("Заказ у курьера.", None, {"no_greeting", "dead_end"}),
    ],
)
def test_rules_know_what_is_lacking(text, client, found):
    assert lacking(text, client) == found


def test_a_rule_is_as_sure_as_it_was_right(corpus):
    judge = rules(corpus)
    train = [reply for reply in corpus if effective_split(reply) == "train"]
    verdicts = judge(["Ждите.", "Здравствуйте!"], [None, None])
    cold = [reply for reply in train if "no_greeting" in lacking(reply.before, reply.client_message)]
    right = sum("no_greeting" in reply.codes for reply in cold)
    assert column(verdicts, "no_greeting")[0] == pytest.approx((right + 1) / (len(cold) + 2))
    assert column(verdicts, "no_greeting")[1] < 0.1
    assert verdicts.found[:, codes().index("no_greeting")].tolist() == [True, False]
    assert not verdicts.found[:, codes().index("ignores_details")].any()
    assert ((verdicts.probabilities > 0) & (verdicts.probabilities < 1)).all()


def test_tfidf_learns_and_keeps_the_two_texts_apart(corpus):
    judge = tfidf(corpus)
    greeting, body = "Здравствуйте!", "Перевод отклонён банком получателя."
    verdicts = judge([body, f"{greeting} {body}", body], [None, None, greeting])
    bare, greeted, greeted_by_client = column(verdicts, "no_greeting")
    assert min(bare, greeted_by_client) > 0.5 > 0.3 > greeted
    assert verdicts.found[:, codes().index("no_greeting")].tolist() == [True, False, True]
    assert verdicts.spans is None
    np.testing.assert_array_equal(tfidf(corpus)([body], [None]).probabilities, judge([body], [None]).probabilities)


@pytest.mark.parametrize("baseline", [rules, tfidf])
def test_baselines_need_something_to_learn_from(baseline, corpus):
    held = [reply for reply in corpus if effective_split(reply) == "test"]
    with pytest.raises(BylostaloError, match=r"в корпусе н"):
        baseline(held)
