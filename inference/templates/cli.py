"""`bylostalo templates`: a library of templates diagnosed, rewritten, reviewed and written back."""

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.artifacts import model_folder
from bylostalo.inference.templates.decisions import Asked, accepted, read_decisions
from bylostalo.inference.templates.formats import Library, open_library
from bylostalo.inference.templates.formats.notes import STATUSES
from bylostalo.inference.templates.formats.opening import OPENERS
from bylostalo.inference.templates.job import Models, header, journal_path, unchanged_source
from bylostalo.inference.templates.journal import open_journal, read_journal
from bylostalo.inference.templates.rules import Rules
from bylostalo.inference.templates.rules_file import house_of, read_rules
from bylostalo.inference.templates.run import Advance, Execute, outcomes, recorded
from bylostalo.inference.templates.structure import same_structure
from bylostalo.inference.templates.template import Outcome, Template

BAD_INPUT = 2
SAMPLE = 16
TITLES = {"diagnosis": "Ищу проблемы", "sentences": "Переписываю предложения", "result": "Собираю шаблоны"}

app = typer.Typer(help="Библиотека шаблонов: переписать, просмотреть, применить.", no_args_is_help=True)

Source = Annotated[Path, typer.Argument(help="CSV, XLSX, JSONL, JSON, YAML, TXT, Markdown, HTML или папка с ними.")]
Output = Annotated[Path, typer.Option("-o", "--output", help="Куда записать, в том же формате.")]
Column = Annotated[str | None, typer.Option(help="Столбец или ключ с текстом; без него угадывается.")]
RulesFile = Annotated[Path | None, typer.Option("--rules", help="Правила дома (YAML): термины, приветствие, подпись.")]
Model = Annotated[str | None, typer.Option(help="Папка модели; без неё встроенная.")]


@app.command()
def rewrite(
    source: Source,
    output: Output,
    column: Column = None,
    rules: RulesFile = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Только первые столько шаблонов.")] = None,
    only_problems: Annotated[bool, typer.Option("--only-problems", help="Не касаться шаблонов без проблем.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Ничего не писать: что нашлось и сколько займёт.")] = False,
    restart: Annotated[bool, typer.Option("--restart", help="Забыть прошлый запуск.")] = False,
    update: Annotated[bool, typer.Option("--update", help="Файл изменился: переписать только новое.")] = False,
    ray: Annotated[str | None, typer.Option(help="Адрес кластера Ray или local.")] = None,
    classifier: Model = None,
    rewriter: Model = None,
) -> None:
    """Найти проблемы и переписать все шаблоны; прерванное продолжается с того же места."""
    models = Models(classifier=classifier, rewriter=rewriter)
    house = read_rules(rules) if rules else house_of(model_folder(rewriter, "rewriter"))
    library = open_library(source, column=column)
    typer.echo(library.described, err=True)
    _check_target(library, output)
    templates = library.templates[:limit]
    if dry_run:
        _estimate(templates, models, house)
        return
    known = header(source, output, column=column, models=models, rules=house, only_problems=only_problems)
    journal = open_journal(journal_path(output), known, restart=restart, update=update)
    with _progress() as advance:
        found = outcomes(
            templates,
            journal=journal,
            execute=_executor(models, house, ray),
            advance=advance,
            only_problems=only_problems,
        )
    library.annotated({outcome.key: outcome for outcome in found}, output)
    _summary(found, output)
    _report_bad(library, found)


@app.command()
def review(
    output: Annotated[Path, typer.Argument(help="То, что записал bylostalo templates rewrite.")],
    page: Annotated[Path, typer.Option("-o", "--output", help="Куда записать страницу (.html).")],
) -> None:
    """Сделать страницу для просмотра: принять, отклонить или поправить каждый шаблон."""
    from bylostalo.inference.templates.review.page import write_review

    journal = read_journal(journal_path(output))
    library = open_library(unchanged_source(journal), column=journal.header["column"] or None)
    found = recorded(library.templates, journal)
    job = {"input": journal.header["input"], "journal": str(journal.path.resolve())}
    write_review(found, page, title=library.source.name, job=job)
    typer.echo(f"{page}: шаблонов {len(found)}, откройте в браузере")


@app.command()
def apply(
    decisions: Annotated[Path, typer.Argument(help="Решения, выгруженные со страницы.")],
    final: Annotated[Path | None, typer.Option("-o", "--output", help="Куда записать готовую библиотеку.")] = None,
    rules: RulesFile = None,
    classifier: Model = None,
    rewriter: Model = None,
) -> None:
    """Записать библиотеку с принятыми шаблонами; ответы на вопросы вплетаются в текст."""
    decided = read_decisions(decisions)
    if "journal" not in decided.job:
        raise BylostaloError(f"{decisions}: не сказано, к какой работе относятся решения; выгрузите их со страницы")
    journal = read_journal(Path(decided.job["journal"]))
    source = unchanged_source(journal)
    if journal.header["input"] != decided.job.get("input"):
        raise BylostaloError(f"{decisions}: решения о другой версии файла {source}; сделайте страницу заново")
    library = open_library(source, column=journal.header["column"] or None)
    found = {outcome.key: outcome for outcome in recorded(library.templates, journal)}
    if strange := next((key for key in decided.by_key if key not in found), None):
        raise BylostaloError(f"{decisions}: шаблона {strange!r} нет в {source}")
    texts, asked = accepted(decided, found)
    target = final or Path(journal.header["output"]).with_name(f"{source.stem}.готово{source.suffix}")
    _check_target(library, target)
    house = read_rules(rules) if rules else Rules.from_dict(json.loads(journal.header["rules"]))
    texts.update(_with_answers(asked, Models(classifier=classifier, rewriter=rewriter), house))
    for key, text in texts.items():
        if difference := same_structure(found[key].before, text):
            typer.echo(f"{key}: разметка не та, что была: {difference}", err=True)
    for key, remark in library.final(texts, target):
        typer.echo(f"{key}: {remark}", err=True)
    counts = Counter(decision.action for decision in decided.by_key.values())
    typer.echo(
        f"{target}: принято {counts['accept']}, исправлено {counts['edit']}, отклонено {counts['reject']}, "
        f"без решения {len(library.templates) - len(decided.by_key)}"
    )


def _check_target(library: Library, target: Path) -> None:
    library.check(target)
    suffix = library.source.suffix.lower()
    if suffix in OPENERS and target.suffix.lower() != suffix:
        raise BylostaloError(f"{target}: формат остаётся прежним, имя должно кончаться на {suffix}")


def _with_answers(asked: Mapping[str, Asked], models: Models, rules: Rules) -> dict[str, str]:
    from bylostalo.inference.editor import Editor
    from bylostalo.inference.templates.answers import answered

    if not asked:
        return {}
    rewrites = answered(Editor.from_pretrained(models.classifier, models.rewriter), rules, asked)
    for key, rewrite in rewrites.items():
        if rewrite.status == "kept":
            typer.echo(f"{key}: ответы не удалось вплести ({rewrite.reason})", err=True)
    return {key: rewrite.after for key, rewrite in rewrites.items()}


def _executor(models: Models, rules: Rules, ray: str | None) -> Execute:
    from bylostalo.inference.templates.local import load_worker, local_executor

    if ray is not None:
        from bylostalo.inference.templates.distributed import ray_executor

        return ray_executor(partial(load_worker, models, rules, threads=1), address=ray)
    return local_executor(partial(load_worker, models, rules))


@contextmanager
def _progress() -> Iterator[Advance]:
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        tasks: dict[str, Any] = {}

        def advance(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(TITLES[stage], total=total)
            progress.update(tasks[stage], completed=done, total=total)

        yield advance


def _estimate(templates: Sequence[Template], models: Models, rules: Rules) -> None:
    """Does a sample of the templates, spread over the library, and says what all of them would take."""
    from bylostalo.inference.templates.stages import wanted

    execute = _executor(models, rules, None)
    texts = list(dict.fromkeys(template.text for template in templates))
    if not texts:
        typer.echo("Шаблонов: 0. Ничего не записано.")
        return
    sample = texts[:: max(1, len(texts) // SAMPLE)][:SAMPLE]
    _drain(execute("diagnosis", [sample[:1]]))
    started = time.monotonic()
    (found,) = execute("diagnosis", [sample])
    asked = [source for text, one in zip(sample, found, strict=True) for source in wanted(text, one)]
    _drain(execute("sentences", [asked]))
    seconds = (time.monotonic() - started) / len(sample) * len(texts)
    ill = sum(bool(one["problems"]) for one in found)
    typer.echo(f"Шаблонов: {len(templates)}, разных: {len(texts)}.")
    typer.echo(f"На пробе из {len(sample)}: с проблемами {ill}, предложений переписать {len(asked)}.")
    typer.echo(f"Займёт около {_clock(seconds)} на этой машине. Ничего не записано.")


def _drain(results: Iterable[Any]) -> None:
    for _ in results:
        pass


def _clock(seconds: float) -> str:
    return f"{seconds:.0f} с" if seconds < 90 else f"{seconds / 60:.0f} мин"


def _summary(found: Sequence[Outcome], output: Path) -> None:
    table = Table(box=None, show_header=False)
    for status, count in Counter(outcome.status for outcome in found).most_common():
        table.add_row(STATUSES[status], str(count))
    before, after = (sum(len(getattr(one, name)) for one in found) for name in ("problems", "problems_after"))
    table.add_row("проблем было и стало", f"{before} → {after}")
    table.add_row("вопросов к человеку", str(sum(len(one.missing) for one in found)))
    Console().print(table)
    typer.echo(f"{output}: готово. Дальше: bylostalo templates review {output} -o review.html")


def _report_bad(library: Library, found: Sequence[Outcome]) -> None:
    failures = [(outcome.key, outcome.reason) for outcome in found if outcome.status == "failed"]
    for place, reason in (*library.bad, *failures):
        typer.echo(f"{place}: {reason}", err=True)
    if library.bad or failures:
        raise typer.Exit(BAD_INPUT)
