"""What the classifier and the rewriter answer."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Span = tuple[int, int]
Status = Literal["rewritten", "unchanged", "kept"]
STRICTNESS = 0.5
"""Where false alarms and misses are balanced as they were when the thresholds were fitted."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A problem of a reply: its code, its probability, and `[start, stop)` characters that show it (none for an
    absence)."""

    code: str
    score: float
    spans: tuple[Span, ...] = ()

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Problem":
        """The reverse of `to_dict`, also after a trip through JSON."""
        return cls(code=data["code"], score=data["score"], spans=tuple((start, stop) for start, stop in data["spans"]))

    def to_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "score": round(self.score, 4),
            "spans": [list(span) for span in self.spans],
        }


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """Problems above their thresholds, the likeliest first; `missing` are questions that only a person can answer."""

    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(problem.code for problem in self.problems)

    def to_dict(self) -> dict[str, Any]:
        return {"problems": [problem.to_dict() for problem in self.problems], "missing": list(self.missing)}


@dataclass(frozen=True, kw_only=True)
class Rewrite:
    """`after` equals the original unless `status` is `rewritten`; `reason` says why it was kept, or which sentences
    were, where a timeout came first."""

    after: str
    status: Status
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A diagnosis, a rewrite, and the problems that are left in it."""

    diagnosis: Diagnosis
    rewrite: Rewrite
    problems_after: tuple[Problem, ...]

    def to_dict(self) -> dict[str, Any]:
        """The output fields of the JSONL contract."""
        after = {"problems_after": [problem.to_dict() for problem in self.problems_after]}
        return {**self.diagnosis.to_dict(), **self.rewrite.to_dict(), **after}


@dataclass(frozen=True, kw_only=True)
class Request:
    """A reply to look at, with the customer's message and a person's notes where they are known."""

    before: str
    client_message: str | None = None
    notes: tuple[str, ...] = ()
