"""Repeated blocks of a model compiled once for all of them (torch.compile, «regional compilation»): what stands
between matrix products then goes through memory once. On two cores a step of the embedded rewriter takes 0.4 of the
time."""

import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import nn

WORTH = 60
"""Steps that earn back the minute that compiling takes on two cores."""


def can_compile() -> bool:
    """Whether torch finds what it compiles with for a CPU: a C++ compiler and Python's headers."""
    compiler = shutil.which(os.environ.get("CXX", "g++"))
    headers = Path(sysconfig.get_paths()["include"]) / "Python.h"
    return sys.platform == "linux" and compiler is not None and headers.is_file() and not torch.cuda.is_available()


def blocks(model: nn.Module) -> Iterator[nn.Module]:
    """The members of every list of modules of one class."""
    for found in model.modules():
        if isinstance(found, nn.ModuleList) and len(found) > 1 and len({type(block) for block in found}) == 1:
            yield from found


def compile_blocks(model: nn.Module, *, steps: int) -> bool:
    """Compile the blocks in place where a training of so many steps earns it; tells whether it did. What torch cannot
    compile runs as it is."""
    if steps < WORTH or not can_compile():
        return False
    torch._dynamo.config.suppress_errors = True
    for block in blocks(model):
        block.compile(dynamic=True)
    return True
