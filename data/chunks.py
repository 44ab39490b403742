"""A stream cut into pieces of one size."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def chunks(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """Tuples of `size` items in order, the last one maybe shorter."""
    source = iter(items)
    while chunk := tuple(islice(source, size)):
        yield chunk
