"""The problems of a support reply, as `taxonomy.yaml` lists them."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

Group = Literal["in_text", "absence"]


@dataclass(frozen=True, kw_only=True)
class ProblemCode:
    """One named problem. `question` is set where a person must supply what the text lacks."""

    code: str
    title: str
    group: Group
    definition: str
    example: str
    has_spans: bool
    needs_client_message: bool
    mendable: bool
    severity: int
    advice: str
    question: str | None = None


@cache
def load() -> tuple[ProblemCode, ...]:
    """All problems in their fixed order."""
    text = files(__package__).joinpath("taxonomy.yaml").read_text(encoding="utf-8")
    return tuple(ProblemCode(**entry) for entry in yaml.safe_load(text))


@cache
def codes() -> tuple[str, ...]:
    """All codes in their fixed order."""
    return tuple(problem.code for problem in load())


@cache
def _index() -> dict[str, ProblemCode]:
    return {problem.code: problem for problem in load()}


def by_code(code: str) -> ProblemCode:
    """The problem named `code`. Raises `KeyError` with the known codes where there is none."""
    try:
        return _index()[code]
    except KeyError:
        raise KeyError(f"неизвестный код {code!r}, есть: {', '.join(codes())}") from None
