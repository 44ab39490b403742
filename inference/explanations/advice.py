"""One line of advice on a problem, as near to its words as is sure."""

from collections.abc import Callable, Sequence

from bylostalo.data.taxonomy import by_code
from bylostalo.inference.lists import entries, met
from bylostalo.inference.results import Problem

from .plain import plainer
from .voice import active

MOST = 2
Rule = Callable[[str, Problem, Sequence[str]], str | None]


def advice(reply: str, problem: Problem, phrases: Sequence[str]) -> str:
    """What to do about a problem; the line of the taxonomy where nothing nearer is sure."""
    lines = (rule(reply, problem, phrases) for rule in RULES.get(problem.code, (by_hint,)))
    return next((line for line in lines if line), by_code(problem.code).advice)


def in_active_voice(reply: str, problem: Problem, phrases: Sequence[str]) -> str | None:
    """«Скажите прямо, например «мы заблокировали аккаунт».»"""
    found = dict.fromkeys(said for span in problem.spans if (said := active(reply, span)))
    return f"Скажите прямо, например {_listed(list(found)[:MOST])}." if found else None


def in_plain_words(reply: str, problem: Problem, phrases: Sequence[str]) -> str | None:
    """«Проще: «денежные средства» → «деньги».»"""
    found = list(dict.fromkeys(one for span in problem.spans for one in plainer(reply, span)))
    found.sort(key=lambda one: -len(one.said.split()))
    changed = [f"«{one.said}» → «{one.instead}»" for one in found if one.instead]
    needless = [one.said for one in found if not one.instead]
    if changed:
        return f"Скажите проще: {', '.join(changed[:MOST])}."
    return f"Уберите {_listed(needless[:MOST])} и начните с дела." if needless else None


def by_hint(reply: str, problem: Problem, phrases: Sequence[str]) -> str | None:
    """Lines of `hints.yaml` for the first phrases that they fit."""
    found: dict[str, str] = {}
    for phrase in phrases:
        if line := _hint(problem.code, phrase):
            found.setdefault(line, line.format(said=f"«{phrase}»" if len(phrases) > 1 else "этого"))
    return " ".join(list(found.values())[:MOST]) or None


def _hint(code: str, phrase: str) -> str | None:
    hints = entries(__package__, "hints", code)
    return next((line for triggers, line in hints if met(triggers, phrase)), None)


def _listed(phrases: Sequence[str]) -> str:
    return ", ".join(f"«{phrase}»" for phrase in phrases)


RULES: dict[str, tuple[Rule, ...]] = {
    "passive_voice": (in_active_voice,),
    "officialese": (in_plain_words, in_active_voice),
}
