"""What a person decided about the templates of a library, as the review page exports it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates.template import Outcome

FORMAT = "bylostalo-decisions-1"
Action = Literal["accept", "reject", "edit"]
Asked = tuple[str, tuple[str, ...]]
"""A template and a person's answers to its questions."""
_ACTIONS: tuple[str, ...] = get_args(Action)
_DOCUMENT = {"format", "job", "decisions"}
_FIELDS = {"key", "decision", "answers"}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """`text` is set where `action` is `edit`, and only there; `answers` hold what a person said to the questions."""

    action: Action
    text: str | None
    answers: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """`job` as it was given to the page; templates that nobody decided about are not in `by_key`."""

    job: Mapping[str, str]
    by_key: Mapping[str, Decision]


def accepted(decisions: Decisions, found: Mapping[str, Outcome]) -> tuple[dict[str, str], dict[str, Asked]]:
    """By key: the texts to be put in place, and of those accepted with answers what is to be said anew."""
    texts: dict[str, str] = {}
    asked: dict[str, Asked] = {}
    for key, decision in decisions.by_key.items():
        notes = tuple(answer.strip() for answer in decision.answers.values() if answer.strip())
        if decision.text is not None:
            texts[key] = decision.text
        elif decision.action == "accept" and notes:
            asked[key] = found[key].before, notes
        elif decision.action == "accept":
            texts[key] = found[key].after
    return texts, asked


def read_decisions(path: Path) -> Decisions:
    """Raises `BylostaloError` with one line on the first thing that is wrong with the file."""
    try:
        return _decisions(_loaded(path))
    except _MalformedError as error:
        raise BylostaloError(f"{path}: {error}; выгрузите решения со страницы ещё раз") from None


class _MalformedError(Exception):
    """What is wrong with a file, in Russian."""


def _loaded(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise BylostaloError(f"{path}: не читается ({error.strerror})") from None
    except UnicodeDecodeError:
        raise _MalformedError("это не текст в UTF-8") from None
    except (ValueError, RecursionError):
        raise _MalformedError("это не JSON") from None


def _decisions(document: Any) -> Decisions:
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _MalformedError(f"это не решения (нет поля format со значением {FORMAT})")
    _check_fields(document, _DOCUMENT, "файл")
    if not _strings(document["job"]):
        raise _MalformedError("job должно быть объектом, где все значения строки")
    if not isinstance(document["decisions"], list):
        raise _MalformedError("decisions должно быть списком")
    by_key: dict[str, Decision] = {}
    for number, entry in enumerate(document["decisions"], start=1):
        key, decision = _decision(entry, f"решение {number}")
        if key in by_key:
            raise _MalformedError(f"решение {number}: шаблон {key!r} уже был выше")
        by_key[key] = decision
    return Decisions(job=document["job"], by_key=by_key)


def _decision(entry: Any, where: str) -> tuple[str, Decision]:
    if not isinstance(entry, dict):
        raise _MalformedError(f"{where}: должно быть объектом")
    action = entry.get("decision")
    if action not in _ACTIONS:
        raise _MalformedError(f"{where}: decision должно быть одним из {', '.join(_ACTIONS)}")
    _check_fields(entry, _FIELDS | {"text"} if action == "edit" else _FIELDS, where)
    key, text, answers = entry["key"], entry.get("text"), entry["answers"]
    if not isinstance(key, str) or not key:
        raise _MalformedError(f"{where}: key должно быть непустой строкой")
    if action == "edit" and not (isinstance(text, str) and text.strip()):
        raise _MalformedError(f"{where}: text должно быть непустой строкой")
    if not _strings(answers):
        raise _MalformedError(f"{where}: answers должно быть объектом, где все значения строки")
    return key, Decision(action=cast(Action, action), text=text, answers=answers)


def _check_fields(entry: Mapping[str, Any], fields: set[str], where: str) -> None:
    if lost := sorted(fields - entry.keys()):
        raise _MalformedError(f"{where}: нет поля {lost[0]}")
    if strange := sorted(entry.keys() - fields):
        raise _MalformedError(f"{where}: лишнее поле {strange[0]!r}")


def _strings(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
