"""The stages on this machine."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from bylostalo.inference.editor import Editor
from bylostalo.inference.templates.job import Models
from bylostalo.inference.templates.rules import Rules
from bylostalo.inference.templates.run import Execute
from bylostalo.inference.templates.stages import Worker


def load_worker(models: Models, rules: Rules, *, threads: int = 0) -> Worker:
    """A worker that runs on so many threads; on all cores where it is 0."""
    return Worker(Editor.from_pretrained(models.classifier, models.rewriter, threads=threads), rules)


def local_executor(build: Callable[[], Worker]) -> Execute:
    """Chunk by chunk in this process; the worker is built when there is something to do."""
    worker = cache(build)

    def execute(stage: str, chunks: Iterable[list[Any]]) -> Iterator[list[Any]]:
        return (getattr(worker(), stage)(chunk) for chunk in chunks)

    return execute
