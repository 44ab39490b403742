"""What a reply already has: greeting, apology, open door, signature. Offsets are characters."""

import re

from .addressing import HELLO, address, greeting_span, greets_by_name, impersonal_address_span
from .layout import prose_start, words_start

__all__ = [
    "address",
    "greeting_span",
    "greets_by_name",
    "has_apology",
    "has_greeting",
    "has_open_door",
    "impersonal_address_span",
    "signature_start",
]

HELLO_WITHIN = re.compile(rf"(?:^|[.!?\n>*,]\s*)(?i:{HELLO})\b")
OPENING_LENGTH = 140

APOLOGY = re.compile(
    r"(?<!\w)(?:извини(?:те|вни)?|прости(?:те)?|(?:прошу|просим)(?:\s+у\s+вас)?\s+(?:прощени|извинени)я|"
    r"(?:приносим|приношу)(?:\s+(?:вам|свои|наши|искренние|глубокие))*\s+извинения(?=\s+за\s|,?\s+что\s))(?!\w)"
    r"(?!,?\s+(?:но|а)\s)(?![^.!?\n]{0,60}неудобств)",
    re.I,
)

SIGNATURE = re.compile(
    r"(?:с\s+(?:уважением|наилучшими\s+пожеланиями|заботой|любовью|благодарностью)|искренне\s+ваш|всегда\s+ваш|"
    r"ваш[аи]?\s+(?:команда|служба|банк|магазин|поддержка)|(?:команда|служба|отдел|администрация|дирекция|коллектив|"
    r"управление|поддержка|группа)\s)[^.!?\n]{0,80}[.!]?(?:\s*\n[^\n]{0,60}){0,4}\s*(?:</\w+>\s*)*$",
    re.I,
)
TEAM = re.compile(
    r"(?:команда|служба|отдел|администрация|дирекция|коллектив|управление|поддержка|группа)\s", re.I
)
LINE_START = re.compile(r"(?:^|\n|[.!?]\s+|<p>|<br\s*/?>)\s*(?=\S)", re.I)
FINITE_VERB = re.compile(r"(?:ет|ит|ут|ют|ат|ят|ем|им|ла|ло|ли|тся|ется|ятся|лась|лись)(?!\w)", re.I)

TO_OTHERS = r"(?:\s+\w+){0,2}\s+(?:им|ему|ей)(?!\w)|\s+(?:продавцу|оператору|провайдеру|заявлени\w+|жалоб\w+|претензи\w+)"
CONTACT = re.compile(
    r"(?<!\w)(?:(?:на|от|до|пере)?пишите|напишите|допишите|черкните|пишите|отпишитесь|ответьте|отвечайте|позвоните|звоните|наберите|"
    r"присылайте|пришлите|скиньте|сообщите|сообщайте|скажите|расскажите|подскажите|назовите|уточните|"
    r"дайте\s+(?:нам\s+)?знать|предупредите|повторите\s+суть|покажите|задавайте|спрашивайте|спросите|"
    r"(?:мы|я|всегда|буд[уе]м?|остаёмся|остаемся)\s+(?:всегда\s+)?на\s+связи|на\s+связи|"
    r"(?:рад[ыа]?|готов[ыа]?)\s+(?:\w+\s+){0,2}(?:помочь|ответить|подсказать|помогать|отвечать)|ответим\s+на\s+(?:них|любые|все)|"
    r"(?:вы\s+)?(?:можете|можно|вправе|готовы)\s+(?:\w+\s+){0,2}(?:написать|связаться|обратиться\s+(?:к\s+нам|в\s+ответ|повторно)|позвонить)|"
    r"свяжитесь\s+с\s+(?:нами|нашей|вашим)|обращайтесь|приходите|"
    r"(?:просьба|просим|прошу)\s+(?:\w+\s+){0,2}(?:сообщить|написать|звонить|связаться|обращаться)|"
    r"по\s+(?:всем|любым|другим|прочим|дополнительным|иным)\s+вопросам|"
    r"(?:при\s+наличии|если|в\s+случае|при)\s+(?:\w+\s+){0,3}вопрос\w*|"
    r"(?:остались|останутся|есть|будут|появятся|возникли|возникнут)\s+(?:\w+\s+){0,2}вопросы)"
    rf"(?!\w)(?!{TO_OTHERS})",
    re.I,
)
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+|</p>|<br\s*/?>")
QUESTION_AT_END = re.compile(r"\?[)»\s]*(?:</\w+>\s*)*$")
DOOR_REACH = 3
"""How many of the last sentences are searched."""


def has_open_door(text: str) -> bool:
    """Whether the customer knows that she may come back: «напишите, если…», a question to her at the end."""
    stop = signature_start(text)
    body = text if stop is None else text[:stop]
    ending = " ".join(sentences(body)[-DOOR_REACH:])
    return bool(QUESTION_AT_END.search(body) or CONTACT.search(ending))


def sentences(text: str) -> list[str]:
    """Rough sentences: enough to know which come last."""
    return [part for part in SENTENCE_END.split(text) if part.strip()]


def has_greeting(text: str) -> bool:
    """Whether the reply greets: by a word of greeting or by name. «Уважаемый клиент!» does not."""
    start = prose_start(text)
    opening = text[words_start(text, start) : start + OPENING_LENGTH]
    return bool(HELLO_WITHIN.search(opening)) or greets_by_name(text) is not None


def has_apology(text: str) -> bool:
    """Whether the reply truly apologises; «приносим извинения за доставленные неудобства» does not."""
    return bool(APOLOGY.search(text))


def signature_start(text: str) -> int | None:
    """Offset of the closing signature («С уважением, …», «Команда отеля»), if there is one."""
    for match in LINE_START.finditer(text):
        if SIGNATURE.match(text, match.end()) and not _is_sentence(text[match.end() :]):
            return match.end()
    return None


def _is_sentence(line: str) -> bool:
    """«Отдел продаж свяжется с вами» is no signature."""
    return bool(TEAM.match(line) and FINITE_VERB.search(line))
