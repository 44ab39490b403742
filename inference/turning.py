"""The customer's words as the company says them: «мою почту» → «вашу почту», «вашего водителя» → «нашего водителя»."""

import re
from collections.abc import Iterator

WORD = re.compile(r"[А-Яа-яЁё]+")
POSSESSIVE = re.compile(r"(?P<whose>ваш|наш)(?=(?:а|е|и|у|его|ему|им|ем|ей|их|ими)?$)")
OTHER = {"ваш": "наш", "наш": "ваш"}
MINE = "мой моя моё мое мои моего моему моим моём моем моей мою моих моими меня мне мной мною нас нам нами"
YOURS = "ваш ваша ваше ваше ваши вашего вашему вашим вашем вашем вашей вашу ваших вашими вас вам вами вами вас вам вами"
OF_ME = dict(zip(MINE.split(), YOURS.split(), strict=True))


def turned(text: str, message: str) -> str:
    """What is said in the customer's own words as the company says it. «Ваш» and «наш» are turned only before the word
    that they stand before in the message: before another they are the company's already."""
    there = {(word, following) for _, word, following in _words(message)}
    for match, word, following in reversed([*_words(text)]):
        if word in OF_ME or (word, following) in there:
            text = f"{text[: match.start()]}{_turned(word, match.group())}{text[match.end() :]}"
    return text


def _words(text: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """Every word, itself and the one after it in lower case."""
    found = [*WORD.finditer(text)]
    lower = [match.group().lower() for match in found]
    yield from zip(found, lower, [*lower[1:], ""], strict=True)


def _turned(word: str, original: str) -> str:
    """The other's possessive or pronoun; any other word as it was."""
    if word in OF_ME:
        return OF_ME[word]
    return POSSESSIVE.sub(lambda found: OTHER[found["whose"]], word) if POSSESSIVE.match(word) else original
