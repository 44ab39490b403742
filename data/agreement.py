"""How far two people who labelled the same replies agree."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from .errors import BylostaloError
from .reading import Defect, read_jsonl
from .taxonomy import codes


@dataclass(frozen=True)
class Agreement:
    """Counts of replies where both, the first alone and the second alone gave a code, and Cohen's kappa."""

    both: int
    first: int
    second: int
    kappa: float


def cohen_kappa(both: int, first: int, second: int, total: int) -> float:
    """Agreement beyond chance (Cohen, 1960); 1 where both never gave the code."""
    one, other = (both + first) / total, (both + second) / total
    chance = one * other + (1 - one) * (1 - other)
    return 1.0 if chance == 1 else (1 - (first + second) / total - chance) / (1 - chance)


def agreements(first: Mapping[str, Collection[str]], second: Mapping[str, Collection[str]]) -> dict[str, Agreement]:
    """Per code, over the replies that both labelled."""
    shared = first.keys() & second.keys()
    found = {}
    for code in codes():
        both = sum(code in first[one] and code in second[one] for one in shared)
        mine = sum(code in first[one] and code not in second[one] for one in shared)
        theirs = sum(code not in first[one] and code in second[one] for one in shared)
        found[code] = Agreement(both, mine, theirs, cohen_kappa(both, mine, theirs, max(1, len(shared))))
    return found


def read_labels(path: Path) -> dict[str, frozenset[str]]:
    """Codes by id of a JSONL file of `{"id", "codes"}`. Raises `BylostaloError`."""
    found = {}
    for line, data in read_jsonl(path):
        if isinstance(data, Defect):
            raise BylostaloError(str(data))
        unknown = set(data.get("codes", ())) - set(codes())
        if "id" not in data or "codes" not in data or unknown:
            raise BylostaloError(f"{path}:{line}: нужны id и codes{f', неизвестно {unknown}' if unknown else ''}")
        found[data["id"]] = frozenset(data["codes"])
    return found
