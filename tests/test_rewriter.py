"""The whole rewriter around a fake model: plan, notes, frame, and the fact lock as a property."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bylostalo.inference.facts import compare
from bylostalo.inference.plan import steps, without_address
from bylostalo.inference.prompts import DROPPED
from bylostalo.inference.results import Request
from bylostalo.inference.rewriter import Rewriter
from bylostalo.inference.sequence_model import Generated, Likelihood

CERTAIN = Likelihood(-0.1, -1.0)

PAYMENT = "Требуется оплата счёта № 77-1520 на сумму 12 500 ₽ до 18:00."


@dataclass(frozen=True)
class Parrot:
    """Says what it is told to say, whatever it is asked."""

    answers: tuple[str, ...]
    asked: list[str] = field(default_factory=list)

    def generate(self, prompts, *, beams):
        self.asked.extend(prompts)
        return [[Generated(answer, CERTAIN) for answer in self.answers] for _ in prompts]

    def score(self, prompts, targets):
        return [CERTAIN for _ in prompts]


def rewrite(before, answers, *, codes=("officialese",), notes=(), message=None):
    model = Parrot(tuple(answers))
    request = Request(before=before, client_message=message, notes=tuple(notes))
    (found,) = Rewriter(model).rewrite([request], codes=[codes], cold=[[(0, len(before))]])
    return found, model


def test_brittle_facts_do_not_reach_the_model():
    _, model = rewrite(PAYMENT, ["x"])
    assert "77-1520" not in model.asked[0] and "12 500" not in model.asked[0]


def test_a_safe_answer_is_taken_and_its_facts_come_back():
    found, _ = rewrite(PAYMENT, ["Оплатите счёт \ue000 на сумму \ue001 до \ue002."])
    assert found.status == "rewritten"
    assert found.after == "Оплатите счёт № 77-1520 на сумму 12 500 ₽ до 18:00."


def test_nothing_safe_is_kept_with_a_reason():
    found, _ = rewrite(PAYMENT, ["Оплатите счёт.", "Оплатите \ue001 до \ue002."])
    assert found.status == "kept" and found.after == PAYMENT and found.reason


def test_an_impersonal_address_becomes_a_greeting():
    found, _ = rewrite(
        f"Уважаемый клиент! {PAYMENT}",
        ["Оплатите счёт \ue000 на сумму \ue001 до \ue002."],
        codes=("impersonal_address", "no_greeting", "officialese"),
    )
    assert found.after.startswith("Здравствуйте!") and "Уважаемый" not in found.after


def test_a_note_is_always_said():
    found, _ = rewrite("Ваша заявка находится в обработке.", ["чепуха"], notes=["ответ придёт 5 июня"])
    assert "5 июня" in found.after


def test_a_note_of_its_own_stands_before_the_signature():
    found, _ = rewrite("Заявка закрыта.\n\nОтдел претензий «РемКомп»", ["чепуха"], notes=["акты сделаем заранее"])
    assert found.after.index("Акты сделаем заранее.") < found.after.index("Отдел претензий")
    assert found.after.endswith("Отдел претензий «РемКомп»")


@pytest.mark.parametrize(
    "closing",
    [
        "Если не подойдёт, напишите.",
        "Хорошего дня!",
        "Привезти завтра?",
        "Если чека нет, напишите, пришлём его сами. Всего доброго!",
    ],
)
def test_a_note_of_its_own_stands_before_what_closes_the_reply(closing):
    found, _ = rewrite(f"Обменять можно. {closing}", [], notes=["обмен бесплатный"])
    assert found.after == f"Обменять можно. Обмен бесплатный. {closing}"


@pytest.mark.parametrize("leaning", ["Если там откажут, напишите.", "Хотите?", "Звоните туда."])
def test_what_leans_on_the_sentence_before_it_is_not_cut_from_it(leaning):
    found, _ = rewrite(f"Обменять можно в пункте. {leaning}", [], notes=["обмен бесплатный"])
    assert found.after == f"Обменять можно в пункте. {leaning} Обмен бесплатный."


def test_a_cold_open_door_is_rewritten():
    found, _ = rewrite("При возникновении вопросов Вы можете ответить на данное письмо.", ["чепуха"])
    assert found.after == "При возникновении вопросов вы можете ответить на это письмо."


def test_notes_are_told_in_their_order():
    notes = ["заявку на обмен рассмотрит мастер", "обмен бесплатный", "чек не нужен"]
    found, _ = rewrite("Заявка на обмен принята.", ["чепуха"], notes=notes)
    assert found.after.endswith("Заявку на обмен рассмотрит мастер. Обмен бесплатный. Чек не нужен.")


def test_what_is_dropped_does_not_move_the_notes():
    found, _ = rewrite("Если не подойдёт, напишите. Хамить не надо.", [DROPPED], notes=["обмен бесплатный"])
    assert found.after == "Если не подойдёт, напишите. Обмен бесплатный."


def test_a_note_speaks_to_the_customer():
    found, _ = rewrite("Обменять можно.", [], notes=["поможем, если клиент напишет"])
    assert found.after == "Обменять можно. Поможем, если вы напишете."


def test_condolences_stay():
    text = "Приносим соболезнования. Банку нужно свидетельство."
    assert [step.rewrite for step in steps(text, [(0, len(text))]) if step.is_sentence] == [False, True]


def test_steps_joined_are_the_reply():
    text = "Добрый день!\n\n1. Войдите в кабинет.\n2. Нажмите «Оплатить».\n\nС уважением, банк"
    assert "".join(step.text for step in steps(text, [])) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Уважаемый клиент! счёт закрыт.", "Счёт закрыт."),
        ("Уважаемая Анна! Счёт закрыт.", "Уважаемая Анна! Счёт закрыт."),
        ("Добрый день! Уважаемый клиент, счёт закрыт.", "Добрый день! Счёт закрыт."),
        ("Здравствуйте, уважаемый клиент! Счёт закрыт.", "Здравствуйте! Счёт закрыт."),
        ("Добрый день, уважаемый клиент, счёт закрыт.", "Добрый день, счёт закрыт."),
        ("Счёт закрыт.", "Счёт закрыт."),
    ],
)
def test_address_goes(text, left):
    assert without_address(text) == left


SENTENCES = st.lists(
    st.sampled_from(
        [
            PAYMENT,
            "Возврат производится в течение 10 рабочих дней.",
            "Уважаемый клиент!",
            "Доступ ограничен согласно п. 3.1.4 договора.",
            "Здравствуйте!",
            "Код {{ code }} действует 30 минут.",
            "Ваше мнение очень важно для нас.",
        ]
    ),
    min_size=1,
    max_size=4,
)
ANSWERS = st.lists(st.text("абв \ue000\ue001\ue002\ue02610.", max_size=30), min_size=1, max_size=3)
CODES = st.sets(st.sampled_from(["officialese", "no_greeting", "dead_end", "no_apology", "impersonal_address"]))


@settings(max_examples=150, deadline=None)
@given(SENTENCES, ANSWERS, CODES)
def test_whatever_the_model_says_no_fact_is_lost_or_invented(sentences, answers, codes):
    before = " ".join(sentences)
    found, _ = rewrite(before, answers, codes=codes)
    if found.status == "rewritten":
        assert compare(found.after, before=before).ok
    else:
        assert found.after == before


def test_a_sentence_scolds_where_most_of_it_lies_in_such_a_place():
    text = "Читайте правила, они для всех. Товар приедет завтра."
    found = [one for one in steps(text, [(0, len(text))], [(0, 28), (31, 36)]) if one.is_sentence]
    assert [one.idle for one in found] == [True, False]


PRAISED = "Благодарим за высокую оценку нашей работы! Ждём Вас вновь!"


@pytest.mark.parametrize(("message", "stays"), [("Антон молодец, всё поднял", True), ("Антон не приехал", False)])
def test_thanks_for_praise_stay_where_there_is_praise(message, stays):
    found, _ = rewrite(PRAISED, [DROPPED], message=message, codes=("no_greeting", "template_empathy"))
    assert ("Благодарим за высокую оценку" in found.after) == stays


def test_you_is_small_in_a_reply_that_is_said_anew():
    before = "Ваш заказ ждёт Вас в магазине «Ваш дом». Ваша скидка ждёт Вас."
    found, _ = rewrite(before, ["чепуха"], codes=("no_greeting",))
    assert found.after.startswith("Здравствуйте! Ваш заказ ждёт вас в магазине «Ваш дом». Ваша скидка ждёт вас.")


def test_a_reply_that_stays_keeps_its_capital_you():
    before = "Здравствуйте! Заказ уже ждёт Вас."
    assert rewrite(before, ["чепуха"], codes=())[0].after == before
