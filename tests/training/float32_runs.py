"""Trains each config of a folder in float32, in as many processes as launch it; tells which process wrote what."""

import sys
from contextlib import contextmanager
from pathlib import Path

import torch

from bylostalo.training import classifier, precision, rewriter, run
from bylostalo.training.config import kind_of, load_config
from bylostalo.training.folders import filled
from bylostalo.training.preparing import prepare
from bylostalo.training.process import is_first


@contextmanager
def told(target: Path):
    with (target.parents[1] / f"wrote.{'first' if is_first() else 'other'}").open("a") as file:
        file.write(f"{target.name}\n")
    with filled(target) as folder:
        yield folder


torch.set_num_threads(1)
precision.working_dtype = lambda: torch.float32
rewriter.filled = classifier.filled = told
for path in sorted(Path(sys.argv[1]).glob("*.yaml")):
    config = load_config(kind_of(path), path)
    run.run(config, prepare(config), resume=False)
