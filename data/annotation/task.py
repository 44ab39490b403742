"""What every annotation tool shows and asks: texts, codes, fragments, the rewrite."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bylostalo.data.errors import BylostaloError
from bylostalo.data.records import Label
from bylostalo.data.taxonomy import by_code, codes

ANSWERS = ("problems", "problems_after", "after", "missing", "status", "reason")


@dataclass(frozen=True)
class Mark:
    """A problem of a reply: its fragments `[start, stop)` in characters, and a probability where a model gave it."""

    code: str
    spans: tuple[tuple[int, int], ...]
    score: float | None = None


def marks_of(record: Mapping[str, Any]) -> tuple[Mark, ...]:
    """Problems of a corpus record (`quotes`) or of a line that `bylostalo check` wrote (`spans`, `score`)."""
    return tuple(_mark(problem, record["before"]) for problem in record.get("problems") or ())


def _mark(problem: Mapping[str, Any], before: str) -> Mark:
    if "spans" in problem or "score" in problem:
        spans = tuple((int(start), int(stop)) for start, stop in problem.get("spans") or ())
        return Mark(problem["code"], spans, problem.get("score"))
    return Mark(problem["code"], Label.from_dict(problem).spans(before))


def surety(marks: Sequence[Mark]) -> float | None:
    """The least probability among the marks, None where no model gave any."""
    return min((mark.score for mark in marks if mark.score is not None), default=None)


def kept_fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """Everything of a record that is no answer: it travels with the task and comes back."""
    return {key: value for key, value in record.items() if key not in ANSWERS}


def quotes(before: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The fragments, each once, in order of their places."""
    return list(dict.fromkeys(before[start:stop] for start, stop in sorted(spans)))


def problems(
    chosen: Sequence[str], spans: Mapping[str, Sequence[tuple[int, int]]], before: str
) -> Iterator[dict[str, Any]]:
    """Labels of a record: the codes chosen, and those that only a fragment shows."""
    for code in dict.fromkeys((*chosen, *spans)):
        if code not in codes():
            raise BylostaloError(f"в разметке неизвестный код «{code}»")
        if by_code(code).has_spans:
            yield {"code": code, "quotes": quotes(before, spans.get(code, ()))}
        else:
            yield {"code": code}
