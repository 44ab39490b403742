"""`bylostalo bench` from the sentences to the rows."""

import tempfile
import time
from pathlib import Path

from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import read_sentences
from bylostalo.data.records import SentencePair
from bylostalo.data.splits import effective_split
from bylostalo.training.bench.contest import contestants, missing
from bylostalo.training.bench.machine import cores
from bylostalo.training.bench.materials import (
    CTRANSLATE,
    FOUR_BITS,
    HUB,
    assemble,
    write_ctranslate,
    write_four_bits,
    write_hub,
)
from bylostalo.training.bench.measure import Row, Say, measure
from bylostalo.training.bench.process import fresh_process
from bylostalo.training.bench.workload import LONGEST, library

CACHE = "cache"


def bench(model: Path, sentences: Path, *, templates: int, single: int, rounds: int, say: Say) -> list[Row]:
    """Every engine that is installed on a library of `templates` templates, and on the first `single` of them one
    sentence at a time."""
    work = library(held_out(sentences), templates=templates)
    with tempfile.TemporaryDirectory() as folder:
        materials = Path(folder)
        _prepare(model, materials, say)
        rivals = contestants(model, materials, cores=cores())
        return measure(rivals, work, single=single, rounds=rounds, cache=materials / CACHE, say=say)


def _prepare(model: Path, materials: Path, say: Say) -> None:
    """Everything that is read later, written by a process that ends: what it took of memory goes with it."""
    with fresh_process(materials / CACHE) as process:
        started = time.perf_counter()
        process.submit(assemble, model).result()
        say(f"сборка весов при первом запуске: {time.perf_counter() - started:.1f} с")
        process.submit(write_four_bits, model, materials / FOUR_BITS).result()
        process.submit(assemble, materials / FOUR_BITS).result()
        process.submit(write_hub, model, materials / HUB).result()
        if missing(CTRANSLATE):
            say("ctranslate2 пропущен: pip install ctranslate2")
        else:
            process.submit(write_ctranslate, materials / HUB, materials / CTRANSLATE).result()


def held_out(folder: Path) -> list[SentencePair]:
    """The sentence pairs of validation."""
    pairs, defects = read_sentences(folder)
    if defects:
        raise BylostaloError(f"в предложениях есть ошибки, первая: {defects[0]}")
    held = [pair for pair in pairs if effective_split(pair) == "validation"]
    if len(held) < LONGEST:
        raise BylostaloError(f"{folder}: предложений в validation {len(held)}, нужно хотя бы {LONGEST}")
    return held
