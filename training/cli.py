"""`bylostalo train …` and `bylostalo evaluate …`."""

import json
import logging
from pathlib import Path
from typing import Annotated

import typer

from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import read_replies, read_sentences
from bylostalo.data.records import Reply
from bylostalo.data.splits import effective_split
from bylostalo.inference.classifier import Classifier
from bylostalo.inference.editor import Editor
from bylostalo.inference.rewriter import Rewriter
from bylostalo.training.config import ClassifierConfig, RewriterConfig, load_config

app = typer.Typer(help="Обучить модели.", no_args_is_help=True, add_completion=False)
evaluate = typer.Typer(help="Измерить модели на отложенных данных.", no_args_is_help=True, add_completion=False)

ConfigFile = Annotated[Path, typer.Argument(help="YAML из configs/.")]
Overrides = Annotated[list[str] | None, typer.Argument(help="ключ=значение поверх файла.")]
Resume = Annotated[bool, typer.Option("--resume", help="Продолжить с последней контрольной точки.")]
Target = Annotated[Path | None, typer.Option("--export", help="Куда положить модель для применения.")]
Corpus = Annotated[Path, typer.Option("--corpus", help="Папка с размеченными ответами.")]
Split = Annotated[str, typer.Option("--split", help="validation, test или seed.")]
Model = Annotated[str | None, typer.Option(help="Папка модели; без неё встроенная.")]
Figures = Annotated[Path | None, typer.Option("--json", help="Куда записать цифры.")]


@app.command("rewriter")
def rewriter(config: ConfigFile, overrides: Overrides = None, resume: Resume = False, export: Target = None) -> None:
    """Обучить адаптер переписчика."""
    from bylostalo.training.export import export_rewriter
    from bylostalo.training.rewriter import train_rewriter

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    settings = load_config(RewriterConfig, config, overrides or ())
    figures = train_rewriter(settings, resume=resume)
    if export:
        export_rewriter(Path(settings.output), export)
    typer.echo(f"готово: {settings.output}, {figures['train_examples']} примеров, {figures['hours']} ч")


@app.command("classifier")
def classifier(config: ConfigFile, overrides: Overrides = None, resume: Resume = False, export: Target = None) -> None:
    """Обучить классификатор; с --export пороги подбираются на validation."""
    from bylostalo.training.classifier import train_classifier
    from bylostalo.training.fitting import export_fitted

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    settings = load_config(ClassifierConfig, config, overrides or ())
    figures = train_classifier(settings, resume=resume)
    if export:
        export_fitted(Path(settings.output), export)
    typer.echo(f"готово: {settings.output}, {figures['train_rows']} строк, {figures['hours']} ч")


@app.command("choice")
def choice(
    sentences: Annotated[Path, typer.Option(help="Папка с парами предложений.")] = Path("data/sentences"),
    model: Annotated[str | None, typer.Option(help="Папка модели; без неё встроенная.")] = None,
    count: Annotated[int, typer.Option(min=1, help="Сколько пар validation взять.")] = 400,
) -> None:
    """Подобрать веса выбора среди вариантов по validation и показать лучшие."""
    from bylostalo.training.choosing import fitted, sample, trials

    pairs, _ = read_sentences(sentences)
    held = sample([pair for pair in pairs if effective_split(pair) == "validation"], count)
    scores = fitted(trials(Rewriter.from_pretrained(model).model, held))
    for weights, score in list(scores.items())[:10]:
        typer.echo(f"{score:.2f}  {weights}")


def _held_out(corpus: Path, split: str) -> list[Reply]:
    if split not in ("validation", "test", "seed"):
        raise BylostaloError(f"--split {split}: есть validation, test и seed")
    replies, defects = read_replies(corpus)
    if defects:
        raise BylostaloError(f"в данных есть ошибки, первая: {defects[0]}")
    found = [reply for reply in replies if effective_split(reply) == split]
    if not found:
        raise BylostaloError(f"{corpus}: в {split} нет ни одного ответа")
    return found


def _write(path: Path | None, figures: object) -> None:
    if path:
        path.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")


@evaluate.command("classifier")
def evaluate_classifier(
    corpus: Corpus = Path("data/corpus"), split: Split = "test", model: Model = None, figures: Figures = None
) -> None:
    """Точность, полнота и F1 по кодам, спаны, ложные тревоги."""
    from bylostalo.training.evaluate import evaluate_classifier
    from bylostalo.training.tables import classifier_table

    found = evaluate_classifier(Classifier.from_pretrained(model), _held_out(corpus, split))
    _write(figures, found)
    typer.echo(classifier_table(found))


@evaluate.command("rewriter")
def evaluate_rewriter(
    corpus: Corpus = Path("data/corpus"),
    split: Split = "test",
    model: Model = None,
    classifier: Model = None,
    figures: Figures = None,
) -> None:
    """chrF, SARI, снятые проблемы и сломанные факты рядом с простыми способами."""
    from bylostalo.training.evaluate import evaluate_rewriter
    from bylostalo.training.tables import rewriter_table

    editor = Editor(Classifier.from_pretrained(classifier), Rewriter.from_pretrained(model))
    found = evaluate_rewriter(editor, _held_out(corpus, split))
    _write(figures, found)
    typer.echo(rewriter_table(found))


@evaluate.command("behaviour")
def evaluate_behaviour(
    suite: Annotated[Path, typer.Option(help="Папка набора: minimum, invariance, direction.")] = Path("data/behaviour"),
    model: Model = None,
    figures: Figures = None,
) -> None:
    """Поведение классификатора по умениям: главное, неизменность, направление."""
    from bylostalo.training.behaviour import behaviour
    from bylostalo.training.tables import behaviour_table

    found = behaviour(Classifier.from_pretrained(model), suite)
    _write(figures, found)
    typer.echo(behaviour_table(found))
