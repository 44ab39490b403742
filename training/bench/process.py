"""An engine in a fresh process of its own, and what it says of its time and memory."""

import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bylostalo.training.bench.engines import Generate, Ids


@dataclass(frozen=True)
class Running:
    """An engine that is loaded and waits. `load_s` counts from the start of its process."""

    load_s: float
    _pool: ProcessPoolExecutor = field(repr=False)

    def timed(self, inputs: Sequence[Any], *, limit: int, batch_size: int) -> tuple[list[Ids], float]:
        """Its answers to the inputs, and the seconds that they took."""
        return self._pool.submit(_timed, inputs, limit=limit, batch_size=batch_size).result()

    def peak_mb(self) -> float:
        """The most resident memory so far."""
        return self._pool.submit(_peak_mb).result()


@contextmanager
def running(load: Callable[[], Generate], *, cache: Path) -> Iterator[Running]:
    """A process in which `load` has been called; it ends with the context."""
    with fresh_process(cache) as pool:
        started = time.perf_counter()
        pool.submit(_start, load).result()
        yield Running(time.perf_counter() - started, pool)


def fresh_process(cache: Path) -> ProcessPoolExecutor:
    """One process that inherits nothing and keeps assembled weights in `cache`."""
    return ProcessPoolExecutor(1, get_context("spawn"), initializer=_begin, initargs=(str(cache),))


def _begin(cache: str) -> None:
    quiet = {"HF_HUB_DISABLE_PROGRESS_BARS": "1", "TRANSFORMERS_VERBOSITY": "error"}
    os.environ.update(quiet, BYLOSTALO_CACHE=cache)
    warnings.simplefilter("ignore")


_loaded: list[Generate] = []


def _start(load: Callable[[], Generate]) -> None:
    _loaded.append(load())


def _timed(inputs: Sequence[Any], *, limit: int, batch_size: int) -> tuple[list[Ids], float]:
    started = time.perf_counter()
    found = _loaded[0](inputs, limit=limit, batch_size=batch_size)
    return found, time.perf_counter() - started


def _peak_mb() -> float:
    status = Path("/proc/self/status")
    if status.exists():  # getrusage also counts what the parent had when it forked
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
