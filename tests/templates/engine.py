"""A stand-in for the models: says a sentence anew by rule, at once and always the same."""

import time
from collections.abc import Iterable, Iterator
from typing import Any

from bylostalo.inference.editor import Reviewed
from bylostalo.inference.results import Diagnosis, Edit, Problem
from bylostalo.inference.templates.rules import Rules
from bylostalo.inference.templates.stages import Worker


def diagnosis(text: str) -> Any:
    problems = [{"code": "officialese", "score": 0.9, "spans": [[0, 3]]}] if "осуществл" in text else []
    cold = [[0, len(text)]] if problems else []
    return {"problems": problems, "missing": ["Когда?"] if problems else [], "cold": cold, "idle": []}


def said(sentence: str) -> str:
    return sentence.replace("осуществляется", "идёт").replace("осуществлена", "была")


def result(item: list[Any]) -> Any:
    text, found, sentences = item
    after = " ".join(sentences) if found["problems"] else text
    status = "rewritten" if after != text else "unchanged"
    return {
        "problems": found["problems"], "missing": found["missing"], "after": after, "status": status, "reason": "",
        "problems_after": [], "broken_rules": [],
    }  # fmt: skip


WORK = {"diagnosis": diagnosis, "sentences": lambda item: said(item[0]), "result": result}


def execute(stage: str, chunks: Iterable[list[Any]], *, pause: float = 0.0) -> Iterator[list[Any]]:
    for chunk in chunks:
        time.sleep(pause)
        yield [WORK[stage](item) for item in chunk]


class Editor:
    """A stand-in for the models under the real worker: plan, facts, structure and house rules are the real ones."""

    def __init__(self):
        self.rewriter = self

    def review(self, requests):
        return [self._reviewed(request) for request in requests]

    def say(self, sources):
        return {source: said(source.sentence) for source in sources}

    def judge(self, reviewed, rewrites):
        return [
            Edit(diagnosis=one.diagnosis, rewrite=rewrite, problems_after=())
            for one, rewrite in zip(reviewed, rewrites, strict=True)
        ]

    def _reviewed(self, request):
        problems = (Problem(code="officialese", score=0.9, spans=((0, 3),)),) if "осуществл" in request.before else ()
        cold = ((0, len(request.before)),) if problems else ()
        return Reviewed(request, Diagnosis(problems=problems, missing=("Когда?",) if problems else ()), cold)


def working(rules: Rules):
    """Does the stages by the real worker."""
    worker = Worker(Editor(), rules)
    return lambda stage, chunks: (getattr(worker, stage)(chunk) for chunk in chunks)
