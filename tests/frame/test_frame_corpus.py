"""The detectors against the labels of the corpus; the rules were tuned on its training part."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bylostalo.data.reading import read_replies
from bylostalo.inference.frame.detect import has_greeting, has_open_door, impersonal_address_span

CORPUS = Path(__file__).parents[2] / "data" / "corpus"


def lacks_greeting(text: str) -> bool:
    return not has_greeting(text)


def lacks_door(text: str) -> bool:
    return not has_open_door(text)


def is_impersonal(text: str) -> bool:
    return impersonal_address_span(text) is not None


@pytest.mark.parametrize(
    ("code", "detect", "floor"),
    [
        ("no_greeting", lacks_greeting, 0.97),
        ("dead_end", lacks_door, 0.93),
        ("impersonal_address", is_impersonal, 0.98),
    ],
)
def test_agrees_with_labels(code: str, detect: Callable[[str], bool], floor: float) -> None:
    replies, _ = read_replies(CORPUS)
    agreed = sum(detect(reply.before) == (code in reply.codes) for reply in replies)
    assert agreed / len(replies) >= floor
