"""Who is addressed: names, placeholders that stand for names, and roles that name nobody."""

import re

from bylostalo.inference.facts.names import is_known, readings

NAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
INITIAL = r"[А-ЯЁ]\."
PLACEHOLDER = r"(?:\{\{[^{}\n]+\}\}|\$?\{[^{}\n]+\}|%[A-Za-z]\w*%|\[\[[^\[\]\n]+\]\])"
TITLE = r"(?:[Гг]-(?:жа|н)|[Гг]оспо(?:жа|дин)|[Гг]р\.)"
FULL_NAME = rf"(?:{TITLE}\s+)?{NAME}(?:\s+(?:{INITIAL}\s?)+(?<=\.)|\s+{NAME}){{0,2}}"
PERSON = rf"(?:{PLACEHOLDER}|{FULL_NAME})"
PERSON_MARKS = frozenset({"Name", "Surn", "Patr"})
NAMING = re.compile(
    r"name|fio|client|user|login|guest|company|recipient|seller|customer|passenger|patient|имя|фио|клиент",
    re.I,
)
PATRONYMIC = re.compile(r"[А-ЯЁ][а-яё]+(?:вич|вна|ична|инична)$")
ROLE = re.compile(
    r"(?:клиент|абонент|пользовател|покупател|гост[ьяи]|заявител|партн[её]р|пациент|пассажир|участни[кц]|собственни[кц]|"
    r"страховател|арендатор|родител|выпускни[кц]|абитуриент|слушател|граждан|контрагент|заказчи[кц]|коллег|студент|игрок|"
    r"подписчи[кц]|читател|посетител|жил[ьец]|потребител|водител|жител|держател|вкладчи[кц]|инвестор|продав[ец]|поставщи[кц]|"
    r"друз|друг$|господа|дамы|получател|отправител|заемщик|заёмщик|плательщи[кц]|налогоплательщи[кц]|обращающ|учени[кц]|"
    r"нанимател|путешественник|владел[ец]|член)",
    re.I,
)


def is_role(word: str) -> bool:
    return bool(ROLE.match(word))


def is_person(word: str) -> bool:
    """Whether a capitalised word may be a name in the nominative; a word no dictionary knows may be one too."""
    if not is_known(word.lower()):
        return True
    return any(reading.marks & PERSON_MARKS and "nomn" in reading.marks for reading in readings(word.lower()))


def is_first_name(word: str) -> bool:
    """Whether the word is a first name in the nominative singular, by the dictionary."""
    return any({"Name", "nomn", "sing"} <= reading.marks for reading in readings(word.lower()))


def is_patronymic(word: str) -> bool:
    return bool(PATRONYMIC.match(word))
