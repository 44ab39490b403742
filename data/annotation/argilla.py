"""Records of Argilla 2 (`dataset.records.to_json`), there and back.

https://docs.argilla.io/latest/how_to_guides/import_export
"""

import json
from collections.abc import Mapping
from typing import Any

from bylostalo.data.errors import BylostaloError

from .task import kept_fields, marks_of, problems, surety

AGENT = "bylostalo"
RECORD = "record"


def task_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record with its known labels as suggestions; the record itself travels in the metadata."""
    marks = marks_of(record)
    spans = [{"start": start, "end": stop, "label": mark.code} for mark in marks for start, stop in mark.spans]
    suggestions: dict[str, Any] = {
        "codes": {"value": [mark.code for mark in marks], "score": surety(marks), "agent": AGENT},
        "spans": {"value": spans, "score": None, "agent": AGENT},
    }
    if record.get("after"):
        suggestions["after"] = {"value": record["after"], "score": None, "agent": AGENT}
    return {
        "id": record["id"],
        "status": "pending",
        "fields": {"client_message": record.get("client_message") or "", "before": record["before"]},
        "metadata": {RECORD: json.dumps(kept_fields(record), ensure_ascii=False)},
        "suggestions": suggestions,
        "responses": {},
        "vectors": {},
    }


def _answer(task: Mapping[str, Any], question: str) -> Any:
    given = [one for one in task.get("responses", {}).get(question) or () if one.get("value") is not None]
    if given:
        return given[-1]["value"]
    return (task.get("suggestions", {}).get(question) or {}).get("value")


def record_of(task: Mapping[str, Any]) -> dict[str, Any]:
    """A record with the last response to each question, else the suggestion."""
    try:
        data = json.loads(task["metadata"][RECORD])
        spans: dict[str, list[tuple[int, int]]] = {}
        for span in _answer(task, "spans") or ():
            spans.setdefault(span["label"], []).append((span["start"], span["end"]))
        chosen = _answer(task, "codes") or []
        after = _answer(task, "after") or data["before"]
        return {**data, "after": after, "problems": list(problems(chosen, spans, data["before"]))}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BylostaloError(f"запись Argilla {task.get('id', '')}: не та форма ({error})") from None
