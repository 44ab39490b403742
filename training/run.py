"""One training from beginning to end: checkpoints, figures, files."""

import dataclasses
import json
import logging
import shutil
import time
from pathlib import Path
from typing import Any

import torch
from transformers import EarlyStoppingCallback, set_seed

from bylostalo.data.errors import BylostaloError
from bylostalo.data.writing import write_atomically
from bylostalo.training.compiling import compile_blocks
from bylostalo.training.config import RunConfig
from bylostalo.training.job import Job
from bylostalo.training.memory import peak_memory
from bylostalo.training.process import is_first
from bylostalo.training.schedule import steps_of, training_arguments
from bylostalo.training.trainer import JobTrainer

FIGURES = "run.json"
STATE = "trainer_state.json"
log = logging.getLogger(__name__)


def begin(config: RunConfig) -> None:
    if config.threads:
        torch.set_num_threads(config.threads)
    set_seed(config.seed)


def checkpoints(output: Path) -> list[Path]:
    """Whole checkpoints, the newest last: the Trainer writes a checkpoint's state file after all others."""
    return sorted(
        (path.parent for path in output.glob(f"checkpoint-*/{STATE}") if _is_json(path)),
        key=lambda folder: int(folder.name.rpartition("-")[2]),
    )


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_text("utf-8"))
    except ValueError:
        return False
    return True


def clear(output: Path) -> None:
    """Makes room for a new run; one that was cut short is not thrown away."""
    if checkpoints(output) and not (output / FIGURES).is_file():
        raise BylostaloError(f"{output}: здесь прерванное обучение, продолжите с --resume или задайте другой output")
    (output / FIGURES).unlink(missing_ok=True)
    for folder in output.glob("checkpoint-*"):
        shutil.rmtree(folder)


def trainer_of(config: RunConfig, job: Job, **more: Any) -> JobTrainer:
    """A trainer by the config; `more` overrides the Trainer's own arguments."""
    if not job.validation:
        if config.patience:
            raise BylostaloError(f"patience={config.patience}: в данных нет validation, остановиться не по чему")
        more = {"eval_strategy": "no", **more}
    trainer = JobTrainer(job, training_arguments(config, **more))
    if config.patience and trainer.args.load_best_model_at_end:
        trainer.add_callback(EarlyStoppingCallback(config.patience))
    return trainer


def run(config: RunConfig, job: Job, *, resume: bool) -> dict[str, Any]:
    """Train, keep the best where `patience` is set, write the model and `run.json`; returns the figures."""
    output = Path(config.output)
    found = checkpoints(output) if resume else []
    if resume and not found:
        log.warning("%s: целых контрольных точек нет, обучение начинается сначала", output)
    if not found and is_first():
        clear(output)
    compile_blocks(job.model, steps=steps_of(config, len(job.train)))
    trainer = trainer_of(config, job)
    started = time.monotonic()
    trainer.train(resume_from_checkpoint=str(found[-1]) if found else None)
    trainer.evaluate_what_was_missed()
    figures = {
        "config": dataclasses.asdict(config),
        **job.facts,
        "hours": round((time.monotonic() - started) / 3600, 3),
        "peak_memory": peak_memory(),
        "log": trainer.state.log_history,
    }
    state = trainer.accelerator.get_state_dict(trainer.model_wrapped)
    if trainer.is_world_process_zero():
        job.save(output, state)
        write_atomically(output / FIGURES, [json.dumps(figures, ensure_ascii=False, indent=1)])
    trainer.accelerator.wait_for_everyone()
    return figures
