"""Trainings killed at chosen moments and resumed, each in a process of its own: `killed_runs.py FOLDER MOMENT…`.

One parent imports the libraries once and forks; it never computes anything, so that its children may.
"""

import dataclasses
import gc
import os
import signal
import sys
from importlib import import_module
from pathlib import Path

import torch

from bylostalo.training.config import RunConfig, kind_of, load_config
from bylostalo.training.preparing import prepare
from bylostalo.training.run import run

MOMENTS = {
    "in a step of the first epoch": ("bylostalo.training.trainer.JobTrainer.compute_loss", 5),
    "in a step after a checkpoint": ("bylostalo.training.trainer.JobTrainer.compute_loss", 9),
    "while a checkpoint is written": ("torch.save", 6),
    "before an old checkpoint is removed": ("transformers.trainer.rotate_checkpoints", 2),
    "before the evaluation of an epoch": ("bylostalo.training.trainer.JobTrainer.evaluate", 1),
    "before the last evaluation": ("bylostalo.training.trainer.JobTrainer.evaluate", 2),
    "while the model is saved": ("bylostalo.training.run.write_atomically", 1),
}


def kill_at(name: str, count: int) -> None:
    """SIGKILL in place of the `count`-th call of a function."""
    owner, _, attribute = name.rpartition(".")
    try:
        holder = import_module(owner)
    except ModuleNotFoundError:
        module, _, cls = owner.rpartition(".")
        holder = getattr(import_module(module), cls)
    original = getattr(holder, attribute)
    calls = iter(range(1, count + 1))

    def wrapped(*args, **kwargs):
        if next(calls, None) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args, **kwargs)

    setattr(holder, attribute, wrapped)


def in_a_child(config: RunConfig, *, resume: bool, moment: tuple[str, int] | None = None) -> int:
    """The exit status of a training in a forked process."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    torch.set_num_threads(1)
    if moment:
        kill_at(*moment)
    run(config, prepare(config), resume=resume)
    os._exit(0)


def main(folder: Path, moments: list[str]) -> None:
    gc.freeze()
    path = folder / "config.yaml"
    config = load_config(kind_of(path), path)
    whole = dataclasses.replace(config, output=str(folder / "whole"))
    assert in_a_child(whole, resume=False) == 0
    for moment in moments:
        cut = dataclasses.replace(config, output=str(folder / moment))
        assert in_a_child(cut, resume=False, moment=MOMENTS[moment]) == -signal.SIGKILL, moment
        assert not (folder / moment / "run.json").exists(), moment
        assert in_a_child(cut, resume=True) == 0, moment


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
