"""What the processor can do."""

from functools import cache
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
DOT_PRODUCTS = frozenset({"avx512_vnni", "avx_vnni", "amx_int8", "asimddp"})
"""Instructions, as Linux names them, that add products of 8-bit integers in 32 bits."""


@cache
def has_dot_products() -> bool:
    """Whether sums of integer products cannot overflow; no, where that is not known."""
    try:
        return not DOT_PRODUCTS.isdisjoint(CPUINFO.read_text("utf-8").split())
    except OSError:
        return False
