"""How a sentence begins before the model, and after it."""

import pytest

from bylostalo.inference.engine.vocabulary import embedded_vocabulary
from bylostalo.inference.opening import closed, opened
from bylostalo.inference.prompts import DROPPED, sentence_prompt, target


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Сроки зависят от банка.", " сроки зависят от банка."),
        ("В среду привезём.", " в среду привезём."),
        ("Анна ответит завтра.", " Анна ответит завтра."),
        ("Москва платит иначе.", " Москва платит иначе."),
        ("СДЭК доставит завтра.", " СДЭК доставит завтра."),
        ("Wi-Fi работает.", " Wi-Fi работает."),
        ("«Плюс» подключён.", " «Плюс» подключён."),
        ("\ue000 придёт завтра.", " \ue000 придёт завтра."),
        ("оплата картой;", " оплата картой;"),
        ("", ""),
    ],
)
def test_a_word_loses_its_capital_and_a_name_keeps_it(sentence: str, said: str) -> None:
    assert opened(sentence) == said
    assert opened(said) == said
    assert closed(said, like=sentence) == sentence


def test_the_answer_begins_as_the_sentence_did() -> None:
    assert closed(" мы вернём деньги.", like="Возврат будет.") == "Мы вернём деньги."
    assert closed(" картой;", like="оплата картой;") == "картой;"
    assert closed(" ответим завтра.", like="") == "Ответим завтра."


def test_an_empty_answer_drops_the_sentence() -> None:
    assert target("") == DROPPED and target("Да.") == " да."


def test_opened_words_are_fewer_tokens() -> None:
    count = [len(embedded_vocabulary().encode(text)) for text in (" сроки зависят", "Сроки зависят")]
    assert count[0] < count[1]
    assert " сроки" in sentence_prompt("Сроки зависят.")
