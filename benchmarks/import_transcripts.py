"""Time and memory of `bylostalo data import` on synthetic transcripts.

    python benchmarks/import_transcripts.py --count 100000

Replies are sentences of the corpus in new company, with names, phones and order numbers drawn anew, so that most are
distinct. Memory is the resident set summed over all processes of the import, sampled twice a second.
"""

import argparse
import csv
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psutil

from bylostalo.data.reading import read_replies
from bylostalo.inference.segments import segment

NAMES = ("Иван Петров", "Анна Сергеевна", "Смирнова Ольга", "Тимур Ахметов", "Мария Ким", "Пётр Ильич Орлов")
QUESTIONS = ("где мой заказ {order}?", "верните деньги, телефон {phone}", "меня зовут {name}, ничего не работает")


def personal(rng: Random) -> dict[str, str]:
    phone = f"+7 9{rng.randrange(10, 99)} {rng.randrange(100, 999)}-{rng.randrange(10, 99)}-{rng.randrange(10, 99)}"
    return {"name": rng.choice(NAMES), "phone": phone, "order": str(rng.randrange(10**6, 10**7))}


def sentences() -> list[str]:
    replies, _ = read_replies(Path("data/corpus"))
    parts = [part for reply in replies for part in segment(reply.before)]
    return [part.text for part in parts if part.kind == "sentence" and "{" not in part.text]


def transcripts(count: int, rng: Random) -> Iterator[tuple[str, str]]:
    pool = sentences()
    for _ in range(count):
        who = personal(rng)
        body = " ".join(rng.sample(pool, rng.randrange(2, 6)))
        asked = "Здравствуйте, " + rng.choice(QUESTIONS).format_map(who)
        yield asked, f"{who['name']}, здравствуйте! {body} Заказ {who['order']}, перезвоним на {who['phone']}."


def resident_mb(process: psutil.Process) -> float:
    total = 0
    for one in (process, *process.children(recursive=True)):
        try:
            total += one.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "transcripts.csv", Path(folder) / "imported.jsonl"
        with source.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("Вопрос", "Ответ"))
            writer.writerows(transcripts(count, Random(17)))
        start, peak = time.monotonic(), 0.0
        command = [Path(sys.executable).with_name("bylostalo"), "data", "import", source, "-o", target]
        with psutil.Popen(list(map(str, command))) as running:
            while running.poll() is None:
                peak = max(peak, resident_mb(running))
                time.sleep(0.5)
        print(f"{count} переписок: {time.monotonic() - start:.0f} с, память {peak:.0f} МБ, код {running.returncode}")


if __name__ == "__main__":
    main()
