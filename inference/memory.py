"""What was answered lately, by what was asked."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar

Asked = TypeVar("Asked", bound=Hashable)
Answer = TypeVar("Answer")


class Memory(Generic[Asked, Answer]):
    """The last `size` answers; safe to share between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: OrderedDict[Asked, Answer] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._held)

    def answers(self, asked: Sequence[Asked], find: Callable[[list[Asked]], Sequence[Answer]]) -> list[Answer]:
        """An answer for each that is asked; `find` is given those not known yet, each once."""
        distinct = dict.fromkeys(asked)
        with self._lock:
            known = {one: self._held[one] for one in distinct if one in self._held}
        missing = [one for one in distinct if one not in known]
        if missing:
            known.update(zip(missing, find(missing), strict=True))
        self._keep(known)
        return [known[one] for one in asked]

    def _keep(self, answers: dict[Asked, Answer]) -> None:
        with self._lock:
            for asked, answer in answers.items():
                self._held[asked] = answer
                self._held.move_to_end(asked)
            while len(self._held) > self._size:
                self._held.popitem(last=False)
