"""Broken agreement is named, sound Russian is not."""

from pathlib import Path

import pytest

from bylostalo.data.reading import read_sentences
from bylostalo.inference.agreement import disagreements
from bylostalo.inference.choice import Source, agrees

BROKEN = [
    "Мы зарегистрировали ваш обращение № 40771.",
    "Если есть повышенный давление, предупредите мастера.",
    "Новой талон выдадим 5 марта.",
    "Отказ от сборах ни на что не влияет.",
    "У дверь есть кнопка вызова.",
    "Мы не врачи и за совета не отвечаем.",
    "Водитель уже отключили от заказов.",
    "Посылка нашли в 17:20.",
    "Машину перевозчика сломалась, мусор вывезут позже.",
    "Новая карта выдают в отделении.",
    "Из документов нужен отметка о прививке.",
    "Сроки зависит от загруженности склада.",
    "Заявление приложен.",
    "Заявку застряла на проверке.",
    "Справку не соответствует установленной форме.",
    "Покупатель советуем прочитать руководство.",
    "Сейчас горячее водоснабжение нет.",
    "Конкретные сроки завершения пока нет.",
    "Не сдавшие анкету дети на занятие нельзя.",
]
SOUND = [
    "Справки не требуется, а ваше заявление уже рассмотрели.",
    "По этой ситуации обратитесь на горячую линию.",
    "Исправление подписали председатель и секретарь.",
    "Нужны заводская упаковка, талон и паспорт.",
    "Преподаватель ушла в отпуск.",
    "Документ, удостоверяющий личность, предъявите на входе.",
    "Товары, которые покупатель не забрал, будут хранить до конца праздников.",
    "Отправьте, пожалуйста, анкету повторно.",
    "За неоплаченную доставку баллы не начисляются.",
    "Квартиру залило из-за прорванной трубы.",
    "В Москве курьер приедет завтра, в Казани послезавтра.",
    "Много заявок пришло вчера, часть документов ещё в пути.",
    "Стоимость кофе выросла, ваш кофе уже готов.",
    "Горячей воды пока нет, без взноса нельзя.",
    "Баланс нулевой и нет активных подписок.",
    "Деньги вернуть нельзя.",
]


@pytest.mark.parametrize("text", BROKEN)
def test_broken_agreement_is_named(text):
    assert disagreements(text)


@pytest.mark.parametrize("text", SOUND)
def test_sound_sentences_are_left_in_peace(text):
    assert not disagreements(text)


def test_hardly_any_authored_sentence_is_refused():
    pairs, _ = read_sentences(Path("data/sentences"))
    some = [pair for pair in pairs if pair.after][::9]
    refused = [pair.after for pair in some if not agrees(Source(pair.before, pair.note or ""), pair.after)]
    assert len(some) > 1_500 and len(refused) < 0.006 * len(some), refused


def test_what_the_source_says_may_be_said():
    said = "Корпус В абитуриенты осматривают с экскурсоводом."
    assert agrees(Source(said), said)
