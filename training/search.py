"""Hyper-parameter search with Optuna (Akiba et al., 2019): the least validation loss within a budget."""

import dataclasses
import logging
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Generic, get_type_hints

import optuna
import yaml
from transformers import TrainerCallback

from bylostalo.data.errors import BylostaloError
from bylostalo.data.writing import write_atomically
from bylostalo.training.config import Config, load_config, parsed, typed
from bylostalo.training.job import Job
from bylostalo.training.memory import advice_on_memory
from bylostalo.training.preparing import prepare
from bylostalo.training.process import processes
from bylostalo.training.run import trainer_of

Choose = Callable[[optuna.Trial], Any]
SAID = {"COMPLETE": "прошла", "PRUNED": "оборвана", "FAIL": "не вышла"}
log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class Tried(Generic[Config]):
    """A trial: its config, its least validation loss (None where it was cut short) and how it ended."""

    config: Config
    values: dict[str, Any]
    loss: float | None
    seconds: float
    ended: str


def choice(kind: type[Config], path: Path, key: str, value: str) -> Choose | None:
    """How Optuna chooses a key: from `low..high` (by its logarithm where that spans a decade), among `a,b,c`; None
    for a plain value."""

    def checked(text: str) -> Any:
        return typed(path, key, parsed(text), kind)

    numeric = get_type_hints(kind).get(key) in (int, float)
    if numeric and ".." in value:
        low, high = (checked(end) for end in value.split("..", 1))
        if not low < high:
            raise BylostaloError(f"{key}={value}: начало диапазона должно быть меньше конца")
        log_scale = low > 0 and high / low >= 10
        if isinstance(low, int):
            return lambda trial: trial.suggest_int(key, low, high, log=log_scale)
        return lambda trial: trial.suggest_float(key, low, high, log=log_scale)
    if "," in value:
        choices = [checked(one) for one in value.split(",")]
        return lambda trial: trial.suggest_categorical(key, choices)
    return None


def space(kind: type[Config], path: Path, arguments: Iterable[str]) -> tuple[Config, dict[str, Choose]]:
    """The config with the plain `key=value` arguments, and how to choose the other keys."""
    found = {}
    plain = []
    for argument in arguments:
        key, _, value = argument.partition("=")
        chosen = choice(kind, path, key, value)
        if chosen:
            found[key] = chosen
        else:
            plain.append(argument)
    if not found:
        raise BylostaloError("что подбирать? например, learning_rate=1e-4..1e-3 rank=8,16,32")
    return load_config(kind, path, plain), found


class Budget(TrainerCallback):  # type: ignore[misc]
    """Ends a trial that is out of time, or worse than most at the same step."""

    def __init__(self, trial: optuna.Trial, deadline: float) -> None:
        self.trial = trial
        self.deadline = deadline

    def on_step_end(self, *_: Any, **__: Any) -> None:
        if time.monotonic() > self.deadline:
            raise optuna.TrialPruned

    def on_evaluate(self, args: Any, state: Any, control: Any, metrics: dict[str, float], **_: Any) -> None:
        self.trial.report(metrics["eval_loss"], state.global_step)
        if self.trial.should_prune():
            raise optuna.TrialPruned


def least_loss(config: Config, job: Job, budget: Budget) -> float:
    """Train without keeping anything."""
    if not job.validation:
        raise BylostaloError("в данных нет validation: сравнивать не по чему")
    trainer = trainer_of(config, job, save_strategy="no", load_best_model_at_end=False, report_to=[])
    trainer.add_callback(budget)
    trainer.train()
    return min(float(entry["eval_loss"]) for entry in trainer.state.log_history if "eval_loss" in entry)


def search(config: Config, choices: dict[str, Choose], *, trials: int, minutes: float) -> list[Tried[Config]]:
    """At most so many trials and minutes, the best first; writes `best.yaml` and `trials.tsv` into `config.output`."""
    if processes() > 1:
        raise BylostaloError("поиск идёт в одном процессе: запустите его без accelerate launch")
    deadline = time.monotonic() + 60 * minutes
    failures: list[BylostaloError] = []

    def chosen(trial: optuna.Trial) -> Config:
        return dataclasses.replace(config, **{key: choose(trial) for key, choose in choices.items()})

    def objective(trial: optuna.Trial) -> float:
        settings = chosen(trial)
        try:
            with advice_on_memory(settings):
                return least_loss(settings, prepare(settings), Budget(trial, deadline))
        except BylostaloError as error:
            log.warning("попытка %d: %s", trial.number, error)
            failures.append(error)
            raise

    def said(_: optuna.Study, trial: optuna.trial.FrozenTrial) -> None:
        log.info("попытка %d: %s, потери %s, %s", trial.number, SAID[trial.state.name], trial.value, trial.params)

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=config.seed))
    study.optimize(
        objective, n_trials=trials, timeout=60 * minutes, catch=BylostaloError, callbacks=[said], gc_after_trial=True
    )
    tried = [
        Tried(
            config=dataclasses.replace(config, **trial.params),
            values=trial.params,
            loss=trial.value if trial.state.name == "COMPLETE" else None,
            seconds=trial.duration.total_seconds() if trial.duration else 0.0,
            ended=SAID[trial.state.name],
        )
        for trial in study.trials
    ]
    tried.sort(key=lambda one: float("inf") if one.loss is None else one.loss)
    if not tried or tried[0].loss is None:
        raise failures[0] if failures else BylostaloError(f"за {minutes:g} мин не закончилась ни одна попытка")
    _write(Path(config.output), tried)
    return tried


def table(tried: list[Tried[Config]]) -> list[str]:
    """Tab-separated lines under a heading."""
    keys = list(tried[0].values)
    lines = ["\t".join(("loss", *keys, "seconds", "ended"))]
    for one in tried:
        loss = "" if one.loss is None else f"{one.loss:.4f}"
        values = (str(one.values.get(key, "")) for key in keys)
        lines.append("\t".join((loss, *values, f"{one.seconds:.0f}", one.ended)))
    return lines


def _write(output: Path, tried: list[Tried[Config]]) -> None:
    output.mkdir(parents=True, exist_ok=True)
    write_atomically(output / "trials.tsv", table(tried))
    best = yaml.safe_dump(dataclasses.asdict(tried[0].config), allow_unicode=True, sort_keys=False)
    write_atomically(output / "best.yaml", [f"# Потери на validation: {tried[0].loss:.4f}", best.rstrip()])
