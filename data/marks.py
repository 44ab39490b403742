"""What a rewrite must carry over letter for letter: digit strings, placeholders, tags, links, addresses."""

import re

NUMBER = re.compile(r"\d+")
LIST_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s", re.MULTILINE)
PLACEHOLDER = r"\{\{.*?\}\}|\$?\{[\w.]+\}|%\w+%|\[\[\w+\]\]"
TAG = r"</?[A-Za-z]\w*[^<>]*>"
LINK = r"https?://[^\s<>«»]*[\w/]"
EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.\w+"
MARK = re.compile("|".join((LINK, EMAIL, PLACEHOLDER, TAG)))


def numbers(text: str) -> frozenset[str]:
    """The digit strings of a text: «1 500 ₽ до 05.06» gives 1, 500, 05, 06."""
    return frozenset(NUMBER.findall(text))


def stated_numbers(text: str) -> frozenset[str]:
    """The digit strings of a text but for those that only count the items of a list."""
    return numbers(LIST_NUMBER.sub(" ", text))


def marks(text: str) -> frozenset[str]:
    """The placeholders, tags, links and e-mail addresses of a text."""
    return frozenset(MARK.findall(text))
