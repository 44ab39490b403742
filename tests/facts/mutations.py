"""Ways a rewrite goes wrong, one tiny change each; None where the text gives no chance for it."""

import re
from collections.abc import Callable
from random import Random

Mutation = Callable[[str, Random], str | None]

MONTHS = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября"]
MONTHS += ["октября", "ноября", "декабря"]
NAMES = ["Ирина", "Олег", "Мария", "Виктор", "Степан", "Оксана", "Георгий"]
OTHER_UNIT = {
    "рабочих дней": "дней",
    "дней": "часов",
    "дня": "часа",
    "часов": "дней",
    "часа": "дня",
    "минут": "часов",
    "месяцев": "дней",
    "лет": "дней",
    "рублей": "долларов",
    "₽": "€",
    "%": "₽",
    "ГБ": "МБ",
}
OTHER_WORD = {
    "два": "три",
    "двух": "трёх",
    "три": "пять",
    "полгода": "полчаса",
    "дважды": "трижды",
    "оба": "три",
}
ADDITIONS = [
    "за 17 дней",
    "до 23 июля",
    "на 8730 ₽",
    "в 07:15",
    "за три недели",
    "в Воронеже",
    "через Telegram",
]


def changing(pattern: str, change: Callable[[str, Random], str]) -> Mutation:
    """Replaces one random match of the pattern."""
    compiled = re.compile(pattern)

    def mutate(text: str, random: Random) -> str | None:
        matches = list(compiled.finditer(text))
        if not matches:
            return None
        match = random.choice(matches)
        return text[: match.start()] + change(match.group(), random) + text[match.end() :]

    return mutate


def nothing(found: str, random: Random) -> str:
    return ""


def other_of(choices: list[str]) -> Callable[[str, Random], str]:
    return lambda found, random: random.choice([choice for choice in choices if choice != found])


def other_letter(found: str, random: Random) -> str:
    position = random.randrange(len(found) // 2, len(found))
    return found[:position] + ("y" if found[position] == "x" else "x") + found[position + 1 :]


def added(text: str, random: Random) -> str:
    return f"{text.rstrip('.!?')} {random.choice(ADDITIONS)}."


def units(found: str, random: Random) -> str:
    return OTHER_UNIT[found]


MUTATIONS: dict[str, Mutation] = {
    "digit changed": changing(r"(?<!\n)\d(?![.)]\s)", other_of(list("123456789"))),
    "month changed": changing(rf"(?<=\d )(?:{'|'.join(MONTHS)})\b", other_of(MONTHS)),
    "unit changed": changing(rf"(?<=\d )(?:{'|'.join(OTHER_UNIT)})(?!\w)", units),
    "word number changed": changing(
        rf"(?<!\w)(?:{'|'.join(OTHER_WORD)})(?!\w)", lambda found, random: OTHER_WORD[found]
    ),
    "placeholder removed": changing(r"\{\{[^}]*\}\}|\$?\{\w+\}|%\w+%|\[\[\w+\]\]", nothing),
    "tag removed": changing(r"</?\w+[^>]*>|\*\*", nothing),
    "name swapped": changing(r"(?<!\w)(?:Олег|Павел|Марина|Анна|Игорь|Юлия|Ольга)(?!\w)", other_of(NAMES)),
    "link altered": changing(r"https?://[\w./-]*\w", other_letter),
    "quoted name changed": changing(r"(?<=«)[^«»]{3,}(?=»)", lambda found, random: "Прочее"),
    "sum dropped": changing(r"\d[\d ]*(?:,\d+)? ?(?:₽|руб[а-я]*)", nothing),
    "term dropped": changing(r"\d+ (?:рабочих )?(?:дней|дня|часов|часа|минут)(?!\w)", nothing),
    "fact added": added,
}
