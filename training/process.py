"""Which process this is."""

import os


def is_first() -> bool:
    """Whether this is the process that writes and speaks; `torchrun` and `accelerate launch` number them."""
    return os.environ.get("RANK", "0") == "0"


def processes() -> int:
    return int(os.environ.get("WORLD_SIZE", "1"))
