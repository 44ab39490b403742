"""The stages on a Ray cluster: the very same chunks, done by actors that hold the models."""

import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates.run import Execute
from bylostalo.inference.templates.stages import Worker

ANSWERS_WITHIN = 20
"""Seconds for a cluster to answer; Ray itself would wait for minutes."""


class StageActor:
    """Does one stage of chunks that travel as JSON."""

    def __init__(self, build: Callable[[], Worker], stage: str) -> None:
        self.work = getattr(build(), stage)

    def __call__(self, row: dict[str, str]) -> dict[str, str]:
        return {"results": json.dumps(self.work(json.loads(row["items"])), ensure_ascii=False)}


def ray_executor(build: Callable[[], Worker], *, address: str) -> Execute:
    """Chunks over Ray Data, an actor a core, results in order; one that dies is started anew and its chunk done again.

    `build` is pickled and called once in every actor of a stage. `address` is `host:port` of a cluster, `auto` for the
    one that runs here, or `local` for a new one on this machine alone. Raises `BylostaloError` where Ray is not
    installed or does not answer.
    """
    _connect(address)

    def execute(stage: str, chunks: Iterable[list[Any]]) -> Iterator[list[Any]]:
        import ray

        rows = [{"items": json.dumps(chunk, ensure_ascii=False)} for chunk in chunks]
        if not rows:
            return
        cores = int(ray.cluster_resources()["CPU"])  # type: ignore[no-untyped-call]
        found = ray.data.from_items(rows, override_num_blocks=len(rows)).map(
            StageActor,  # type: ignore[arg-type]
            fn_constructor_args=(build, stage),
            compute=ray.data.ActorPoolStrategy(size=min(len(rows), cores)),
            num_cpus=1,
        )
        try:
            for row in found.iter_rows():
                yield json.loads(row["results"])
        except ray.exceptions.RayError as error:
            raise BylostaloError(f"--ray {address}: {str(error).strip().splitlines()[-1]}") from None

    return execute


def _connect(address: str) -> None:
    os.environ.update(RAY_USAGE_STATS_ENABLED="0", RAY_BACKEND_LOG_LEVEL="fatal")
    try:
        import ray
        import ray.data
    except ModuleNotFoundError:
        raise BylostaloError("для --ray не хватает пакета ray: pip install 'bylostalo[ray]'") from None
    try:
        _knock(address)
        with _silent():
            ray.init(address, ignore_reinit_error=True, include_dashboard=False, log_to_driver=False)
    except (OSError, ValueError, RuntimeError) as error:
        reason = " ".join(str(error).split())
        raise BylostaloError(
            f"--ray {address}: кластер не отвечает ({reason}); нужен адрес вида host:port или local"
        ) from None
    logging.getLogger("ray").setLevel(logging.ERROR)
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False


def _knock(address: str) -> None:
    """Whether a Ray answers at `host:port`, tried in a process of its own: `ray.init` cannot be given a time."""
    host, colon, port = address.rpartition(":")
    if not colon:
        return
    socket.create_connection((host, int(port)), timeout=ANSWERS_WITHIN).close()
    try:
        command = [sys.executable, "-c", f"import ray; ray.init({address!r})"]
        subprocess.run(command, capture_output=True, check=True, timeout=ANSWERS_WITHIN)
    except subprocess.SubprocessError:
        raise ConnectionError("там не Ray или Ray другой версии") from None


@contextmanager
def _silent() -> Iterator[None]:
    """Nothing on standard error, which the core of Ray writes to past Python while it starts."""
    kept = os.dup(2)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
