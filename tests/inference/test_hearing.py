"""What may be said to show that a customer was heard."""

from dataclasses import dataclass

import pytest

from bylostalo.inference.choice import Source
from bylostalo.inference.drafts import draft, sources_of
from bylostalo.inference.hearing import BEGINNING, SURE, heard
from bylostalo.inference.results import Request
from bylostalo.inference.retelling import retells
from bylostalo.inference.rewriter import Rewriter
from bylostalo.inference.sequence_model import Generated, Likelihood

CAKE = "Заказала торт на юбилей мамы, привезли смятый! Праздник испорчен. Заказ 4402"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (CAKE, "Простите, что торт на юбилей мамы привезли смятый."),
        (CAKE, "Извините, что торт на юбилей мамы привезли."),
        ("Третью неделю жду ответа", "Простите, что вы третью неделю ждёте ответа."),
        ("не могу войти в приложение", "Извините, что вы не можете войти в приложение."),
        ("Водитель нас высадил на трассе", "Простите, что водитель высадил вас на трассе."),
        ("ваш водитель уехал", "Простите, что наш водитель уехал."),
        ("Почему заказ не пришёл?", "Простите, что заказ не пришёл."),
    ],
)
def test_what_the_message_tells_retells(message, text):
    assert retells(message, text)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (CAKE, "Простите, что торт и цветы привезли смятыми."),
        (CAKE, "Простите, что заказ 4403 привезли смятым."),
        (CAKE, "Простите, что торт не привезли."),
        (CAKE, "Простите, торт привезли смятым. Мы вернём деньги."),
        (CAKE, "Простите, что торт привезли смятым, вернём деньги."),
        (CAKE, "Простите, что торт привезли смятый к юбилей."),
        (CAKE, "Торт на юбилей мамы привезли смятым."),
        (CAKE, "Простите, что мне привезли смятый торт."),
        ("Третью неделю жду ответа", "Простите, что жду ответа третью неделю."),
        ("Водитель нас высадил на трассе", "Простите, что водитель высадил нас на трассе."),
        ("Ваш тупой водитель уехал", "Простите, что тупой водитель уехал."),
        ("деньги не пришли", "Простите, что деньги пришли."),
        ("вторую неделю не можете перенести линию", "Простите, что вы вторую неделю не можете перенести линию."),
        ("Отменил, а вы списали 99", "Простите, что вы списали 99."),
        ("я каждый месяц отчёты сдавала", "Простите, что вы каждый месяц отчёты сдавали."),
        ("водитель уехал с моим телефоном", "Простите, что водитель уехал с вашего телефона."),
        ("не работает вызов с вашей симки", "Простите, что не работает вызов с вашей симки."),
        ("Код ввожу, не открывается дверь", "Простите, что дверь не открывается."),
        (CAKE, "Простите за торт."),
        ("Как долго товар ждёт на складе?", "Простите, что товар ждёт на складе."),
        ("На экскурсии гид отвлекалась на телефон", "Простите, что гид отвлекался на телефон."),
        ("Где косметолог? запись 14:00, она едет издалека", "Простите, что запись 14:00 едет издалека."),
        ("Сервис лежал 6 часов, мы потеряли заявки", "Простите, что 6 часов вы потеряли заявки."),
        ("из Мытищ ехал 2 часа", "Простите, что из Мытищ ехал 2 часа."),
        ("Мы с мужем пропустили стыковку", "Простите, что с мужем пропустили стыковку."),
        ("Соцработница не приходит", "Простите, что Соцработница не приходит."),
        ("Водитель помог маме. Поблагодарите его", "Простите, что водитель помог маме."),
        ("Говорят, у вас лицензии нет", "Простите, что у вас лицензии нет."),
        ("Вышлите паспорта на партию", "Простите, что вышлите паспорта на партию."),
        ("sim не ловит, а у друга ловит", "Простите, что у друга ловит sim."),
        ("На выезд комиссара ждал долго", "Простите, что выезд комиссара ждал долго."),
        ("Где мой заказ? Обещали вчера.", "Простите, что обещали вчера."),
        ("Вылетает на экране оплаты. iPhone 12", "Простите, что вылетает на экране оплаты iPhone 12."),
        ("Вылетает приложение. iPhone 12", "Простите, что вылетает приложение. iPhone 12"),
        ("дедушку положили в реанимацию", "Простите, что дедушку положили в реанимацию."),
    ],
)
def test_anything_else_may_not(message, text):
    assert not retells(message, text)


@dataclass
class Model:
    """Goes on from «простите, что» in the same ways whatever the message, each so likely."""

    said: tuple[tuple[str, float], ...]

    def generate(self, prompts, *, beams):
        assert all(prompt.endswith(BEGINNING) for prompt in prompts)
        return [tuple(Generated(text, Likelihood(-1.0, -1.0)) for text, _ in self.said) for _ in prompts]

    def score(self, prompts, targets):
        likely = dict(self.said)
        return [Likelihood(-1.0, likely[target.removeprefix(BEGINNING)]) for target in targets]


GOOD = " торт на юбилей мамы привезли смятый."


def test_the_likeliest_that_may_be_said_is_said():
    others = ((" было в августе.", -1.0), (" торт на юбилей мамы привезли.", SURE - 1))
    model = Model((*others, (GOOD, -2.0), (" торт привезли смятый.", -3.0)))
    assert heard(model, [CAKE]) == ["Простите, что торт на юбилей мамы привезли смятый."]


def test_the_words_of_the_customer_are_turned():
    model = Model(((" на мою почту приходят письма вашего банка.", -2.0),))
    message = "На мою почту приходят письма вашего банка"
    assert heard(model, [message]) == ["Простите, что на вашу почту приходят письма нашего банка."]


def test_what_is_unsure_is_not_said():
    assert heard(Model(((GOOD, SURE - 1),)), [CAKE]) == [None]
    assert heard(Model(()), [CAKE]) == [None] and heard(Model(()), []) == []


@pytest.mark.parametrize(
    ("codes", "before", "asked"),
    [
        (("no_apology",), "Заказ доставлен.", True),
        (("ignores_details",), "Заказ доставлен.", False),
        ((), "Приносим извинения за доставленные неудобства. Заказ доставлен.", True),
        (("officialese",), "Заказ доставлен.", False),
        (("no_apology",), "Простите, что торт смялся. Заказ доставлен.", False),
    ],
)
def test_the_message_is_heard_where_the_reply_does_not_hear_it(codes, before, asked):
    made = draft(Request(before=before, client_message=CAKE), codes, [])
    assert (Source(CAKE, is_message=True) in sources_of(made)) == asked
    assert not sources_of(draft(Request(before="Заказ доставлен."), codes, []))


def test_the_reply_begins_with_what_was_heard():
    rewriter = Rewriter(Model(((GOOD, -2.0),)))
    request = Request(before="Здравствуйте! Деньги вернём завтра. Если не придут, напишите.", client_message=CAKE)
    (found,) = rewriter.rewrite([request], codes=[("no_apology",)], cold=[()])
    said = "Здравствуйте! Простите, что торт на юбилей мамы привезли смятый. Деньги вернём завтра."
    assert found.after == f"{said} Если не придут, напишите."
