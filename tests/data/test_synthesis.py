"""Each change as a line of Russian: what it takes and everything it may make of it."""

from random import Random

import pytest

from bylostalo.data.synthesis import cliche, nominal, passive, voice
from bylostalo.data.synthesis.change import apply
from bylostalo.data.synthesis.run import pairs_of, synthesized
from bylostalo.data.synthesis.sources import is_clean
from bylostalo.data.synthesis.spoil import spoilt
from bylostalo.data.synthesis.words import words


def outcomes(change, text, tries=40):
    """Every sentence the change makes of the text over many seeds."""
    return {apply(text, [one]).text for seed in range(tries) for one in change(words(text), Random(seed))}


@pytest.mark.parametrize(
    ("change", "clean", "expected"),
    [
        (cliche.fixed_phrases, "Если кнопки нет, напишите.", "В случае если кнопки нет, напишите."),
        (cliche.fixed_phrases, "Сейчас проверяем.", "В настоящее время проверяем."),
        (cliche.fixed_phrases, "Отказали, потому что нет подписи.", "Отказали, ввиду того что нет подписи."),
        (cliche.before_infinitive, "Нужно заполнить форму.", "Необходимо заполнить форму."),
        (cliche.before_infinitive, "Адрес нельзя изменить.", "Адрес не представляется возможным изменить."),
        (cliche.verbs, "Мы отправим чек.", "Мы направим чек."),
        (cliche.verbs, "Сайт работал вчера.", "Сайт функционировал вчера."),
        (cliche.demonstratives, "Эта ошибка исчезнет.", "Данная ошибка исчезнет."),
        (cliche.demonstratives, "Мы нашли этот заказ.", "Мы нашли данный заказ."),
        (cliche.prepositions, "Рейс отменили из-за тумана.", "Рейс отменили ввиду тумана."),
        (cliche.prepositions, "Доступ закрыт из-за сбоя.", "Доступ закрыт в связи со сбоем."),
        (nominal.imperatives, "Проверьте адрес.", "Необходимо произвести проверку адреса."),
        (nominal.imperatives, "Оплатите новый счёт до 5 мая.", "Надлежит осуществить оплату нового счёта до 5 мая."),
        (nominal.duties, "Нужно заполнить анкету.", "Нужно осуществить заполнение анкеты."),
        (nominal.purposes, "Чтобы создать проект, нажмите «Далее».", "В целях создания проекта, нажмите «Далее»."),
        (nominal.finite, "Мы проверим заявку.", "Мы осуществим проверку заявки."),
        (nominal.finite, "Банк проверяет перевод.", "Банк производит проверку перевода."),
        (passive.without_us, "Мы проверили заявку.", "Заявка была проверена."),
        (passive.without_us, "Мы проверили заявку.", "Нами была проверена заявка."),
        (passive.without_us, "Мы проверим счета.", "Счета будут проверены."),
        (passive.by_someone, "Оператор проверяет заявку.", "Заявка проверяется оператором."),
        (passive.by_someone, "Курьер вручил заказ.", "Заказ был вручён курьером."),
        (passive.by_nobody, "Заявку проверят завтра.", "Заявка будет проверена завтра."),
    ],
)
def test_a_change_makes_it(change, clean, expected):
    assert expected in outcomes(change, clean)


@pytest.mark.parametrize(
    ("change", "clean"),
    [
        (cliche.fixed_phrases, "Хочу, чтобы вы ответили."),
        (cliche.fixed_phrases, "Как только приедет, позвоним."),
        (cliche.verbs, "Дайте знать."),
        (cliche.prepositions, "Помните о скидке."),
        (nominal.imperatives, "Не меняйте пароль."),
        (nominal.imperatives, "Выберите ключ или создайте новый."),
        (nominal.imperatives, "Укажите размер диска, равный объёму."),
        (nominal.finite, "Вам придёт письмо."),
        (nominal.finite, "Мы не проверяем заявки."),
        (passive.without_us, "Мы приняли заявку и ответим завтра."),
        (passive.without_us, "Мы ответили клиенту."),
        (passive.by_someone, "Ответ придёт завтра."),
        (voice.announced, "Проверьте адрес."),
    ],
)
def test_a_change_leaves_it(change, clean):
    assert outcomes(change, clean) == set()


def test_quotations_and_names_of_buttons_stay():
    text = "Мы отправим письмо, если нажать «Отправить, если нужно»."
    for seed in range(60):
        found = spoilt(text, Random(seed))
        assert found is None or "«Отправить, если нужно»" in found.text


def test_marks_show_what_was_changed():
    for pair in pairs_of(["Мы проверили заявку, потому что вы написали.", "Оплатите счёт, если он пришёл."], seed=1):
        assert pair.problems
        for label in pair.problems:
            assert label.quotes and all(quote in pair.before for quote in label.quotes)


def test_pairs_depend_on_the_seed_alone():
    texts = ["Мы проверили заявку.", "Нужно заполнить форму, если она есть."]
    forward = list(pairs_of(texts, seed=3))
    assert forward == sorted(pairs_of(texts[::-1], seed=3), key=forward.index)


def test_a_file_gives_all_its_unlike_pairs_and_no_more(tmp_path):
    source = tmp_path / "clean.txt"
    source.write_text("Мы проверили заявку на возврат. Нужно заполнить форму, если она есть.", "utf-8")
    found = list(synthesized(source, count=10_000, seed=3))
    assert 6 < len(found) < 200
    assert len({pair.before for pair in found}) == len({pair.id for pair in found}) == len(found)
    assert list(synthesized(source, count=4, seed=3)) == found[:4]


@pytest.mark.parametrize(
    ("sentence", "clean"),
    [
        ("Проверьте адрес и телефон получателя.", True),
        ("Название в личном кабинете.", False),
        ("Use the Settings menu и нажмите Enter.", False),
        ("Нажмите [ссылку](https://x) для входа.", False),
    ],
)
def test_only_whole_russian_sentences_are_taken(sentence, clean):
    assert is_clean(sentence) == clean
