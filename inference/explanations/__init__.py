"""A diagnosis in words: every problem with the phrases that show it and advice that fits them."""

from dataclasses import dataclass

from bylostalo.data.taxonomy import by_code
from bylostalo.inference.results import Diagnosis

from .advice import advice
from .phrases import phrases


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """A problem as a person would put it: `phrases` of the reply that show it (none for an absence), and what to do."""

    code: str
    title: str
    score: float
    phrases: tuple[str, ...]
    advice: str


def explained(reply: str, diagnosis: Diagnosis) -> tuple[Explanation, ...]:
    """One explanation a problem, in order; a phrase that an earlier one has shown is not shown again, unless it is the
    only one."""
    found: list[Explanation] = []
    shown: list[str] = []
    for problem in diagnosis.problems:
        own = phrases(reply, problem.spans)
        new = tuple(phrase for phrase in own if not any(phrase.casefold() in other for other in shown)) or own[:1]
        shown.extend(phrase.casefold() for phrase in new)
        found.append(
            Explanation(
                code=problem.code,
                title=by_code(problem.code).title,
                score=problem.score,
                phrases=new,
                advice=advice(reply, problem, own),
            )
        )
    return tuple(found)
