"""How much memory a training takes; and where it is not enough, one line that says which keys to change."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import torch

from bylostalo.data.errors import BylostaloError
from bylostalo.training.config import RunConfig

SIGNS = ("out of memory", "not enough memory", "can't allocate memory", "ALLOC_FAILED")


def peak_memory() -> int:
    """Bytes: of the GPU where there is one, else of this process."""
    if torch.cuda.is_available():
        return torch.cuda.max_memory_allocated()
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def is_out_of_memory(error: BaseException) -> bool:
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    return isinstance(error, RuntimeError) and any(sign in str(error) for sign in SIGNS)


def advice(config: RunConfig) -> str:
    """What to change, with the values it has now."""
    steps = []
    if config.batch_size > 1:
        half = (config.batch_size + 1) // 2
        doubled = config.gradient_accumulation * 2
        steps.append(f"batch_size={half} gradient_accumulation={doubled} (тот же шаг по частям)")
    if not config.gradient_checkpointing:
        steps.append("gradient_checkpointing=true (медленнее на треть)")
    steps.append(f"max_tokens меньше {config.max_tokens}")
    return "; ".join(steps)


@contextmanager
def advice_on_memory(config: RunConfig) -> Iterator[None]:
    """A `BylostaloError` instead of the many shapes that an exhausted memory takes."""
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        if not is_out_of_memory(error):
            raise
        where = "видеокарты" if torch.cuda.is_available() else "машины"
        raise BylostaloError(f"не хватило памяти {where}, попробуйте по порядку: {advice(config)}") from None
