"""A synthetic export of an invented company: «Лисичка» brings groceries and goods for pets.

    python benchmarks/company/transcripts.py -o переписки.csv --count 2000
    python benchmarks/company/transcripts.py -o новые.csv --count 600 --new

Its situations are written by hand (`situations/*.txt`): what a client asks, and pairs of sentences, the cold one of a
macro and how the company's editors say it. A transcript takes one situation, some of its pairs, a frame, and values
for the slots; nothing of it stands in the corpus. A few have no draft, a few were sent as drafted, a few are repeats.
Every eighth situation is kept for `--new`: what clients ask about next month, and no training has met.
"""

import argparse
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

HERE = Path(__file__).parent
COLUMNS = ("Тикет", "Время", "Сообщение клиента", "Черновик", "Ответ", "Агент", "Канал")
KEPT = 8
ALWAYS = 2
"""So many first pairs of a situation are in each of its transcripts."""
YOU = re.compile(r"\bВ(?=(?:ы|ас|ам|ами|аш\w*)\b)")
Values = Mapping[str, str]


@dataclass(frozen=True)
class Situation:
    """What clients write, and (cold, warm) sentences in order."""

    clients: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Transcript:
    client: str
    draft: str
    reply: str


def situations() -> list[Situation]:
    """Blocks of a line «? …», then of lines «- …» and «+ …» by turns."""
    files = sorted((HERE / "situations").glob("*.txt"))
    blocks = [block for file in files for block in file.read_text("utf-8").strip().split("\n\n")]
    return [_situation(block.splitlines()) for block in blocks]


def asked_about(*, new: bool) -> list[Situation]:
    """The situations kept for next month, or all others."""
    return [one for place, one in enumerate(situations()) if (place % KEPT == 0) is new]


def _situation(lines: Sequence[str]) -> Situation:
    cold, warm = ([line[2:] for line in lines if line.startswith(sign)] for sign in ("- ", "+ "))
    return Situation(tuple(lines[0].removeprefix("? ").split(" | ")), tuple(zip(cold, warm, strict=True)))


def frame() -> Any:
    return yaml.safe_load((HERE / "frame.yaml").read_text("utf-8"))


def values(rng: Random, known: Any) -> dict[str, str]:
    """A value for every slot. Amounts of things are such that one form of the noun fits."""
    name, surname = rng.choice(known["clients"]["names"]), rng.choice(known["clients"]["surnames"])

    def number(low: int, high: int) -> str:
        return str(rng.randrange(low, high))

    def day() -> str:
        return f"{number(1, 29)} {rng.choice(known['months'])}"

    def digits(count: int) -> str:
        return "".join(rng.choices("123456789", k=count))

    makers: dict[str, Callable[[], str]] = {
        "name": lambda: name,
        "fullname": lambda: f"{name} {surname}",
        "phone": lambda: f"+7 9{digits(2)} {digits(3)}-{digits(2)}-{digits(2)}",
        "email": lambda: f"client{digits(4)}@pochta.example",
        "address": lambda: f"ул. {rng.choice(known['streets'])}, {number(2, 90)}",
        "order": lambda: f"№ {digits(5)}",
        "order2": lambda: f"№ {digits(5)}",
        "sum": lambda: f"{number(1, 7)} {digits(3)} ₽",
        "small": lambda: f"{number(9, 60)}0 ₽",
        "date": day,
        "date2": day,
        "days": lambda: rng.choice(("5 дней", "7 дней", "10 дней", "14 дней", "5 рабочих дней", "10 рабочих дней")),
        "hours": lambda: rng.choice(("5 часов", "6 часов", "8 часов", "12 часов", "48 часов")),
        "mins": lambda: rng.choice(("10 минут", "15 минут", "20 минут", "30 минут", "40 минут")),
        "time": lambda: f"{number(9, 22)}:{rng.choice(('00', '15', '30', '45'))}",
        "window": lambda: rng.choice(("с 10:00 до 12:00", "с 12:00 до 14:00", "с 18:00 до 20:00", "с 20:00 до 22:00")),
        "hour1": lambda: rng.choice(("8:00", "9:00", "10:00")),
        "hour2": lambda: rng.choice(("20:00", "21:00", "22:00")),
        "hv": lambda: rng.choice(("50", "70", "100", "120", "150", "200", "250", "300", "500")),
        "pct": lambda: rng.choice(("5 %", "7 %", "10 %", "15 %", "20 %", "25 %")),
        "kg": lambda: rng.choice(("10 кг", "15 кг", "20 кг")),
        "code": lambda: digits(4),
        "card": lambda: f"•• {digits(4)}",
        "promo": lambda: f"LISA{number(10, 99)}",
        "locker": lambda: f"№ {digits(3)}",
        "giftcard": lambda: f"LS-{digits(4)}-{digits(2)}",
        "err": lambda: f"E-{digits(3)}",
        "version": lambda: f"{number(5, 9)}.{number(10, 30)}",
        "product": lambda: rng.choice(known["products"]),
        "store": lambda: rng.choice(known["stores"][:-1]),
        "store2": lambda: known["stores"][-1],
        "hotline": lambda: "8 800 555-12-34",
        "help": lambda: "help@lisichka.example",
        "link": lambda: "https://lisichka.example/rabota",
    }
    return {slot: make() for slot, make in makers.items()}


def varied(text: str, synonyms: Sequence[Sequence[str]], rng: Random) -> str:
    """The text with each word of a row of synonyms as any of the row."""
    for row in synonyms:
        words = "|".join(map(re.escape, row))
        text = re.sub(rf"\b(?:{words})\b", lambda _, row=row: rng.choice(row), text)
    return text


def chosen(pairs: Sequence[tuple[str, str]], rng: Random) -> list[tuple[str, str]]:
    return [pair for place, pair in enumerate(pairs) if place < ALWAYS or rng.random() < 0.65]


def lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def merged(sentences: Sequence[str], rng: Random) -> list[str]:
    """Now and then two sentences as one: «…; при этом …»."""
    told = list(sentences)
    if len(told) > 2 and rng.random() < 0.12:
        told[1:3] = [f"{told[1][:-1]}, при этом {lowered(told[2])}"]
    return told


def cold_reply(sentences: Sequence[str], known: Any, rng: Random, *, named: bool) -> str:
    frame = known["cold"]
    body = merged(sentences, rng)
    if rng.random() < 0.45:
        body.insert(0, rng.choice(frame["openings"]))
    if rng.random() < 0.45:
        body.append(rng.choice(frame["apologies"]))
    if rng.random() < 0.4:
        body.append(rng.choice(frame["doors"]))
    greeting = rng.choice(frame["named" if named and rng.random() < 0.7 else "greetings"])
    text = varied(" ".join(filter(None, (greeting, *body))), known["synonyms"], rng)
    if rng.random() < 0.4:
        text = YOU.sub("в", text)
        text = re.sub(r"(^|[.!?]\s)в(?=(?:ы|ас|ам|ами|аш\w*)\b)", r"\1В", text)
    return f"{text}\n\n{rng.choice(frame['signatures'])}" if rng.random() < 0.5 else text


def warm_reply(sentences: Sequence[str], known: Any, rng: Random, *, named: bool, sorry: bool) -> str:
    frame = known["warm"]
    greeting = rng.choice(frame["named" if named and rng.random() < 0.9 else "greetings"])
    body = [greeting, *([rng.choice(frame["apologies"])] if sorry else []), *sentences]
    if rng.random() < 0.75:
        body.append(rng.choice(frame["doors"]))
    signature = f"\n\n{rng.choice(frame['signatures'])}" if rng.random() < 0.93 else ""
    return " ".join(body) + signature


def transcript(situation: Situation, known: Any, rng: Random) -> Transcript:
    pairs = chosen(situation.pairs, rng)
    asked = rng.choice(situation.clients)
    named = rng.random() < 0.6
    contact = rng.choice(known["clients"]["contacts"]) if named else ""
    client = rng.choice(known["clients"]["hellos"]) + asked + contact
    sorry = rng.random() < (0.8 if "!" in asked else 0.1)
    draft = cold_reply([cold for cold, _ in pairs], known, rng, named=named)
    reply = warm_reply([warm for _, warm in pairs], known, rng, named=named, sorry=sorry)
    fate = rng.random()
    if fate < 0.05:
        draft = ""
    elif fate < 0.09:
        reply = draft
    return Transcript(client, draft, reply)


def filled(made: Transcript, slots: Values) -> Transcript:
    return Transcript(*(text.format_map(slots) for text in (made.client, made.draft, made.reply)))


def transcripts(count: int, rng: Random, *, new: bool) -> Iterator[Transcript]:
    """Every situation by turns; one in sixteen repeats the one before it with other numbers."""
    known, order = frame(), asked_about(new=new)
    rng.shuffle(order)
    made = transcript(order[0], known, rng)
    for number in range(count):
        if rng.random() >= 1 / 16:
            made = transcript(order[number % len(order)], known, rng)
        yield filled(made, values(rng, known))


def rows(count: int, seed: int, *, new: bool) -> Iterator[tuple[str, ...]]:
    rng = Random(seed)
    known = frame()
    for number, one in enumerate(transcripts(count, rng, new=new), 1):
        minute = number * 7
        time = f"2026-{1 + minute // 43_200:02}-{1 + minute // 1_440 % 28:02} {minute // 60 % 24:02}:{minute % 60:02}"
        agent, channel = rng.choice(known["agents"]), rng.choice(known["channels"])
        yield f"T-{number:05}", time, one.client, one.draft, one.reply, agent, channel


def table(count: int, seed: int = 17, *, new: bool = False) -> str:
    """The export as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(rows(count, seed, new=new))
    return text.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--new", action="store_true")
    given = parser.parse_args()
    given.output.write_text(table(given.count, given.seed, new=given.new), "utf-8", newline="")


if __name__ == "__main__":
    main()
