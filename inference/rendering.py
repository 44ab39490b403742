"""Diagnoses and rewrites on a terminal."""

import difflib
import re

from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bylostalo.data.taxonomy import by_code
from bylostalo.inference.explanations import explained
from bylostalo.inference.results import Diagnosis, Edit, Request

SEVERITY_STYLES = {1: "yellow", 2: "dark_orange", 3: "red"}
STATUS_TITLES = {"rewritten": "стало", "unchanged": "хорошо, не тронуто", "kept": "оставлено как было"}
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


def underlined(text: str, diagnosis: Diagnosis) -> Text:
    """The reply with the spans of its problems underlined in the colour of their severity."""
    shown = Text(text)
    for problem in diagnosis.problems:
        style = f"underline {SEVERITY_STYLES[by_code(problem.code).severity]}"
        for start, stop in problem.spans:
            shown.stylize(style, start, stop)
    return shown


def advice(text: str, diagnosis: Diagnosis) -> Group:
    """One line a problem: its title, its probability, what shows it, what to do; then the questions."""
    lines: list[Text] = []
    for found in explained(text, diagnosis):
        line = Text("• ", style=SEVERITY_STYLES[by_code(found.code).severity])
        line.append(found.title, style="bold")
        line.append(f" {found.score:.0%}", style="dim")
        if found.phrases:
            line.append(" «" + "», «".join(found.phrases) + "»", style="italic")
        line.append(f": {found.advice}")
        lines.append(line)
    lines.extend(Text(f"? {question}", style="cyan") for question in diagnosis.missing)
    return Group(*lines)


def diff(before: str, after: str) -> Text:
    """Words that went struck out, words that came in green."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    shown = Text()
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            shown.append("".join(old[a:b]))
            continue
        shown.append("".join(old[a:b]), style="red strike")
        shown.append("".join(new[c:d]), style="green")
    return shown


def show_diagnosis(console: Console, request: Request, diagnosis: Diagnosis) -> None:
    title = "было" if diagnosis.problems else "хорошо: проблем нет"
    console.print(Panel(underlined(request.before, diagnosis), title=title, title_align="left"))
    console.print(Padding(advice(request.before, diagnosis), (0, 2)))


def show_edit(console: Console, request: Request, edit: Edit) -> None:
    show_diagnosis(console, request, edit.diagnosis)
    rewrite = edit.rewrite
    if rewrite.status == "rewritten":
        console.print(Panel(rewrite.after, title="стало", title_align="left", border_style="green"))
        if console.is_terminal:
            console.print(Padding(diff(request.before, rewrite.after), (0, 2)))
    elif rewrite.status == "kept":
        console.print(Padding(Text(f"Оставлено как было: {rewrite.reason}.", style="magenta"), (0, 2)))
    console.print()
