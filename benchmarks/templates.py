"""A library through `bylostalo templates rewrite` against the bare models on the same texts, interleaved.

python benchmarks/templates.py --count 60 --rounds 2
"""

import argparse
import csv
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

from bylostalo.data.reading import read_replies
from bylostalo.inference.editor import Editor
from bylostalo.inference.results import Request
from bylostalo.inference.templates.formats import open_library
from bylostalo.inference.templates.job import Models, header, journal_path
from bylostalo.inference.templates.journal import open_journal
from bylostalo.inference.templates.local import local_executor
from bylostalo.inference.templates.rules import Rules
from bylostalo.inference.templates.run import outcomes
from bylostalo.inference.templates.stages import Worker


def bare(editor: Editor, texts: list[str]) -> float:
    started = time.monotonic()
    editor.edit([Request(before=text) for text in texts])
    return time.monotonic() - started


def library(editor: Editor, source: Path, output: Path) -> float:
    started = time.monotonic()
    found = open_library(source)
    known = header(source, output, column=None, models=Models(), rules=Rules(), only_problems=False)
    done = outcomes(
        found.templates,
        journal=open_journal(journal_path(output), known, restart=True, update=False),
        execute=local_executor(lambda: Worker(editor, Rules())),
        advance=lambda *_: None,
        only_problems=False,
    )
    found.annotated({one.key: one for one in done}, output)
    return time.monotonic() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    replies, _ = read_replies(Path("data/corpus"))
    texts = [reply.before for reply in replies if reply.channel == "шаблон"][: options.count]
    editor = Editor.from_pretrained()
    editor = replace(editor, rewriter=editor.rewriter.forgetful())
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder) / "library.csv", Path(folder) / "out.csv"
        with source.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["текст"], *([text] for text in texts)])
        bare(editor, texts[:4])
        rounds = [(bare(editor, texts), library(editor, source, output)) for _ in range(options.rounds)]
    for alone, whole in rounds:
        print(f"{len(texts)} шаблонов: модели {alone:.1f} с, библиотека {whole:.1f} с")
    print(f"скорость библиотеки от скорости моделей: {median(alone / whole for alone, whole in rounds):.0%}")


if __name__ == "__main__":
    main()
