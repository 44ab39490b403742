"""A model that judges: what it holds for unfaithful is not given out, and between two its verdict counts."""

from dataclasses import dataclass

from bylostalo.inference import reserved
from bylostalo.inference.choice import DISTRUST, Source
from bylostalo.inference.prompts import FAITHFUL
from bylostalo.inference.sentences import rewrite_sentences
from bylostalo.inference.sequence_model import Generated

SOURCE = Source("Курьер передаст заказ № 77-1520 получателю.", certain=True)
FIRST = "Заказ \ue000 курьер передаст получателю."
SECOND = "Курьер отдаст заказ \ue000 получателю."


@dataclass(frozen=True)
class Judge:
    """Says two things and has an opinion, a log-probability, of each."""

    opinions: dict[str, float]
    judges: bool = True

    def generate(self, prompts, *, beams):
        return [[Generated(text, -0.1 * place) for place, text in enumerate(self.opinions, 1)] for _ in prompts]

    def score(self, prompts, targets):
        return [self.verdict(*one) for one in zip(prompts, targets, strict=True)]

    def verdict(self, prompt, target):
        if reserved.REPLY not in prompt:
            return -0.5
        assert target == FAITHFUL and "77-1520" not in prompt and prompt.startswith(reserved.SENTENCE)
        said = prompt.partition(reserved.REPLY)[2].removesuffix(reserved.TARGET)
        return self.opinions[said] / 2


def chosen(first, second, *, judges=True):
    (text,) = rewrite_sentences(Judge({FIRST: first, SECOND: second}, judges), [SOURCE])
    return text


def test_what_the_model_distrusts_is_not_given_out():
    assert chosen(DISTRUST - 1, -0.1) == "Курьер отдаст заказ № 77-1520 получателю."
    assert chosen(DISTRUST - 1, DISTRUST - 1) is None


def test_between_two_trusted_the_verdict_counts():
    assert chosen(0.0, 0.0) == "Заказ № 77-1520 курьер передаст получателю."
    assert chosen(DISTRUST + 0.1, 0.0) == "Курьер отдаст заказ № 77-1520 получателю."


def test_a_model_that_does_not_judge_is_not_asked():
    assert chosen(-9.0, -9.0, judges=False) is not None
