"""Contacts, identifiers, clauses, quoted and Latin names, code, placeholders, tags, emoji."""

import pytest
from fact_lines import extracted, found, marked, surfaces

PHONES = [
    ("Звоните ‹8 800 555-00-12›.", "8005550012"),
    ("Звоните ‹+7 (800) 555-00-12›.", "8005550012"),
    ("Звоните ‹88005550012›.", "8005550012"),
    ("Звоните ‹+90 242 000 11 22›.", "902420001122"),
    ("Наберите ‹*100#›.", "*100#"),
    ("Сумма 8 500 000 рублей.",),
]

CLAUSES = [
    ("По ‹п. 3.1.4› договора.", "п 3.1.4"),
    ("По ‹пункту 3.1.4› договора.", "п 3.1.4"),
    ("По ‹ст. 13› закона.", "ст 13"),
    ("По ‹статье 13› закона.", "ст 13"),
    ("‹Пункты 2.3› и ‹2.4› правил.", "п 2.3", "п 2.4"),
    ("По ‹ч. 2› ‹ст. 15›.", "ч 2", "ст 15"),
    ("Закон ‹№ 323-ФЗ›.", "323-ФЗ"),
    ("Закон ‹323-ФЗ›.", "323-ФЗ"),
    ("В ‹приложении № 2›.", "прил 2"),
    ("В части 2 дней.",),
    ("В пункте выдачи.",),
]

SURFACES = [
    ("url", "Откройте ‹https://site.ru/a?b=1›."),
    ("url", "Откройте ‹www.site.ru›, там всё."),
    ("url", "Откройте (‹site.рф/path›)."),
    ("url", "Канал ‹t.me/bank_help›."),
    ("email", "Пишите на ‹help@site.ru›."),
    ("id", "Обращение ‹№ 417-Ж› принято."),
    ("id", "Обращение ‹INC-123› принято."),
    ("id", "Карта ‹•• 4417› закрыта."),
    ("id", "Карта ‹**** 4417› закрыта."),
    ("id", "Счёт ‹40817…2291› закрыт."),
    ("id", "Машина ‹А123ВС77› подана."),
    ("id", "Справка ‹2-НДФЛ› готова."),
    ("id", "Заказ ‹55-8812› собран."),
    ("id", "Узел ‹192.168.0.1› недоступен."),
    ("id", "Работаем ‹24/7›."),
    ("id", "Выдали ‹IPv4›-адрес."),
    ("quoted", "Нажмите ‹«Готово»›."),
    ("quoted", 'Нажмите ‹"Готово"›.'),
    ("quoted", "Нажмите ‹“Готово”›."),
    ("quoted", "ООО ‹«Банк «Ромашка»»› закрыто."),
    ("quoted", 'Экран 15.6" и 17".'),
    ("latin", "Скачайте в ‹Google Play›."),
    ("latin", "Нужен ‹SSL›-сертификат и ‹Wi-Fi›."),
    ("latin", "Секция B закрыта."),
    ("command", "Введите ‹`sudo reboot`› в консоли."),
    ("command", "Правьте ‹/etc/nginx/nginx.conf› сами."),
    ("command", "Загрузите ‹backup.zip› сюда."),
    ("placeholder", "Здравствуйте, ‹{{ name|title }}›!"),
    ("placeholder", "‹{% if sum %}›Сумма ‹{sum}›‹{% endif %}›"),
    ("placeholder", "Код ‹{0}›, заказ ‹%ORDER%›."),
    ("placeholder", "Код ‹%s›, заказ ‹%(order)s›."),
    ("placeholder", "Код ‹${code}›, ссылка ‹[[link]]›."),
    ("placeholder", "Код ‹#CODE#›, срок ‹<%= days %>›."),
    ("placeholder", "Здравствуйте, ‹<имя клиента>›!"),
    ("placeholder", "Скидка 5%, а потом 10%."),
    ("tag", '‹<a href="https://site.ru">›тут‹</a>›'),
    ("tag", "Сначала‹<br>›потом‹&nbsp;›всё."),
    ("tag", "Срок ‹**›важен‹**› для вас."),
    ("tag", "Карта ‹**›{{ card }}‹**› готова."),
    ("tag", "‹##› Заголовок"),
    ("tag", "Читайте ‹[›правила‹](https://site.ru)›."),
    ("tag", "2 * 3 = 6 и snake_case_name"),
    ("emoji", "Спасибо ‹🙂›"),
    ("emoji", "Заказ № 5 готов ‹✅›"),
]


@pytest.mark.parametrize(("line", "values"), [(line, tuple(values)) for line, *values in PHONES])
def test_phone(line, values):
    assert extracted(line, "phone") == marked(line, values)


@pytest.mark.parametrize(("line", "values"), [(line, tuple(values)) for line, *values in CLAUSES])
def test_clause(line, values):
    assert extracted(line, "clause") == marked(line, values)


@pytest.mark.parametrize(("kind", "line"), SURFACES)
def test_surface(kind, line):
    assert [fact.text for fact in found(line, kind)] == surfaces(line)


@pytest.mark.parametrize("line", ["Нажмите «Готово»", 'Нажмите "Готово"', "Нажмите „Готово“"])
def test_quotation_marks_do_not_change_the_name(line):
    assert [fact.value for fact in found(line, "quoted")] == ["Готово"]
