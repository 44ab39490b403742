"""Links, e-mail addresses, phone numbers, file names and paths."""

import re
from collections.abc import Iterator

from .fact import Fact, fact, finder, only_with

URL = re.compile(
    r"(?:https?|ftp|tg|mailto)://?[^\s\0<>«»\"“”„]+"
    r"|(?<![\w@.-])(?:www\.|t\.me/|vk\.com/|wa\.me/)[^\s\0<>«»\"“”„]+"
    r"|(?<![\w@.-])(?:[a-zа-яё\d](?:[a-zа-яё\d-]*[a-zа-яё\d])?\.)+"
    r"(?:ru|рф|com|org|net|su|io|dev|app|info|biz|online|site|shop|store|pro|me|tv|by|kz|ua|uz|am|ge|eu|de|uk"
    r"|example|test|local|москва|рус|moscow|tech|cloud|team|help|ai|gov|edu)"
    r"(?![\w@-])(?::\d+)?(?:[/?#][^\s\0<>«»\"“”„]*)?",
    re.I,
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]*\w@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}", re.I)
TAIL = ".,;:!?…'"

PATH = re.compile(
    r"(?<![\w/.:])(?:~|\.{1,2})?/(?:[\w.@+-]+/)*[\w.@+-]*\w/?(?=[\s\0,;:!?)»\"]|\.?$|\.\s)"
    r"|(?<!\w)[A-Za-z]:\\[^\s\0,;]+"
)
FILE = re.compile(
    r"(?<![\w.@/-])[\w-]*(?:\.[\w-]+)*\.(?:php|conf|cfg|ini|json|xml|ya?ml|csv|tsv|xlsx?|docx?|pptx?|pdf|txt|log|zip|rar|7z"
    r"|tar|gz|exe|msi|apk|ipa|dmg|jpe?g|png|gif|svg|webp|mp[34]|avi|mov|html?|css|js|ts|py|sh|sql|bak|key|pem|crt|cer"
    r"|p12|sig|htaccess|env|bat|dll|iso|heic)(?![\w/@-]|\.\w)",
    re.I,
)

PHONE = re.compile(
    r"(?<![\w.+/№-])(?:\+7|8|7)[\s-]?(?:\(\d{3,5}\)|\d{3,5})[\s-]?\d{1,3}[\s-]?\d{2}[\s-]?\d{2}(?![\w-]*\d)"
    r"|(?<![\w.+/№-])\(\d{3,5}\)\s?\d{1,3}[\s-]\d{2}[\s-]?\d{2}(?![\w-]*\d)"
    r"|(?<![\w.+/№-])\d{3}-\d{3}-\d{2}-\d{2}(?![\w-]*\d)"
    r"|(?<![\w+])\+\d{1,3}[\s(-]*\d[\d\s()-]{5,14}\d(?![\w-]*\d)"
)
USSD = re.compile(r"(?<![\w*#])[*#]{1,2}\d+(?:\*\w+)*#")
NON_DIGIT = re.compile(r"\D")

emails = only_with("@")(finder("email", EMAIL, canon=lambda match: match.group().lower()))


@only_with(r"[.:/][/A-Za-zА-Яа-яЁё]")
def urls(text: str) -> Iterator[Fact]:
    """Without the punctuation that ends the sentence, and without an unpaired bracket."""
    for match in URL.finditer(text):
        link = _without_tail(match.group())
        yield Fact("url", match.start(), match.start() + len(link), link, link)


def _without_tail(link: str) -> str:
    while link[-1] in TAIL or (link[-1] == ")" and link.count("(") < link.count(")")):
        link = link[:-1]
    return link


@only_with(r"\d")
def phones(text: str) -> Iterator[Fact]:
    for match in PHONE.finditer(text):
        digits = NON_DIGIT.sub("", match.group())
        if 10 <= len(digits) <= 15:
            yield fact("phone", match, _subscriber(digits))
    yield from finder("phone", USSD)(text)


def _subscriber(digits: str) -> str:
    """+7, 8 and no prefix name the same Russian number."""
    return digits[1:] if len(digits) == 11 and digits[0] in "78" else digits


files = only_with(r"[./\\]\w")(finder("command", PATH, FILE))
