"""The name of the customer, where it is certain: a note, her own words, her signature."""

import re
from collections.abc import Iterator, Sequence

from .people import NAME, TITLE, is_first_name, is_patronymic, is_person

CUSTOMER = r"(?:клиент\w*|заявител\w*|покупател\w*|пользовател\w*|пациент\w*|гост\w*|абонент\w*|пассажир\w*|автор\w*|заказчи[кц]\w*)"
NAMES = rf"(?P<names>{NAME}(?:[^\S\n]+{NAME}){{0,2}})"
NOTE = re.compile(rf"(?i:{CUSTOMER}\s+зовут|имя\s+{CUSTOMER}\s*[:—–-]?)\s+{NAMES}")
CALLED = re.compile(rf"(?i:(?<!\w)меня\s+зовут)\s+{NAMES}")
HELLO = r"(?:(?i:здравствуйте|добрый\s+(?:день|вечер)|доброе\s+утро|привет|алло)[,!.]?\s+)?"
THIS_IS = re.compile(
    rf"(?:^|[.!?\n]\s*){HELLO}(?i:это|я)\s*[,—–-]?\s*{NAMES}(?=\s*(?:$|[.!\n]|,\s*(?:\d|мне\s+\d)|\s(?:из|с)\s))"
)
ROLE = (
    r"(?:(?:директор|учитель|менеджер|бухгалтер|инженер|врач|юрист|адвокат|клиент|покупатель|заявитель|пациент|пассажир|"
    r"владелец|жилец|студент(?:ка)?|мама\s+\w+|ваш[аи]?\s+клиент(?:ка)?|компания\s+«[^»]*»|ооо\s+«[^»]*»)[,:]?\s+)"
)
REGARDS = r"(?:(?i:с\s+уважением|спасибо|заранее\s+спасибо|благодарю|жду(?:\s+ответа)?|прошу\s+разобраться)[,.!]?\s*)"
DETAIL = r"(?:,\s*(?:\d+\s+(?:год|лет)\w*|(?:отдел|группа|кв\.?|квартира|ник|тел\.?|договор|заказ|класс|г\.)\s*[^.!?\n]*))?"
SIGNED = re.compile(
    rf"(?:[.!?…]\s+|\n\s*|(?:^|[\s,]){REGARDS})(?i:{REGARDS})?(?i:{ROLE})?{NAMES}{DETAIL}\s*[.)]*\s*$"
)


def customer_name(client_message: str | None, notes: Sequence[str]) -> str | None:
    """The name to greet by, exactly as it stands in the source; None where it is not certain."""
    return next(_sources(client_message or "", notes), None)


def _sources(message: str, notes: Sequence[str]) -> Iterator[str]:
    for note in notes:
        for match in NOTE.finditer(note):
            yield from _given(match["names"], certain=True)
    for pattern, certain in ((CALLED, True), (THIS_IS, False), (SIGNED, False)):
        match = pattern.search(message)
        if match:
            yield from _given(match["names"], certain=certain)


def _given(names: str, *, certain: bool) -> Iterator[str]:
    """First name and patronymic of «Кузнецова Марина Олеговна»; a surname alone is no way to greet."""
    words = names.split()
    for position, word in enumerate(words):
        if is_first_name(word) or (
            certain and position == 0 and is_person(word) and not re.match(TITLE, word)
        ):
            follows = words[position + 1 : position + 2]
            yield " ".join([word, *(next_word for next_word in follows if is_patronymic(next_word))])
            return
