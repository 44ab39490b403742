"""What a diagnosis costs: loading, one reply of 400 characters on one core, a batch of replies on every core.

    python benchmarks/classifier.py --count 1000

The models run in ONNX Runtime and numpy, as in `bylostalo check`; the page cache is warm.
"""

import argparse
import itertools
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bylostalo.data.reading import read_replies
from bylostalo.inference.classifier import Classifier

LOAD = """
import time
from bylostalo.inference.classifier import Classifier
started = time.perf_counter()
Classifier.from_pretrained()
print(time.perf_counter() - started)
"""


def load_seconds(runs: int) -> list[float]:
    """Seconds of loading in fresh processes, the import of the library not counted."""
    return [
        float(subprocess.run([sys.executable, "-c", LOAD], capture_output=True, check=True, text=True).stdout)
        for _ in range(runs)
    ]


def milliseconds_each(replies: list[tuple[str, str | None]]) -> list[float]:
    """Milliseconds of each diagnosis, one reply at a time."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    classifier = Classifier.from_pretrained(threads=1)
    classifier.diagnose([replies[0][0]], [replies[0][1]])
    taken = []
    for reply, message in replies:
        started = time.perf_counter()
        classifier.diagnose([reply], [message])
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1_000)
    options = parser.parse_args()
    replies = [reply for file in sorted(Path("data/corpus").glob("*.jsonl")) for reply in read_replies(file)[0]]
    corpus = [(reply.before, reply.client_message) for reply in replies]
    loads = load_seconds(5)
    print(f"загрузка: медиана {statistics.median(loads):.2f} с, худшая {max(loads):.2f} с")
    classifier = Classifier.from_pretrained()
    batch = list(itertools.islice(itertools.cycle(corpus), options.count))
    classifier.diagnose([reply for reply, _ in batch[:8]])
    started = time.perf_counter()
    classifier.diagnose([reply for reply, _ in batch], [message for _, message in batch])
    print(f"{options.count} ответов с сообщениями: {time.perf_counter() - started:.1f} с")
    middling = [(reply, message) for reply, message in corpus if 380 <= len(reply) <= 420][:60]
    alone = [(reply, None) for reply, _ in middling]
    for name, chosen in (("с сообщением", middling), ("без сообщения", alone)):
        taken = milliseconds_each(chosen)
        slow = statistics.quantiles(taken, n=10)[-1]
        print(f"ответ 380-420 букв {name}, одно ядро: медиана {statistics.median(taken):.0f} мс, 90 % до {slow:.0f} мс")


if __name__ == "__main__":
    main()
