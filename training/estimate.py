"""What a training will cost, from a few real steps of which nothing is kept."""

import dataclasses
import math
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import torch
from transformers import PrinterCallback, TrainerCallback

from bylostalo.training.compiling import compile_blocks
from bylostalo.training.config import RunConfig
from bylostalo.training.job import Job, Row, by_length, length
from bylostalo.training.memory import advice_on_memory, peak_memory
from bylostalo.training.order import LengthGrouped
from bylostalo.training.run import trainer_of
from bylostalo.training.schedule import steps_of


@dataclasses.dataclass(frozen=True)
class Estimate:
    """`memory` is the peak in bytes, `seconds` leave evaluation out; both are measured."""

    parameters: int
    trained: int
    rows: int
    tokens: int
    steps: int
    memory: int
    seconds: float

    def lines(self) -> list[str]:
        share = f"{100 * self.trained / self.parameters:.1f} %".replace(".", ",")
        step = f"{self.seconds / self.steps:.2g}".replace(".", ",")
        return [
            f"параметров: {_spaced(self.parameters)}, из них обучается {_spaced(self.trained)} ({share})",
            f"строк: {_spaced(self.rows)}, токенов: {_spaced(self.tokens)}",
            f"шагов: {_spaced(self.steps)}",
            f"память: {self.memory / 2**30:.1f} ГБ на самом длинном пакете".replace(".", ","),
            f"время: {_duration(self.seconds)} без оценок на validation, {step} с на шаг",
        ]


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


def _duration(seconds: float) -> str:
    minutes = math.ceil(seconds / 60)
    return f"около {minutes // 60} ч {minutes % 60} мин" if minutes >= 60 else f"около {minutes} мин"


class AsGiven(LengthGrouped):
    """Rows in the order they have."""

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self)))


class Clock(TrainerCallback):  # type: ignore[misc]
    """Seconds of every step."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.started = 0.0

    def on_step_begin(self, *_: Any, **__: Any) -> None:
        self.started = time.perf_counter()

    def on_step_end(self, *_: Any, **__: Any) -> None:
        if torch.cuda.is_available():
            torch.cuda.synchronize()
        self.seconds.append(time.perf_counter() - self.started)


def padded(rows: Sequence[Row], batch_size: int) -> int:
    """Tokens with padding where the rows come in batches in this order."""
    batches = (rows[start : start + batch_size] for start in range(0, len(rows), batch_size))
    return sum(len(batch) * max(map(length, batch)) for batch in batches)


def estimate(config: RunConfig, job: Job) -> Estimate:
    """Trains the job's model for four steps and measures the last two, one of middle and one of greatest length, which
    it has seen before. The job is used up, nothing is written."""
    size = config.batch_size * config.gradient_accumulation
    rows = by_length(job.train)
    middle = list(islice(cycle(rows[max(0, (len(rows) - size) // 2) :][:size]), size))
    longest = list(islice(cycle(rows[-size:]), size))
    steps = steps_of(config, len(rows))
    compile_blocks(job.model, steps=steps)
    clock = Clock()
    nowhere = str(Path(gettempdir()) / "bylostalo-dry-run")
    quiet = {"eval_strategy": "no", "save_strategy": "no", "logging_strategy": "no", "report_to": []}
    with advice_on_memory(config):
        trainer = trainer_of(
            dataclasses.replace(config, patience=0),
            dataclasses.replace(job, train=2 * [*middle, *longest]),
            max_steps=4,
            output_dir=nowhere,
            disable_tqdm=True,
            **quiet,
        )
        trainer.order = AsGiven(trainer.order.lengths, batch=size, multiple=1, seed=config.seed)
        trainer.remove_callback(PrinterCallback)
        trainer.add_callback(clock)
        trainer.train()
    batch = config.batch_size
    a_token = sum(clock.seconds[2:]) / (padded(middle, batch) + padded(longest, batch))
    parameters = list(job.model.parameters())
    return Estimate(
        parameters=sum(parameter.numel() for parameter in parameters),
        trained=sum(parameter.numel() for parameter in parameters if parameter.requires_grad),
        rows=len(rows),
        tokens=job.facts["train_tokens"],
        steps=steps,
        memory=peak_memory(),
        seconds=a_token * padded(rows, batch) * config.epochs,
    )
