"""Answers of a person to the questions of a template, woven into its rewrite as notes."""

from collections.abc import Mapping

from bylostalo.inference.editor import Editor
from bylostalo.inference.results import Request, Rewrite
from bylostalo.inference.templates.decisions import Asked
from bylostalo.inference.templates.rules import Rules
from bylostalo.inference.templates.stages import ruled


def answered(editor: Editor, rules: Rules, asked: Mapping[str, Asked]) -> dict[str, Rewrite]:
    """By key: the rewrite of a template (its text and the answers) that says what was answered."""
    requests = [Request(before=text, notes=notes) for text, notes in asked.values()]
    edits = editor.edit(requests)
    return {
        key: ruled(request.before, edit.rewrite, rules)
        for key, request, edit in zip(asked, requests, edits, strict=True)
    }
