"""The work on templates in three stages; each takes and gives plain JSON values, so that any process can do it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bylostalo.inference.choice import Source
from bylostalo.inference.drafts import sources_of
from bylostalo.inference.editor import Editor, Reviewed, plan, untouched
from bylostalo.inference.results import Diagnosis, Problem, Request, Rewrite
from bylostalo.inference.streaming import settle
from bylostalo.inference.templates.rules import Rules, applied, broken, framed, permits
from bylostalo.inference.templates.structure import same_structure

Json = Any
EMPTY = re.compile(r"<(\w+)\b[^<>]*>\s*</\1>|^[^\S\n]*(?:[-*+•]|\d{1,3}[.)])[^\S\n]*$", re.M)


def reviewed_of(text: str, data: Mapping[str, Json]) -> Reviewed:
    """A template with its diagnosis as `Worker.diagnosis` gave it."""
    problems = tuple(map(Problem.from_dict, data["problems"]))
    cold = tuple((start, stop) for start, stop in data["cold"])
    idle = tuple((start, stop) for start, stop in data["idle"])
    return Reviewed(Request(before=text), Diagnosis(problems=problems, missing=tuple(data["missing"])), cold, idle)


def wanted(text: str, diagnosis: Mapping[str, Json]) -> list[Json]:
    """The sentences of a template that the model has to say, each with whether it is idle."""
    made = plan(reviewed_of(text, diagnosis))
    return [[source.sentence, source.idle] for source in sources_of(made)] if made else []


@dataclass(frozen=True)
class Worker:
    """The models and the house rules; every method does one stage for some items, in order."""

    editor: Editor
    rules: Rules

    def diagnosis(self, texts: Sequence[str]) -> list[Json]:
        found = self.editor.review([Request(before=text) for text in texts])
        return [
            {**one.diagnosis.to_dict(), "cold": [*map(list, one.cold)], "idle": [*map(list, one.idle)]} for one in found
        ]

    def sentences(self, sentences: Sequence[Json]) -> list[str | None]:
        asked = [Source(text, address=self.rules.address, idle=idle) for text, idle in sentences]
        said = self.editor.rewriter.say(asked)
        return [said[one] if permits(self.rules, one.sentence, said[one]) else None for one in asked]

    def result(self, items: Sequence[Sequence[Json]]) -> list[Json]:
        """Items are (text, diagnosis, texts said for `wanted`)."""
        reviewed = [reviewed_of(text, diagnosis) for text, diagnosis, _ in items]
        rewrites = [self._rewritten(one, said) for one, (_, _, said) in zip(reviewed, items, strict=True)]
        edits = self.editor.judge(reviewed, rewrites)
        return [{**edit.to_dict(), "broken_rules": list(broken(self.rules, edit.rewrite.after))} for edit in edits]

    def _rewritten(self, reviewed: Reviewed, said: Sequence[str | None]) -> Rewrite:
        made = plan(reviewed, Rules(apology=self.rules.apology))
        if made is None:
            return ruled(reviewed.request.before, untouched(reviewed.request), self.rules)
        chosen = dict(zip(sources_of(made), said, strict=True))
        rewrite = settle(made, chosen)
        if emptied(rewrite.after) > emptied(reviewed.request.before):
            rewrite = settle(made, {source: text or None for source, text in chosen.items()})
        return ruled(reviewed.request.before, rewrite, self.rules)


def emptied(text: str) -> int:
    """How many list items, paragraphs and cells say nothing."""
    return sum(1 for _ in EMPTY.finditer(text))


def ruled(before: str, rewrite: Rewrite, rules: Rules) -> Rewrite:
    """The rewrite by the rules of the house; else the original by them; else the original, where only that has the
    same structure."""
    reason = rewrite.reason
    for text in dict.fromkeys((rewrite.after, before)):
        after = applied(rules, text, key=before)
        if after == before:
            continue
        difference = same_structure(before, after) and same_structure(framed(rules, before, key=before), after)
        if difference is None:
            return Rewrite(after=after, status="rewritten")
        reason = f"изменилась бы разметка: {difference}"
    good = rewrite.status == "unchanged" and not reason
    return Rewrite(after=before, status="unchanged" if good else "kept", reason=reason)
