"""How far candidates are searched for."""

from dataclasses import dataclass, field

from bylostalo.inference.choice import Source
from bylostalo.inference.sentences import BEAMS, MORE_BEAMS, rewrite_sentences
from bylostalo.inference.sequence_model import Generated, Likelihood

CERTAIN = Likelihood(-0.1, -1.0)

COLD = Source("Требуется оплата счёта до пятницы.")
SAFE, WRONG = " оплатите счёт до пятницы.", " оплатите счёт до среды."


@dataclass
class Model:
    """Says what it is told to say with so many beams."""

    answers: dict[int, str]
    asked: list[int] = field(default_factory=list)

    def generate(self, prompts, *, beams):
        self.asked.append(beams)
        return [(Generated(self.answers[beams], CERTAIN),) for _ in prompts]

    def score(self, prompts, targets):
        return [CERTAIN for _ in prompts]


def test_a_safe_candidate_ends_the_search():
    model = Model({BEAMS: SAFE})
    assert rewrite_sentences(model, [COLD]) == ["Оплатите счёт до пятницы."]
    assert model.asked == [BEAMS]


def test_where_nothing_is_safe_the_search_widens_once():
    model = Model({BEAMS: WRONG, MORE_BEAMS: SAFE})
    assert rewrite_sentences(model, [COLD, COLD]) == ["Оплатите счёт до пятницы."] * 2
    assert model.asked == [BEAMS, MORE_BEAMS]
    assert rewrite_sentences(Model({BEAMS: WRONG, MORE_BEAMS: WRONG}), [COLD]) == [None]


@dataclass
class ByClause:
    """Knows what to say of these sentences alone, and says of the others what is not so."""

    said: dict[str, str]

    def generate(self, prompts, *, beams):
        found = ([after for before, after in self.said.items() if before in prompt] for prompt in prompts)
        return [(Generated(after[0] if after else WRONG, CERTAIN),) for after in found]

    def score(self, prompts, targets):
        return [CERTAIN for _ in prompts]


def test_what_is_not_rewritten_whole_is_rewritten_clause_by_clause():
    model = ByClause({" требуется оплата счёта.": " оплатите счёт.", "карта ждёт вас.": ""})
    cold = Source("Требуется оплата счёта, Ваша карта ждёт Вас.")
    assert rewrite_sentences(model, [cold]) == ["Оплатите счёт, Ваша карта ждёт Вас."]
    assert rewrite_sentences(model, [Source("Требуется оплата счёта, если Ваша карта ждёт Вас.")]) == [None]
