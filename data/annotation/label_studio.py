"""Tasks of Label Studio (its basic JSON format), there and back.

https://labelstud.io/guide/predictions, https://labelstud.io/guide/task_format
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from bylostalo.data.errors import BylostaloError
from bylostalo.data.taxonomy import load

from .task import Mark, kept_fields, marks_of, problems, surety


def config() -> str:
    """The labelling interface that the tasks fit."""
    labels = "\n".join(
        f"    <Label value={quoteattr(c.code)} hint={quoteattr(c.title)}/>" for c in load() if c.has_spans
    )
    choices = "\n".join(f"    <Choice value={quoteattr(c.code)} hint={quoteattr(c.title)}/>" for c in load())
    return f"""<View>
  <Header value="Клиент"/>
  <Text name="client" value="$client_message"/>
  <Header value="Было"/>
  <Labels name="spans" toName="text">
{labels}
  </Labels>
  <Text name="text" value="$before"/>
  <Choices name="codes" toName="text" choice="multiple">
{choices}
  </Choices>
  <Header value="Стало"/>
  <TextArea name="after" toName="text" rows="6" editable="true" maxSubmissions="1"/>
</View>
"""


def _item(name: str, kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"from_name": name, "to_name": "text", "type": kind, "value": dict(value)}


def _results(record: Mapping[str, Any], marks: Sequence[Mark]) -> Iterator[dict[str, Any]]:
    before = record["before"]
    for mark in marks:
        for start, stop in mark.spans:
            value = {"start": start, "end": stop, "text": before[start:stop], "labels": [mark.code]}
            yield _item("spans", "labels", value)
    if marks:
        yield _item("codes", "choices", {"choices": [mark.code for mark in marks]})
    if record.get("after"):
        yield _item("after", "textarea", {"text": [record["after"]]})


def task_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record as a task; what is known of it is a prediction for the annotator to accept or change."""
    marks = marks_of(record)
    prediction: dict[str, Any] = {"model_version": "bylostalo", "result": list(_results(record, marks))}
    if (score := surety(marks)) is not None:
        prediction["score"] = score
    return {"data": kept_fields(record), "predictions": [prediction]}


def record_of(task: Mapping[str, Any]) -> dict[str, Any]:
    """A finished task as a corpus record: the last annotation that was not cancelled, else the prediction."""
    try:
        data = dict(task["data"])
        done = [one for one in task.get("annotations") or () if not one.get("was_cancelled")]
        results = (done or list(task.get("predictions") or ()))[-1:]
        spans: dict[str, list[tuple[int, int]]] = {}
        chosen: list[str] = []
        after = data["before"]
        for result in (item for one in results for item in one["result"]):
            value = result["value"]
            if result["type"] == "labels":
                spans.setdefault(value["labels"][0], []).append((value["start"], value["end"]))
            elif result["type"] == "choices":
                chosen += value["choices"]
            elif result["type"] == "textarea":
                after = "\n".join(value["text"])
        return {**data, "after": after, "problems": list(problems(chosen, spans, data["before"]))}
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise BylostaloError(f"задача Label Studio {task.get('id', '')}: не та форма, нет {error}") from None
