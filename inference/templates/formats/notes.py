"""What is written beside a template: the rewrite, and what was found."""

from collections.abc import Callable, Container, Mapping

from bylostalo.data.taxonomy import by_code
from bylostalo.inference.results import Problem
from bylostalo.inference.templates.template import Outcome

from .fitting import Fit

Notes = Mapping[str, str]
NAMES = ("стало", "статус", "проблемы", "вопросы", "причина")
STATUSES = {
    "rewritten": "переписан",
    "unchanged": "хорош, не тронут",
    "kept": "оставлен как был",
    "failed": "не разобран",
}


def notes_on(outcome: Outcome, fit: Callable[[str], Fit]) -> Notes:
    """The notes by name, as the file can hold them; `причина` also says what it could not."""
    after = fit(outcome.after)
    reasons = (outcome.reason, *outcome.broken_rules, after.remark)
    values = (
        after.text,
        STATUSES.get(outcome.status, outcome.status),
        ", ".join(map(_titled, outcome.problems)),
        " ".join(outcome.missing),
        "; ".join(filter(None, reasons)),
    )
    return {name: fit(value).text for name, value in zip(NAMES, values, strict=True)}


def _titled(problem: Problem) -> str:
    return f"{problem.code} ({by_code(problem.code).title})"


def free_name(name: str, taken: Container[str]) -> str:
    """The name itself, or «имя 2», «имя 3» where it is taken."""
    number = 2
    free = name
    while free in taken:
        free = f"{name} {number}"
        number += 1
    return free


def free_names(taken: Container[str], prefix: str = "") -> tuple[str, ...]:
    """Names for all notes that are not among the taken ones."""
    return tuple(free_name(f"{prefix}{name}", taken) for name in NAMES)
