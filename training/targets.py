"""Losses at chosen positions only: the costly projection to the vocabulary is done nowhere else."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
import torch.nn.functional as F

IGNORED = -100


@contextmanager
def only(head: torch.nn.Module, here: torch.Tensor) -> Iterator[None]:
    """Lets the head see the states `[rows, length, hidden]` at the marked positions `[rows, length]` alone, through
    whatever wraps the model (mixed precision, DDP, FSDP)."""
    handle = head.register_forward_pre_hook(lambda _, states: (states[0][here],))
    try:
        yield
    finally:
        handle.remove()


def target_terms(
    model: Any, head: torch.nn.Module, wanted: torch.Tensor, *, label_smoothing: float = 0.0, **inputs: Any
) -> torch.Tensor:
    """The model's log-losses of the `wanted` ids `[rows, length]`, none where they are ignored: `[rows, 1, 2]`."""
    here = wanted != IGNORED
    with only(head, here):
        logits = model(**inputs).logits
    losses = F.cross_entropy(logits.float(), wanted[here], reduction="none", label_smoothing=label_smoothing)
    totals = torch.zeros(here.shape, device=here.device).masked_scatter(here, losses).sum(1)
    return torch.stack([totals, here.sum(1).float()], dim=-1)[:, None]
