"""Who is compared with whom, and which of them can run here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from operator import attrgetter
from pathlib import Path
from typing import Any

import torch

from bylostalo.training.bench import engines
from bylostalo.training.bench.engines import Generate
from bylostalo.training.bench.materials import CTRANSLATE, FOUR_BITS, HUB
from bylostalo.training.bench.workload import Task
from bylostalo.training.precision import working_dtype

ORACLE = "transformers fp32"


@dataclass(frozen=True)
class Contestant:
    """An engine in one setting. `load` is called in its process, `reads` is what of a task it is given. `greedy`: it
    says the likeliest token each time, so the oracle's answer is expected of it; else its answers come as a whole, in
    batches of its own."""

    engine: str
    setting: str
    load: Callable[[], Generate]
    reads: Callable[[Task], Any] = attrgetter("ids")
    greedy: bool = True

    @property
    def title(self) -> str:
        return f"{self.engine}, {self.setting}"


def splits(cores: int) -> Iterator[tuple[int, int]]:
    """Threads and workers that fill the cores: one answer on all of them, or as many answers at once."""
    yield from dict.fromkeys(((cores, 1), (1, cores)))


def spelled(threads: int, workers: int) -> str:
    return f"потоков {threads}" + (f" × {workers}" if workers > 1 else "")


def contestants(model: Path, materials: Path, *, cores: int) -> list[Contestant]:
    """All that can run here, bfloat16 only where the processor multiplies it; `materials` holds what
    `bylostalo.training.bench.materials` wrote."""
    found = []
    for name, folder in (("bylostalo int8", model), ("bylostalo int4", materials / FOUR_BITS)):
        for threads, workers in splits(cores):
            ours = partial(engines.load_greedy, folder, threads=threads, workers=workers)
            found.append(Contestant(name, f"жадно, {spelled(threads, workers)}", ours))
    if not missing("ctranslate2"):
        for threads, workers in splits(cores):
            theirs = partial(engines.load_ctranslate, materials / CTRANSLATE, threads=threads, workers=workers)
            found.append(Contestant("ctranslate2 int8", f"жадно, {spelled(threads, workers)}", theirs))
    formats = {ORACLE: "float32"}
    if working_dtype() == torch.bfloat16:
        formats["transformers bf16"] = "bfloat16"
    for name, dtype in formats.items():
        hub = partial(engines.load_transformers, materials / HUB, dtype=dtype, threads=cores)
        found.append(Contestant(name, f"жадно, {spelled(cores, 1)}", hub))
    choice = partial(engines.load_choice, model, threads=cores)
    setting = f"как в работе: 4 варианта, оценка в обе стороны, замки, {spelled(cores, 1)}"
    found.append(Contestant("bylostalo int8", setting, choice, attrgetter("source"), greedy=False))
    return found


def missing(package: str) -> bool:
    return find_spec(package) is None
