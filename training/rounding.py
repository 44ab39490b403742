"""Training with the rounding of the integer products at inference (Jacob et al., 2018): the adapter makes up for it."""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from peft.tuners.lora import Linear

from bylostalo.inference.engine.quantise import SAFE, ZERO

ADAPTER = "default"


def round_rows(values: torch.Tensor, levels: int) -> torch.Tensor:
    """Float32 `[..., width]` in place: each row is rounded to `levels` steps on either side of zero."""
    steps = torch.linalg.vector_norm(values, ord=torch.inf, dim=-1, keepdim=True).div_(levels).clamp_(min=1e-12)
    return values.div_(steps).round_().mul_(steps)


def rounded(weight: torch.Tensor) -> torch.Tensor:
    """`[outputs, inputs]` float32 with the numbers that `quantise_columns` leaves of it."""
    return round_rows(weight.clone(), SAFE)


class RoundedByToken(torch.autograd.Function):
    """`[..., width]` as the graph's `integer_matmul` sees it; gradients pass straight through (Bengio et al., 2013)."""

    @staticmethod
    def forward(_: Any, values: torch.Tensor) -> torch.Tensor:
        return round_rows(values.to(torch.float32, copy=True), ZERO - 1).to(values.dtype)

    @staticmethod
    def backward(_: Any, gradient: torch.Tensor) -> torch.Tensor:
        return gradient


def rounded_by_token(values: torch.Tensor) -> torch.Tensor:
    seen: torch.Tensor = RoundedByToken.apply(values)  # type: ignore[no-untyped-call]
    return seen


def remembering(function: Callable[[torch.Tensor], torch.Tensor]) -> Callable[[Any, tuple[torch.Tensor]], Any]:
    """A forward pre-hook that is worked out once for the layers that read the same tensor one after another."""
    last: list[torch.Tensor] = []

    def hook(_: Any, inputs: tuple[torch.Tensor]) -> tuple[torch.Tensor]:
        if not last or last[0] is not inputs[0]:
            last[:] = [inputs[0], function(inputs[0])]
        return (last[1],)

    return hook


@torch.no_grad()
def fingerprint(parameters: Iterable[torch.Tensor]) -> list[float]:
    """Tells whether they have changed; fused optimisers do not count a tensor's versions."""
    return torch.stack([parameter.double().sum() for parameter in parameters]).tolist()


@torch.no_grad()
def place(layer: Linear, exact: torch.Tensor) -> None:
    """Moves the frozen weight so that it and the adapter's update are together the rounded merged weight."""
    down, up = layer.lora_A[ADAPTER].weight.float(), layer.lora_B[ADAPTER].weight.float()
    scale = layer.scaling[ADAPTER]
    merged = round_rows(torch.addmm(exact.float(), up, down, alpha=scale), SAFE)
    layer.get_base_layer().weight.copy_(merged.addmm_(up, down, alpha=-scale))


def round_while_training(model: Any) -> None:
    """Every forward pass sees rounded merged weights, placed anew when the adapter has changed, and rounded inputs."""
    layers = [layer for layer in model.modules() if isinstance(layer, Linear)]
    exact = [layer.get_base_layer().weight.clone() for layer in layers]
    learnt = [parameter for layer in layers for parameter in layer.parameters() if parameter.requires_grad]
    placed: list[float] = []

    def refresh(*_: Any) -> None:
        now = fingerprint(learnt)
        if placed != now:
            for layer, weight in zip(layers, exact, strict=True):
                place(layer, weight)
            placed[:] = now

    model.register_forward_pre_hook(refresh)
    round_inputs = remembering(rounded_by_token)
    for layer in layers:
        layer.register_forward_pre_hook(round_inputs)
