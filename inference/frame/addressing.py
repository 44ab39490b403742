"""How a reply begins: greeting, address by name, impersonal address. Offsets are characters."""

import re
from typing import NamedTuple

from .layout import prose_start, words_start
from .people import FULL_NAME, NAMING, PERSON, PLACEHOLDER, TITLE, is_person, is_role

HELLO = (
    r"(?:здра[вст]{1,5}уй(?:те)?|здрасте|добр(?:ый|ого|ое|ой)\s+(?:день|дня|вечера?|утр[оа]|ночи|времени\s+суток)|"
    r"доброго\s+времени\s+суток|приветству(?:ем|ю)(?:\s+вас)?|привет(?:ик)?|рад[ыа]?\s+(?:вас\s+)?приветствовать(?:\s+вас)?)"
)
GREETING = re.compile(
    rf"(?P<first>{PERSON}(?:</b>|\*\*)?\s?,\s*)?(?P<hello>(?i:{HELLO}))\b(?P<second>\s*,?\s*{PERSON}(?=\s?[!.,:\n]|$))?\s?[!.,:…]*"
)

FEMININE = r"(?:\s?\(ая\)|\s?/-?\s?ая)?"
RESPECT = rf"(?i:(?:много|глубоко)?уважаем(?:ый|ая|ые|ое){FEMININE}|ув\.|(?P<dear>дорог(?:ой|ая|ие){FEMININE}))"
WHOM_WORD = rf"(?:{PLACEHOLDER}|«[^»\n]*»|{TITLE}|[А-ЯЁ]\.|[^\s!,.:<*]+)"
ADDRESS = re.compile(
    rf"{RESPECT}\s+(?P<whom>{WHOM_WORD}(?:[^\S\n]{{1,2}}{WHOM_WORD}|(?<=\.){WHOM_WORD}){{0,5}})\s?"
    r"(?P<end>[!,:]+|(?<!\s[А-ЯЁ])\.|(?=\s*[\n<*])|$)"
)
SHORT_ADDRESS = re.compile(rf"{RESPECT}\s+(?P<whom>[А-Яа-яё]+)")
ATTENTION = re.compile(rf"(?i:внимание),\s+(?P<whom>{PLACEHOLDER}|[А-Яа-яё]+)(?P<end>!)")
VOCATIVE = re.compile(rf"(?P<who>{PLACEHOLDER}|{FULL_NAME})(?:</b>|\*\*)?\s?,(?!\s*(?:наш|ваш[аи]?\s|котор))")
ROLE_AFTER = re.compile(r"\s*,\s*(?P<role>[а-яё]+)\s?[!.]+")


class Address(NamedTuple):
    """An address «Уважаемый …!»: where it stands, and the name or placeholder in it, if any."""

    start: int
    stop: int
    name: str | None


def greeting_span(text: str) -> tuple[int, int] | None:
    """Offsets of the opening greeting with the name and the mark after it: «Анна, здравствуйте!», «Добрый день,
    уважаемая Анна!»."""
    start = words_start(text, prose_start(text))
    match = GREETING.match(text, start)
    if not match:
        return None
    dear = address(text)
    if dear and dear.name and dear.start >= match.end("hello"):
        return start, dear.stop + _marks_after(text, dear.stop)
    role = ROLE_AFTER.match(text, match.end("hello"))
    if role and is_role(role["role"]):
        return start, role.end()
    named = match["second"]
    if named and not _names_person(named.strip(" ,\n")):
        stop = match.end("hello")
        return start, stop + _marks_after(text, stop)
    return start, match.end()


def _marks_after(text: str, position: int) -> int:
    marks = re.compile(r"\s?[!.,:…]+").match(text, position)
    return len(marks.group()) if marks else 0


def _names_person(words: str) -> bool:
    """Whether the words are a placeholder or begin with a name."""
    plain = re.sub(rf"^{TITLE}\s+", "", words)
    return not plain[:1].isalpha() or is_person(plain.split()[0])


def address(text: str) -> Address | None:
    """The address at the beginning of a reply or right after its greeting; «Уважаемая квартира 12!» holds a number and
    so is none."""
    start = words_start(text, prose_start(text))
    hello = re.compile(rf"(?i:{HELLO})[,!.]?\s+").match(text, start)
    for pattern in (ADDRESS, SHORT_ADDRESS, ATTENTION):
        match = pattern.match(text, hello.end() if hello else start)
        if match:
            name = _name_of(match["whom"])
            stop = match.start("end") if hello and "end" in match.groupdict() else match.end()
            if name is None and any(character.isdigit() for character in match["whom"]):
                return None
            doubtful = pattern is SHORT_ADDRESS or match.groupdict().get("dear")
            if name or not doubtful or is_role(match["whom"]):
                return Address(match.start(), stop, name)
    return None


def _name_of(whom: str) -> str | None:
    """The name or placeholder of «клиент {{ name }}», «Анна Сергеевна», «г-жа Чернова», if any."""
    slots = [*re.finditer(PLACEHOLDER, whom)]
    if slots:
        return whom[slots[0].start() : slots[-1].end()]
    first, _, rest = whom.partition(" ")
    if is_role(first):
        return rest if rest[:1].isupper() and is_person(rest.split()[0]) else None
    return whom if re.match(FULL_NAME, whom) else None


def impersonal_address_span(text: str) -> tuple[int, int] | None:
    """Offsets of «Уважаемый клиент!» with its mark; an address by name or by a placeholder is none."""
    found = address(text)
    return (found.start, found.stop) if found and found.name is None else None


def greets_by_name(text: str) -> str | None:
    """The name or placeholder with which the reply begins: «Анна», «{{ name }}»."""
    found = address(text)
    if found:
        return found.name
    start = words_start(text, prose_start(text))
    match = GREETING.match(text, start)
    if match:
        named = (match["second"] or "").strip(" ,\n") or re.sub(r"(?:</b>|\*\*)?\s?,\s*$", "", match["first"] or "")
        return named if named and _names_person(named) else None
    return _vocative(text, start)


def _vocative(text: str, start: int) -> str | None:
    match = VOCATIVE.match(text, start)
    if not match:
        return None
    who = match["who"]
    if re.fullmatch(PLACEHOLDER, who):
        return who if NAMING.search(who) else None
    return who if all(is_person(word) for word in who.split()) else None
