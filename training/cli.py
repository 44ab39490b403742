"""`bylostalo train …`, `bylostalo evaluate …` and `bylostalo bench`."""

import dataclasses
import json
import logging
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import read_replies, read_sentences
from bylostalo.data.records import Reply
from bylostalo.data.splits import effective_split
from bylostalo.data.writing import write_atomically
from bylostalo.inference.classifier import Classifier
from bylostalo.inference.editor import Editor
from bylostalo.inference.rewriter import Rewriter
from bylostalo.training.config import (
    ClassifierConfig,
    Config,
    EncoderConfig,
    PreferenceConfig,
    RewriterConfig,
    RunConfig,
    kind_of,
    load_config,
)
from bylostalo.training.process import is_first

app = typer.Typer(help="Обучить модели.", no_args_is_help=True, add_completion=False)
evaluate = typer.Typer(help="Измерить модели на отложенных данных.", no_args_is_help=True, add_completion=False)
bench = typer.Typer(add_completion=False)
BUSY = 0.5
"""Load of the machine before a benchmark above which it is no use."""

ConfigFile = Annotated[Path, typer.Argument(help="YAML из configs/.")]
Overrides = Annotated[list[str] | None, typer.Argument(help="ключ=значение поверх файла.")]
Resume = Annotated[bool, typer.Option("--resume", help="Продолжить с последней контрольной точки.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Только показать параметры, шаги, память и время.")]
Target = Annotated[Path | None, typer.Option("--export", help="Куда положить модель для применения.")]
Corpus = Annotated[Path, typer.Option("--corpus", help="Папка с размеченными ответами.")]
Split = Annotated[str, typer.Option("--split", help="validation, test или seed.")]
Model = Annotated[str | None, typer.Option(help="Папка модели; без неё встроенная.")]
Contestant = Annotated[str, typer.Option("--model", help="shipped (встроенная), rules, tfidf или папка модели.")]
Page = Annotated[Path | None, typer.Option(help="Куда записать страницу HTML.")]
Figures = Annotated[Path | None, typer.Option("--json", help="Куда записать цифры.")]


class Stage(StrEnum):
    SENTENCES = "sentences"
    PREFERENCE = "preference"


AtStage = Annotated[Stage, typer.Option(help="По парам предложений или, после них, по предпочтениям.")]


def _settings(kind: type[Config], config: Path, overrides: list[str] | None) -> Config:
    logging.basicConfig(level=logging.INFO if is_first() else logging.ERROR, format="%(message)s")
    return load_config(kind, config, overrides or ())


def _estimated(settings: RunConfig) -> None:
    from bylostalo.training.estimate import estimate
    from bylostalo.training.preparing import prepare

    if is_first():
        typer.echo("\n".join(estimate(settings, prepare(settings)).lines()))


def _done(settings: RunConfig, figures: dict[str, Any], count: str, of: str) -> None:
    if is_first():
        typer.echo(f"готово: {settings.output}, {figures[count]} {of}, {figures['hours']} ч")


@app.command("rewriter")
def rewriter(
    config: ConfigFile,
    overrides: Overrides = None,
    stage: AtStage = Stage.SENTENCES,
    resume: Resume = False,
    dry_run: DryRun = False,
    export: Target = None,
) -> None:
    """Обучить адаптер переписчика."""
    from bylostalo.training.export import export_rewriter
    from bylostalo.training.preference import train_preference
    from bylostalo.training.rewriter import train_rewriter

    settings: RewriterConfig | PreferenceConfig = (
        _settings(PreferenceConfig, config, overrides)
        if stage is Stage.PREFERENCE
        else _settings(RewriterConfig, config, overrides)
    )
    if dry_run:
        return _estimated(settings)
    if isinstance(settings, PreferenceConfig):
        figures = train_preference(settings, resume=resume)
    else:
        figures = train_rewriter(settings, resume=resume)
    if export and is_first():
        export_rewriter(Path(settings.output), export)
    return _done(settings, figures, "train_examples", "примеров")


@app.command("classifier")
def classifier(
    config: ConfigFile,
    overrides: Overrides = None,
    resume: Resume = False,
    dry_run: DryRun = False,
    export: Target = None,
) -> None:
    """Обучить классификатор; с --export пороги подбираются на validation."""
    from bylostalo.training.classifier import train_classifier
    from bylostalo.training.fitting import export_fitted

    settings = _settings(ClassifierConfig, config, overrides)
    if dry_run:
        return _estimated(settings)
    figures = train_classifier(settings, resume=resume)
    if export and is_first():
        export_fitted(Path(settings.output), export)
    return _done(settings, figures, "train_rows", "строк")


@app.command("encoder")
def encoder(config: ConfigFile, overrides: Overrides = None, resume: Resume = False, dry_run: DryRun = False) -> None:
    """Предобучить маленький BERT на текстах; его папка годится в encoder классификатора."""
    from bylostalo.training.pretraining import train_encoder

    settings = _settings(EncoderConfig, config, overrides)
    if dry_run:
        return _estimated(settings)
    return _done(settings, train_encoder(settings, resume=resume), "train_tokens", "токенов")


@app.command("search")
def search(
    config: ConfigFile,
    keys: Annotated[list[str], typer.Argument(help="learning_rate=1e-4..1e-3 rank=8,16,32; ключ=значение поверх.")],
    trials: Annotated[int, typer.Option(min=1, help="Сколько попыток.")] = 20,
    minutes: Annotated[float, typer.Option(min=0.01, help="Сколько минут на всё.")] = 60,
) -> None:
    """Подобрать ключи конфига по потерям на validation; лучшие будут в best.yaml."""
    from bylostalo.training.search import search, space, table

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    settings, choices = space(kind_of(config), config, keys)
    tried = search(settings, choices, trials=trials, minutes=minutes)
    typer.echo("\n".join(table(tried)))
    typer.echo(f"лучший конфиг: {Path(settings.output) / 'best.yaml'}")


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


def _corpus(folder: Path) -> list[Reply]:
    replies, defects = read_replies(folder)
    if defects:
        raise BylostaloError(f"в данных есть ошибки, первая: {defects[0]}")
    return replies


def _held_out(replies: list[Reply], split: str) -> list[Reply]:
    if split not in ("validation", "test", "seed"):
        raise BylostaloError(f"--split {split}: есть validation, test и seed")
    found = [reply for reply in replies if effective_split(reply) == split]
    if not found:
        raise BylostaloError(f"в корпусе нет ни одного ответа из {split}")
    return found


def _write(path: Path | None, figures: object) -> None:
    if path:
        path.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")


@evaluate.command("classifier")
def evaluate_classifier(
    corpus: Corpus = Path("data/corpus"),
    split: Split = "test",
    model: Contestant = "shipped",
    against: Annotated[str | None, typer.Option(help="С кем сравнить: те же слова или папка.")] = None,
    page: Page = None,
    figures: Figures = None,
) -> None:
    """Точность, полнота и F1 по кодам с интервалами, спаны, ложные тревоги, калибровка, сравнение двух моделей."""
    from bylostalo.training.classifier_report import evaluate_classifier
    from bylostalo.training.contenders import contender
    from bylostalo.training.report.pages import classifier_page
    from bylostalo.training.tables import classifier_table, comparison_table

    replies = _corpus(corpus)
    held = _held_out(replies, split)
    rival = contender(against, replies) if against else None
    found = evaluate_classifier(held, contender(model, replies), against=rival)
    _write(figures, dataclasses.asdict(found))
    if page:
        write_atomically(page, [classifier_page(found, split=split)])
    typer.echo(classifier_table(found))
    if found.comparison:
        typer.echo(f"\n{comparison_table(found, found.comparison)}")


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
    found = evaluate_rewriter(editor, _held_out(_corpus(corpus), split))
    _write(figures, found)
    typer.echo(rewriter_table(found))


@evaluate.command("behaviour")
def evaluate_behaviour(
    suite: Annotated[Path, typer.Option(help="Папка набора: minimum, invariance, direction.")] = Path("data/behaviour"),
    model: Model = None,
    page: Page = None,
    figures: Figures = None,
) -> None:
    """Поведение классификатора по умениям: главное, неизменность, направление."""
    from bylostalo.training.behaviour import behaviour, rates
    from bylostalo.training.contenders import SHIPPED, TITLES, classifier_judge
    from bylostalo.training.report.pages import behaviour_page
    from bylostalo.training.tables import behaviour_table

    outcomes = behaviour(classifier_judge(Classifier.from_pretrained(model)), suite)
    _write(figures, rates(outcomes))
    if page:
        write_atomically(page, [behaviour_page(outcomes, model=model or TITLES[SHIPPED])])
    typer.echo(behaviour_table(rates(outcomes)))


@bench.command()
def speed(
    model: Model = None,
    sentences: Annotated[Path, typer.Option(help="Папка с парами предложений.")] = Path("data/sentences"),
    templates: Annotated[int, typer.Option(min=1, help="Сколько шаблонов в библиотеке.")] = 200,
    single: Annotated[int, typer.Option(min=1, help="Сколько шаблонов дать ещё и по одному предложению.")] = 10,
    rounds: Annotated[int, typer.Option(min=1, help="Сколько раз повторить каждое измерение.")] = 3,
    figures: Figures = None,
    chart: Annotated[Path | None, typer.Option(help="Куда записать картинку SVG.")] = None,
) -> None:
    """Скорость и память движка рядом с transformers и CTranslate2 на одних и тех же предложениях, вперемежку."""
    from bylostalo.inference.artifacts import model_folder
    from bylostalo.training.bench.machine import load, machine, versions
    from bylostalo.training.bench.run import bench
    from bylostalo.training.bench.show import chart as drawn
    from bylostalo.training.bench.show import table

    def say(line: str) -> None:
        typer.echo(line, err=True)

    for path in (figures, chart):
        if path and not path.parent.is_dir():
            raise BylostaloError(f"{path.parent}: такой папки нет, результат записать некуда")
    busy = load()
    if busy > BUSY:
        say(f"машина занята другим (загрузка {busy:.1f}): цифры выйдут хуже, чем на свободной")
    folder = model_folder(model, "rewriter")
    rows = bench(folder, sentences, templates=templates, single=min(single, templates), rounds=rounds, say=say)
    found = {"machine": machine(), "load": busy, "versions": versions(), "rows": list(map(dataclasses.asdict, rows))}
    _write(figures, found)
    if chart:
        write_atomically(chart, [drawn(rows, machine=machine())])
    typer.echo(f"{table(rows)}\n\n{machine()}. " + ", ".join(f"{name} {number}" for name, number in versions().items()))
