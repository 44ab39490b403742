"""The number format a training computes in."""

import torch


def working_dtype() -> torch.dtype:
    """bfloat16 where the hardware multiplies it, float16 on older GPUs, float32 on CPUs without AVX-512: there torch
    takes bfloat16 products number by number, some two hundred times slower."""
    if torch.cuda.is_available():
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
    return torch.bfloat16 if torch.backends.cpu.get_cpu_capability().startswith("AVX512") else torch.float32


def mixed_precision() -> dict[str, bool]:
    """The working format as the Trainer spells it."""
    return {"bf16": working_dtype() == torch.bfloat16, "fp16": working_dtype() == torch.float16}
