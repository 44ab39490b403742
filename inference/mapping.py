"""The editor as a function of batches, for `datasets`, Ray, Dask and Spark."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

from bylostalo.inference.editor import Editor
from bylostalo.inference.inputs import too_long
from bylostalo.inference.results import Edit, Request

NEW_COLUMNS = ("after", "status", "reason", "problems", "missing")
_LOADING = Lock()


@dataclass(frozen=True, kw_only=True)
class Rewriting:
    """Adds `NEW_COLUMNS`, all of strings, to replies in `column`; `client_message` and `notes` are used where they are.

    `status` is `rewritten`, `unchanged`, `kept` or, without a text to work on, `failed`; `reason` says why of the last
    two; `problems` are codes joined by commas, `missing` are questions joined by line breaks. Pickled without the
    models: every process loads them once, when it is given its first reply. `classifier` and `rewriter` are folders,
    the shipped models without them; `threads` is 0 for all cores.
    """

    classifier: str | None = None
    rewriter: str | None = None
    column: str = "before"
    threads: int = 0

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        """A batch of columns, lists or arrays of one length; its columns come back with the new ones."""
        replies = batch[self.column]
        blank = [None] * len(replies)
        columns = (replies, batch.get("client_message", blank), batch.get("notes", blank))
        added = self._added([_request(*values) for values in zip(*columns, strict=True)])
        return {**batch, **{name: [one[name] for one in added] for name in NEW_COLUMNS}}

    def rows(self, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The same for rows, in order."""
        given = list(rows)
        requests = [_request(row[self.column], row.get("client_message"), row.get("notes")) for row in given]
        return [{**row, **one} for row, one in zip(given, self._added(requests), strict=True)]

    def _added(self, requests: Sequence[Request]) -> list[dict[str, str]]:
        refused = {index: reason for index, request in enumerate(requests) if (reason := _refused(request.before))}
        good = [request for index, request in enumerate(requests) if index not in refused]
        edits = iter(self._edits(good) if good else [])
        return [
            _columns(request.before, "failed", refused[index]) if index in refused else _columns_of(next(edits))
            for index, request in enumerate(requests)
        ]

    def _edits(self, requests: Sequence[Request]) -> list[Edit]:
        with _LOADING:
            editor = _editor(os.getpid(), self.classifier, self.rewriter, self.threads)
        return editor.edit(requests)


@cache
def _editor(process: int, classifier: str | None, rewriter: str | None, threads: int) -> Editor:
    """The models of this very process: those of a parent do not work in its fork."""
    return Editor.from_pretrained(classifier, rewriter, threads=threads)


def _text(value: Any) -> str:
    """A cell as text; empty for None and for the NaN of pandas."""
    return str(value) if isinstance(value, str) else ""


def _request(before: Any, client_message: Any, notes: Any) -> Request:
    given = [notes] if isinstance(notes, str) else notes if hasattr(notes, "__len__") else ()
    return Request(
        before=_text(before),
        client_message=_text(client_message) or None,
        notes=tuple(note for note in map(_text, given) if note.strip()),
    )


def _refused(before: str) -> str:
    return too_long(before) if before.strip() else "нет текста ответа"


def _columns(after: str, status: str, reason: str, problems: str = "", missing: str = "") -> dict[str, str]:
    return dict(zip(NEW_COLUMNS, (after, status, reason, problems, missing), strict=True))


def _columns_of(edit: Edit) -> dict[str, str]:
    codes = ",".join(problem.code for problem in edit.diagnosis.problems)
    rewrite = edit.rewrite
    return _columns(rewrite.after, rewrite.status, rewrite.reason, codes, "\n".join(edit.diagnosis.missing))
