"""A template of a library and what became of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bylostalo.inference.results import Problem


@dataclass(frozen=True)
class Template:
    """`key` names the place in the library («лист!C7», «письма/отказ.md») and is unique in it."""

    key: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`after` equals `before` unless `status` is `rewritten`; `failed` templates say why in `reason`.

    `broken_rules` are the house rules that `after` does not keep, one line each.
    """

    key: str
    before: str
    after: str
    status: str
    reason: str = ""
    problems: tuple[Problem, ...] = ()
    problems_after: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()
    broken_rules: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def failed(template: Template, reason: str) -> Outcome:
    """A template that could not be worked on; it stays as it was."""
    return Outcome(key=template.key, before=template.text, after=template.text, status="failed", reason=reason)


def outcome_from(data: Mapping[str, Any]) -> Outcome:
    """The reverse of `Outcome.to_dict`, also after a trip through JSON."""
    tuples = {name: tuple(data[name]) for name in ("missing", "broken_rules")}
    problems = {name: tuple(map(Problem.from_dict, data[name])) for name in ("problems", "problems_after")}
    return Outcome(**{**data, **tuples, **problems})
