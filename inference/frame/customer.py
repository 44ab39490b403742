"""The name of the customer, where it is certain: a note, her own words, her signature."""

import re
from collections.abc import Iterator, Sequence

from .people import NAME, is_first_name, is_patronymic, is_person, is_surname

CUSTOMER = r"(?:клиент|заявител|покупател|пользовател|пациент|гост|абонент|пассажир|автор|заказчи[кц])\w*"
NAMES = rf"(?P<names>{NAME}(?:[^\S\n]+{NAME}){{0,2}})"
NOTE = re.compile(rf"(?i:{CUSTOMER}\s+зовут|имя\s+{CUSTOMER}\s*[:—–-]?)\s+{NAMES}")
CALLED = re.compile(rf"(?i:(?<!\w)меня\s+зовут)\s+{NAMES}")
HELLO = r"(?:(?i:здравствуйте|добрый\s+(?:день|вечер)|доброе\s+утро|привет|алло)[,!.]?\s+)?"
THIS_IS = re.compile(
    rf"(?:^|[.!?\n]\s*){HELLO}(?i:это|я)\s*[,—–-]?\s*{NAMES}"
    r"(?=\s*(?:$|[.!\n]|,\s*(?:\d|мне\s+\d)|\s(?:из|с)\s))"
)
ROLE = (
    r"(?i:(?:директор|учитель|бухгалтер|инженер|юрист|адвокат|клиент|покупатель|заявитель|пациент|пассажир|"
    r"председатель|владелец|жилец|студент(?:ка)?|мама\s+\w+|ваш[аи]?\s+клиент(?:ка)?|"
    r"компания\s+«[^»]*»|ооо\s+«[^»]*»)[,:]?\s+)?"
)
REGARDS = r"(?i:с\s+уважением|заранее\s+(?:спасибо|благодар\w+))[,.!]?\s*"
WISH = r"(?i:спасибо|благодарю|жду(?:\s+ответа)?|прошу\s+разобраться),\s+"
DETAIL = (
    r"(?:,\s*(?:\d+\s+(?:год|лет)\w*|"
    r"(?:отдел|группа|кв\.?|квартира|ник|тел\.?|договор|заказ|класс|г\.)\s*[^.!?\n]*))?"
)
END = rf"{DETAIL}\s*[.)]*\s*$"
SIGNED = re.compile(rf"(?:[.!?…]\s+|\n\s*|(?:^|[\s,]){REGARDS})(?:{REGARDS})?{ROLE}{NAMES}{END}")
SIGNED_IN_FULL = re.compile(rf"(?:^|[\s,]){WISH}(?P<names>{NAME}[^\S\n]+{NAME}){END}")
"""«Спасибо, Анна» may thank an Anna; «Спасибо, Анна Петрова» is a signature."""


def customer_name(client_message: str | None, notes: Sequence[str]) -> str | None:
    """The name to greet by, exactly as it stands in the source; None where it is not certain."""
    return noted_name(notes) or next(_said(client_message or ""), None)


def noted_name(notes: Sequence[str]) -> str | None:
    """The name that a note gives the customer: «клиента зовут Ирина»."""
    told = (match["names"] for note in notes for match in NOTE.finditer(note))
    return next((name for names in told for name in _given(names, certain=True)), None)


def _said(message: str) -> Iterator[str]:
    for pattern, certain in ((CALLED, True), (THIS_IS, False), (SIGNED, False), (SIGNED_IN_FULL, False)):
        match = pattern.search(message)
        if match:
            yield from _given(match["names"], certain=certain)


def _given(names: str, *, certain: bool) -> Iterator[str]:
    """First name and patronymic of «Кузнецова Марина Олеговна»; a surname alone is no way to greet."""
    words = names.split()
    firsts = [place for place, word in enumerate(words) if is_first_name(word)] or ([0] if certain else [])
    other = len(firsts) > 1 and is_surname(words[firsts[0]])
    first = firsts[1] if other else next(iter(firsts), None)
    if first is not None and all(is_person(word) for word in words[: first + 1]):
        yield " ".join([words[first], *filter(is_patronymic, words[first + 1 : first + 2])])
