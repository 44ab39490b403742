"""Resident memory while many different replies are rewritten by the shipped models: its peak on replies of the
corpus, then whether it stays flat.

    python benchmarks/memory.py --count 20000

No two replies are equal, but numbers and times are hidden from the model: after a while it remembers most of what it is
asked, as in a service. `--forgetful` leaves that memory out, so that it says every sentence.
"""

import argparse
import dataclasses
import gc
import itertools
import random
import resource
import time
from collections.abc import Iterator
from pathlib import Path

from bylostalo.data.reading import read_replies
from bylostalo.data.splits import effective_split
from bylostalo.inference.editor import Editor
from bylostalo.inference.results import Request

WHAT = ("Оплата", "Доставка", "Проверка", "Замена", "Отправка", "Обработка", "Регистрация", "Настройка")
OF = ("заказа", "заявки", "посылки", "карты", "договора", "прибора", "анкеты", "тарифа", "билета", "счёта")
HOW = ("осуществляется", "производится", "будет осуществлена", "была произведена", "выполняется")
WHEN = ("до", "после", "не позднее")
WHOSE = ("Анна", "Пётр", "Мария", "Иван", "Ольга", "Сергей", "Елена", "Дмитрий")
PAGE = 4_096


def requests(count: int, *, seed: int) -> Iterator[Request]:
    """Replies of one or two short sentences."""
    draw = random.Random(seed)
    for _ in range(count):
        sentences = [
            f"{draw.choice(WHAT)} {draw.choice(OF)} № {draw.randrange(10**4, 10**6)} {draw.choice(HOW)} "
            f"{draw.choice(WHEN)} {draw.randrange(8, 22)}:{draw.randrange(10, 60)}."
            for _ in range(draw.choice((1, 1, 2)))
        ]
        message = f"Здравствуйте, это {draw.choice(WHOSE)}. Когда?" if draw.random() < 0.5 else None
        yield Request(before=" ".join(sentences), client_message=message)


def resident() -> float:
    """Megabytes of this process in memory, pages mapped from the weights included."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 2**20


def held_out(count: int) -> list[Request]:
    """Replies of the corpus, the long ones too."""
    replies = [reply for reply in read_replies(Path("data/corpus"))[0] if effective_split(reply) == "validation"]
    drawn = random.Random(0).sample(replies, min(count, len(replies)))
    return [Request(before=one.before, client_message=one.client_message, notes=one.notes) for one in drawn]


def peak() -> float:
    """The most megabytes so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--corpus", type=int, default=96)
    parser.add_argument("--forgetful", action="store_true")
    options = parser.parse_args()
    editor = Editor.from_pretrained()
    if options.forgetful:
        editor = dataclasses.replace(editor, rewriter=editor.rewriter.forgetful())
    print(f"загружено: {resident():.0f} МБ")
    editor.edit(corpus := held_out(options.corpus))
    print(f"{len(corpus)} ответов корпуса одним пакетом: наибольшее {peak():.0f} МБ")
    started, done, shown = time.monotonic(), 0, max(options.batch, options.count // 20)
    replies = requests(options.count, seed=0)
    while batch := list(itertools.islice(replies, options.batch)):
        editor.edit(batch)
        done += len(batch)
        if done % shown < options.batch or done == options.count:
            gc.collect()
            print(f"{done:>7} ответов, {time.monotonic() - started:6.0f} с: {resident():.0f} МБ", flush=True)


if __name__ == "__main__":
    main()
