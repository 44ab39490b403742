"""What a reply already has: greeting, apology, open door, signature. Offsets are characters."""

import re

from bylostalo.inference.facts.names import readings

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
    "invites",
    "mentions_apology",
    "signature_start",
]

HELLO_WITHIN = re.compile(rf"(?:^|[.!?\n>*,]\s*)(?i:{HELLO})(?!\w)")
OPENING_LENGTH = 140

SORRY = (
    r"извини(?:те)?",
    r"прости(?:те)?",
    r"(?:прошу|просим)(?:\s+(?:у\s+вас|нас))?\s+(?:прощения|извинить|простить)",
    r"(?:приносим|приношу)(?:\s+(?:вам|свои|наши|искренние|глубокие))*\s+извинения(?=\s+за\s|,?\s+что\s)",
)
NO_SORRY = r",?\s+(?:но|а)\s|[^.!?\n]{0,60}неудобств"
APOLOGY = re.compile(rf"(?<!\w)(?:{'|'.join(SORRY)})(?!\w)(?!{NO_SORRY})", re.I)
ANY_APOLOGY = re.compile(rf"(?<!\w)(?:{'|'.join(SORRY[:3])}|извинени\w+)(?!\w)", re.I)

TEAM = r"(?:команда|служба|отдел|администрация|дирекция|коллектив|управление|поддержка|группа)"
PARTING = (
    r"с\s+(?:уважением|наилучшими\s+пожеланиями|заботой|любовью|благодарностью)",
    r"(?:искренне|всегда)\s+ваш",
    r"ваш[аи]?\s+(?:команда|служба|банк|магазин|поддержка)",
    rf"{TEAM}\s",
)
SIGNATURE = re.compile(
    rf"(?:{'|'.join(PARTING)})[^.!?\n]{{0,80}}[.!]?(?:\s*\n[^\n]{{0,60}}){{0,4}}\s*(?:</\w+>\s*)*$", re.I
)
LAST_LINE = re.compile(r"\n[^\S\n]*\n[^\S\n]*(?P<line>[А-ЯЁ][^\n.!?:;,<{]{2,50})\s*$")
TEAM_LINE = re.compile(rf"{TEAM}\s(?P<rest>[^\n<]*)", re.I)
QUOTED = re.compile(r"«[^»]*»")
LINE_START = re.compile(r"(?:^|\n|[.!?]\s+|<p>|<br\s*/?>)\s*(?=\S)", re.I)

SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+|</p>|<br\s*/?>")
QUESTION_AT_END = re.compile(r"\?[)»\s]*(?:</\w+>\s*)*$")
SIGNATURE_WORDS = 6
DOOR_REACH = 3
"""How many of the last sentences are searched for a door."""
UP_TO_2, UP_TO_3 = r"(?:\w+\s+){0,2}", r"(?:\w+\s+){0,3}"
ELSEWHERE = r"\s+(?:в\s+(?:суд|полици|прокуратур|транспортн|страхов|клиник|ведомств)|к\s+(?!нам|мне|ваш))"
TO_OTHERS = (
    r"(?:\s+\w+){0,2}\s+(?:им|ему|ей)(?!\w)|"
    r"\s+(?:продавцу|оператору|провайдеру|заявлени\w+|жалоб\w+|претензи\w+)"
)
DOORS = (
    r"(?:на|до)?пиши(?:те)?|черкните|отпишитесь|ответьте|отвечайте|(?:по)?звоните|наберите",
    r"(?:по)?делитесь|опишите|набирайте|перезвоните|предложите|шлите|задайте|я\s+здесь|мой\s+телефон",
    r"вопросы(?=:|\s+(?:сюда|ответом))|отвечаю\s+на\s+этот\s+номер",
    r"если\s+(?:\w+\s+){0,3}(?:хотите|захотите|расскажете|понадобится|неудобн\w+)",
    r"присылайте|(?:при|вы)шлите|скиньте|отправьте\s+(?:нам|мне|сюда)|сообщ(?:ите|айте)|(?:рас|под)?скажите|подскаж(?:у|ем)|назовите|уточните",
    r"дайте\s+(?:нам\s+)?знать|предупредите|повторите\s+суть|покажите|задавайте|спрашивайте|спросите|приходите",
    r"на\s+связи|мы\s+рядом|если\s+(?:назовёте|передумаете)",
    rf"(?:рад[ыа]?|готов[ыа]?)\s+{UP_TO_2}(?:помочь|ответить|подсказать|помогать|отвечать)",
    rf"(?:можете|можно|вправе)\s+{UP_TO_2}(?:на)?(?:писать|связаться|позвонить|ответить|задать|направить|сообщить)",
    rf"(?:можете|можно|вправе)\s+{UP_TO_2}обратиться\s+(?:к\s+нам|в\s+ответ|повторно)",
    rf"свяжитесь\s+с\s+(?:нами|нашей|вашим)|обращайтесь(?!{ELSEWHERE})",
    r"обратитесь\s+в\s+(?:нашу\s+)?(?:службу\s+)?поддержк[уи]",
    rf"(?:просьба|просим|прошу)\s+(?!не\s){UP_TO_2}(?:сообщить|написать|звонить|связаться|обращаться)",
    r"по\s+(?:всем|любым|другим|прочим|дополнительным|иным)\s+вопросам",
    rf"(?:если|в\s+случае|при)\s+{UP_TO_3}вопрос\w*",
    r"если\s+(?:подходит|согласны|готовы|нужн[оаы]|не\s+(?:подойд|получит|сработа|помо|приш|прид)\w*)[^.!?]{0,60},",
    r"вопросы\s+оставляйте|ответ(?:е|ом)\s+на\s+(?:это\s+)?(?:письмо|сообщение|смс)|в\s+ответном\s+(?:письме|сообщении)",
    r"(?:можете|можно|может)\s+(?:\w+\s+){0,2}(?:связаться|записаться)\s+(?:с\s+нами|здесь)",
    rf"(?:остались|останутся|есть|будут|появятся|возникли|возникнут)\s+{UP_TO_2}вопросы",
)
CONTACT = re.compile(
    r"(?<!\w)(?:по\s+(?:\w+\s+)?вопросам|для\s+связи|связаться|справк[иа]|вопросы|апелляци[яи]|возражения|ответ\s+по\s+номеру)"
    r"[^.!?\n]{0,50}?(?:[{%$\[]|\d{2,3}[\s-]|\+7|\w@)",
    re.I,
)
"""Where to turn with a question: a number, an address or a placeholder for one."""
CONDITIONAL_END = re.compile(r"^\s*(?:а\s+)?если\s[^.!?]*,[^.!?]*[.!]?\s*(?:</\w+>\s*)*$", re.I)
"""«Если логин не подойдёт, пришлю новый»: the last sentence thinks of what may come next."""
OPEN_DOOR = re.compile(rf"(?<!\w)(?<!не\s)(?:{'|'.join(DOORS)})(?!\w)(?!{TO_OTHERS})", re.I)


def has_greeting(text: str) -> bool:
    """Whether the reply greets: by a word of greeting or by name. «Уважаемый клиент!» does not."""
    start = prose_start(text)
    opening = text[words_start(text, start) : start + OPENING_LENGTH]
    return bool(HELLO_WITHIN.search(opening)) or greets_by_name(text) is not None


def has_apology(text: str) -> bool:
    """Whether the reply truly apologises; «приносим извинения за доставленные неудобства» does not."""
    return bool(APOLOGY.search(text))


def mentions_apology(text: str) -> bool:
    """Whether there is any apology, a cliché too."""
    return bool(ANY_APOLOGY.search(text))


def has_open_door(text: str) -> bool:
    """Whether the customer sees that she may come back: «напишите, если…», a question to her at the end."""
    body, last = _ending(text)
    return bool(QUESTION_AT_END.search(body) or _invites(last) or (last and CONDITIONAL_END.match(last[-1])))


def invites(text: str) -> bool:
    """Whether its last sentences invite to come back in so many words, or say where to."""
    return _invites(_ending(text)[1])


def _ending(text: str) -> tuple[str, list[str]]:
    """The text without its signature, and its last sentences."""
    stop = signature_start(text)
    body = text if stop is None else text[:stop]
    return body, sentences(body)[-DOOR_REACH:]


def _invites(last: list[str]) -> bool:
    ending = " ".join(last)
    return bool(OPEN_DOOR.search(ending) or CONTACT.search(ending))


def sentences(text: str) -> list[str]:
    """Rough sentences: enough to know which come last."""
    return [part for part in SENTENCE_END.split(text) if part.strip()]


def signature_start(text: str) -> int | None:
    """Offset of the closing signature («С уважением, …», «Команда отеля», a last line «Коммерческий отдел»), if there
    is one."""
    for match in LINE_START.finditer(text):
        if SIGNATURE.match(text, match.end()) and not _is_sentence(text, match.end()):
            return match.end()
    last = LAST_LINE.search(text)
    return last.start("line") if last and _is_name(last["line"]) else None


def _is_name(line: str) -> bool:
    """A line of a few words that says nothing of anybody: no verb, no pronoun."""
    words = re.findall(r"[а-яё]+", line.lower())
    said = {mark for word in words for mark in readings(word)[0].marks}
    return len(words) <= SIGNATURE_WORDS and not said & {"VERB", "INFN", "PRED", "NPRO", "INTJ"}


def _is_sentence(text: str, start: int) -> bool:
    """«Отдел продаж свяжется с вами» has a verb and so is no signature."""
    line = TEAM_LINE.match(text, start)
    words = re.findall(r"[а-яё]+", QUOTED.sub("", line["rest"])) if line else []
    return any("VERB" in readings(word)[0].marks for word in words)
