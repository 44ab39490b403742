"""Puts outcomes, styles and scripts into one HTML file."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from bylostalo.data import taxonomy
from bylostalo.data.writing import write_atomically
from bylostalo.inference.explanations import explained
from bylostalo.inference.results import Diagnosis, Problem, Span
from bylostalo.inference.templates.decisions import FORMAT
from bylostalo.inference.templates.template import Outcome

SCRIPTS = ("dom.js", "text.js", "state.js", "charts.js", "tip.js", "card.js", "list.js", "page.js")
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def write_review(outcomes: Sequence[Outcome], target: Path, *, title: str, job: Mapping[str, str]) -> None:
    """The page at `target`, whole or not at all; `job` comes back unchanged in the decisions that it exports."""
    write_atomically(target, [page(outcomes, title=title, job=job)])


def page(outcomes: Sequence[Outcome], *, title: str, job: Mapping[str, str]) -> str:
    data = {
        "format": FORMAT,
        "title": title,
        "job": dict(job),
        "store": _job_hash(job),
        "codes": [_code(entry) for entry in taxonomy.load()],
        "outcomes": [_shown(outcome) for outcome in outcomes],
    }
    style, script = _source("page.css"), "\n".join(map(_source, SCRIPTS))
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return Template(_source("page.html")).substitute(policy=policy, style=style, script=script, data=safe_json(data))


def safe_json(value: Any) -> str:
    """JSON that ends no script element and can always be encoded."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


@cache
def _source(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _digest(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _job_hash(job: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(dict(job), sort_keys=True).encode()).hexdigest()[:16]


def _code(entry: taxonomy.ProblemCode) -> dict[str, Any]:
    return {"code": entry.code, "title": entry.title, "advice": entry.advice, "severity": entry.severity}


def _shown(outcome: Outcome) -> dict[str, Any]:
    return {
        "key": outcome.key,
        "before": outcome.before,
        "after": outcome.after,
        "status": outcome.status,
        "reason": outcome.reason,
        "problems": _problems(outcome),
        "left": [problem.code for problem in outcome.problems_after],
        "missing": outcome.missing,
        "broken": outcome.broken_rules,
    }


def _problems(outcome: Outcome) -> list[dict[str, Any]]:
    advice = {found.code: found.advice for found in explained(outcome.before, Diagnosis(problems=outcome.problems))}
    return [_problem(problem, outcome.before, advice[problem.code]) for problem in outcome.problems]


def _problem(problem: Problem, text: str, advice: str) -> dict[str, Any]:
    spans = [_utf16(span, text) for span in problem.spans]
    return {"code": problem.code, "score": round(problem.score, 2), "spans": spans, "advice": advice}


def _utf16(span: Span, text: str) -> tuple[int, ...]:
    """A span of characters as the browser counts them, in UTF-16 units."""
    return tuple(len(text[:end].encode("utf-16-le", "surrogatepass")) // 2 for end in span)
