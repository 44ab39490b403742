"""`bylostalo compare`: two models on one's own replies."""

import dataclasses
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from bylostalo.data.errors import BylostaloError
from bylostalo.data.writing import write_atomically
from bylostalo.inference.artifacts import model_folder, read_config
from bylostalo.inference.classifier import Classifier
from bylostalo.inference.editor import Editor
from bylostalo.inference.registry import adapter_folder
from bylostalo.inference.rewriter import Rewriter
from bylostalo.training.compare_data import read_cases, read_labelled
from bylostalo.training.contenders import SHIPPED, TITLES, contender

app = typer.Typer(add_completion=False)

Model = Annotated[str, typer.Argument(help="shipped (встроенная), папка модели или имя из реестра адаптеров.")]


@app.command()
def compare(
    a: Model,
    b: Model,
    data: Annotated[Path, typer.Option(help="JSONL: before и, если есть, client_message, notes, after, problems.")],
    page: Annotated[Path | None, typer.Option(help="Куда записать страницу HTML.")] = None,
    figures: Annotated[Path | None, typer.Option("--json", help="Куда записать цифры.")] = None,
    classifier: Annotated[str | None, typer.Option(help="Папка классификатора, который судит переписчиков.")] = None,
) -> None:
    """Сравнить две модели на своих ответах: цифры, где какая лучше, и какую взять."""
    if kind_of(a, b) == "rewriter":
        table, html, values = _rewriters(a, b, data, classifier)
    else:
        table, html, values = _classifiers(a, b, data)
    if figures:
        write_atomically(figures, [json.dumps(values, ensure_ascii=False, indent=1)])
    if page:
        write_atomically(page, [html])
    typer.echo(table)


def kind_of(a: str, b: str) -> str:
    """`rewriter` or `classifier`, what both models are."""
    if a == b:
        raise BylostaloError(f"{a} и {b}: это одна и та же модель, сравнивать нечего")
    kinds = {name: read_config(_folder(name)).get("kind") for name in (a, b) if name != SHIPPED}
    found = set(kinds.values())
    if len(found) > 1 or not found <= {"rewriter", "classifier"}:
        said = ", ".join(f"{name} — {kind}" for name, kind in kinds.items())
        raise BylostaloError(f"сравнить можно двух переписчиков или два классификатора: {said}")
    return str(found.pop())


def _folder(name: str) -> Path:
    return model_folder(str(adapter_folder(name)), "rewriter")


def _title(name: str) -> str:
    return TITLES[SHIPPED] if name == SHIPPED else name


def _rewriters(a: str, b: str, data: Path, judge: str | None) -> tuple[str, str, object]:
    from bylostalo.training.compare_page import compare_page, compare_table
    from bylostalo.training.compare_rewriters import compare_rewriters

    cases = read_cases(data)
    first = Editor(Classifier.from_pretrained(judge), Rewriter.from_pretrained(adapter=None if a == SHIPPED else a))
    second = dataclasses.replace(first, rewriter=first.rewriter.with_adapter(None if b == SHIPPED else b))
    phrases = (*first.rewriter.house.wordings, *second.rewriter.house.wordings)
    found = compare_rewriters(
        (_title(a), first.edit),
        (_title(b), second.edit),
        [dataclasses.replace(case, phrases=phrases) for case in cases],
        track=lambda parts: track(parts, "Сравниваю", console=Console(stderr=True), transient=True),
    )
    return compare_table(found), compare_page(found), dataclasses.asdict(found)


def _classifiers(a: str, b: str, data: Path) -> tuple[str, str, object]:
    from bylostalo.training.classifier_report import evaluate_classifier
    from bylostalo.training.report.pages import classifier_page
    from bylostalo.training.tables import classifier_table, comparison_table

    replies = read_labelled(data)
    names = [name if name == SHIPPED else str(_folder(name)) for name in (a, b)]
    found = evaluate_classifier(replies, contender(names[1], ()), against=contender(names[0], ()))
    table = classifier_table(found)
    if found.comparison:
        table = f"{table}\n\n{comparison_table(found, found.comparison)}"
    return table, classifier_page(found, split=data.name), dataclasses.asdict(found)
