"""How far candidates are searched for, and what is done where none will do."""

from dataclasses import dataclass, field, replace

import pytest

from bylostalo.inference.choice import DISMISSIBLE, SURE_BESIDE_RULE, Source
from bylostalo.inference.prompts import DROPPED
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


@dataclass
class Unsure:
    """Says one thing of everything, no surer than this, and would drop every sentence with that likelihood."""

    answer: str
    whole: float
    drop: float = -1.0

    def generate(self, prompts, *, beams):
        return [(Generated(self.answer, Likelihood(-0.1, self.whole)),) for _ in prompts]

    def score(self, prompts, targets):
        return [Likelihood(-0.1, self.drop if target == DROPPED else 0.0) for target in targets]


def test_where_a_rule_mends_the_model_must_be_surer():
    passive = Source("Ваша заявка рассматривается.")
    said = " мы рассматриваем вашу заявку."
    assert rewrite_sentences(Unsure(said, SURE_BESIDE_RULE + 1), [passive]) == ["Мы рассматриваем вашу заявку."]
    assert rewrite_sentences(Unsure(said, SURE_BESIDE_RULE - 1), [passive]) == ["Вашу заявку рассматривают."]


IDLE = Source("Взрослые люди читают правила.", idle=True)


@pytest.mark.parametrize(
    ("source", "drop", "said"),
    [
        (IDLE, DISMISSIBLE + 1, ""),
        (IDLE, DISMISSIBLE - 1, None),
        (replace(IDLE, sentence="Не кричите, это не помогает."), DISMISSIBLE + 1, ""),
        (replace(IDLE, idle=False), DISMISSIBLE + 1, None),
        (replace(IDLE, sentence="Правила читают до 5 мая."), DISMISSIBLE + 1, None),
        (replace(IDLE, sentence="Терпение, всё откроется."), DISMISSIBLE + 1, None),
        (replace(IDLE, sentence="Читайте правила."), DISMISSIBLE + 1, None),
        (replace(IDLE, sentence="Вам следует знать, что пломба цела."), DISMISSIBLE + 1, "Пломба цела."),
    ],
)
def test_what_only_scolds_is_dropped_where_the_model_would_and_nothing_is_lost(source, drop, said):
    assert rewrite_sentences(Unsure(WRONG, 0.0, drop), [source]) == [said]


def test_a_sentence_that_only_announces_goes_without_the_model():
    model = Model({})
    assert rewrite_sentences(model, [Source("На Ваше обращение сообщаем следующее.")]) == [""]
    assert model.asked == []


def test_officialese_left_in_what_the_model_said_is_mended():
    said = " оплатите счёт не позднее пятницы."
    model = Model({BEAMS: said})
    cold = Source("Требуется оплата счёта не позднее пятницы.")
    assert rewrite_sentences(model, [cold]) == ["Оплатите счёт не позже пятницы."]


PAID = "оплатить счёт можно картой до 23:00"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (f" оплатите счёт до пятницы: {PAID}.", f"Оплатите счёт до пятницы: {PAID}."),
        (" оплатите счёт до пятницы картой до 23:00.", f"Требуется оплата счёта до пятницы. О{PAID[1:]}."),
    ],
)
def test_a_note_is_woven_in_word_for_word_or_follows_its_sentence(answer, told):
    model = Model({BEAMS: answer, MORE_BEAMS: WRONG})
    assert rewrite_sentences(model, [replace(COLD, note=PAID)]) == [told]


def test_a_note_that_says_more_stands_instead_of_its_sentence():
    vague = Source("Деньги вернутся в ближайшее время.", note="деньги вернутся до 16 ноября")
    assert rewrite_sentences(Model({}), [vague]) == ["Деньги вернутся до 16 ноября."]


@pytest.mark.parametrize("idle", [False, True])
def test_nobody_is_scolded_with_a_please(idle):
    rude = Source("Выбирайте выражения.", idle=idle)
    model = Model({BEAMS: " выбирайте, пожалуйста, выражения.", MORE_BEAMS: " выбирайте, пожалуйста, выражения."})
    assert rewrite_sentences(model, [rude]) == [None if idle else "Выбирайте, пожалуйста, выражения."]


def test_a_cliche_that_only_lost_its_capital_goes():
    said = " мы трудимся для вас."
    model = Unsure(said, -1.0, DISMISSIBLE + 1)
    for idle, left in ((True, ""), (False, "Мы трудимся для вас.")):
        assert rewrite_sentences(model, [Source("Мы трудимся для Вас.", idle=idle)]) == [left]
