"""How a customer's message and a reply become rows of ids for the classifier; long replies become windows."""

from collections.abc import Callable
from dataclasses import dataclass

from bylostalo.inference import reserved
from bylostalo.inference.canonical import canonical
from bylostalo.inference.engine.vocabulary import BOS, EOS, Vocabulary

Offsets = list[tuple[int, int]]
Tokenize = Callable[[str], tuple[list[int], Offsets]]
MESSAGE_SHARE = 3
"""The customer's message takes at most a third of a window; of a longer one the beginning and the end are seen."""


@dataclass(frozen=True)
class Frame:
    """Ids before the message, between message and reply, and after the reply."""

    start: tuple[int, ...]
    between: tuple[int, ...]
    end: tuple[int, ...]

    @property
    def size(self) -> int:
        return len(self.start) + len(self.between) + len(self.end)


@dataclass(frozen=True)
class Window:
    """`ids` of one row; reply tokens are at `[start, stop)` of it, their character offsets in `offsets`."""

    ids: list[int]
    start: int
    stop: int
    offsets: Offsets


def embedded_frame(vocabulary: Vocabulary) -> Frame:
    client, reply = vocabulary.encode(reserved.CLIENT), vocabulary.encode(reserved.REPLY)
    return Frame((BOS, *client), tuple(reply), (EOS,))


def _shortened(ids: list[int], limit: int) -> list[int]:
    if len(ids) <= limit:
        return ids
    head = limit // 2
    return [*ids[:head], *ids[len(ids) - (limit - head) :]]


def windows(message: str | None, reply: str, *, tokenize: Tokenize, frame: Frame, max_tokens: int) -> list[Window]:
    """Rows of at most `max_tokens` ids that cover the whole reply; neighbours overlap by a quarter."""
    room = max_tokens - frame.size
    asked = _shortened(tokenize(canonical(reserved.strip_reserved(message or "")).text)[0], room // MESSAGE_SHARE)
    plain = canonical(reply)
    ids, places = tokenize(plain.text)
    offsets = [plain.origin(place) for place in places]
    width = room - len(asked)
    stride = max(1, width * 3 // 4)
    head = [*frame.start, *asked, *frame.between]
    rows = []
    for first in range(0, max(1, len(ids)), stride):
        piece = ids[first : first + width]
        rows.append(
            Window([*head, *piece, *frame.end], len(head), len(head) + len(piece), offsets[first : first + width])
        )
        if first + width >= len(ids):
            break
    return rows
