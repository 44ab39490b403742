"""`bylostalo data`: look at a corpus and check it."""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.progress import track

from .agreement import agreements, read_labels
from .errors import BylostaloError
from .reading import read_replies
from .records import Judged, Reply, SentencePair
from .stats import agreement_table, contrast_tables, reply_tables, sentence_tables, variety_tables
from .validation import read_corpus
from .validation import validate as find_defects

DEFAULT_FOLDERS = (Path("data/corpus"), Path("data/sentences"))
EXTRA_FOLDERS = (Path("data/contrasts"), Path("data/judgements"))
SECOND_LABELS = Path("data/second_labels.jsonl")
Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Файлы и папки JSONL. Без них: corpus, sentences, contrasts и judgements из data текущей папки."
    ),
]

app = typer.Typer(help="Корпус: проверка и сводка.", no_args_is_help=True)


@app.command()
def validate(paths: Paths = None) -> None:
    """Проверить корпус: по строке на каждый изъян, код 1, если они есть."""
    defects = find_defects(existing(paths))
    for defect in defects:
        typer.echo(str(defect))
    if defects:
        typer.echo(f"Изъянов: {len(defects)}.", err=True)
        raise typer.Exit(1)


@app.command()
def stats(paths: Paths = None) -> None:
    """Показать, что в корпусе есть."""
    rows, defects = read_corpus(existing(paths))
    console = Console()
    found = [row.record for row in rows]
    replies = [record for record in found if isinstance(record, Reply)]
    contrasts = [record for record in found if isinstance(record, Judged) and not isinstance(record, Reply)]
    pairs = [record for record in found if isinstance(record, SentencePair)]
    tables = (reply_tables(replies), variety_tables(replies), contrast_tables(contrasts), sentence_tables(pairs))
    for table in chain.from_iterable(tables):
        if table.row_count:
            console.print(table)
    if defects:
        typer.echo(f"Не прочитано строк: {len(defects)}, назовёт их validate.", err=True)


@app.command()
def agreement(
    second: Annotated[Path, typer.Argument(help="Вторая разметка: JSONL с id и codes.")] = SECOND_LABELS,
    corpus: Annotated[Path, typer.Option(help="Папка с ответами, размеченными впервые.")] = DEFAULT_FOLDERS[0],
) -> None:
    """Показать, насколько согласны две разметки одних и тех же ответов."""
    replies, _ = read_replies(corpus)
    found = agreements({reply.id: reply.codes for reply in replies}, read_labels(second))
    Console().print(agreement_table(found))


@app.command()
def plots(
    output: Annotated[Path, typer.Option("-o", "--output", help="Папка для картинок.")] = Path("data/pictures"),
    corpus: Annotated[Path, typer.Option(help="Папка с ответами.")] = DEFAULT_FOLDERS[0],
) -> None:
    """Нарисовать сферы, длины и соседство проблем."""
    from .plots import draw

    replies, _ = read_replies(corpus)
    for path in draw(replies, output):
        typer.echo(str(path))


Source = Annotated[Path, typer.Argument(help="Файл CSV, TSV, XLSX, JSONL или JSON.")]
Target = Annotated[Path, typer.Option("-o", "--output", help="Куда записать.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", help="Поле и столбец: before=Ответ. Можно повторять; остальное угадывается."),
]


@app.command("import")
def import_(
    source: Source,
    output: Target,
    column: Columns = None,
    domain: Annotated[str, typer.Option(help="Сфера, если её нет в файле.")] = "импорт",
    channel: Annotated[str, typer.Option(help="Канал, если его нет в файле.")] = "чат",
    keep: Annotated[list[str] | None, typer.Option(help="Название, а не имя человека. Можно повторять.")] = None,
) -> None:
    """Взять переписки компании: без личных данных и повторов. Понимает и выгрузки Label Studio и Argilla."""
    from .importing.command import Defaults, annotation_tool, columns_of, import_annotations, import_transcripts

    if tool := annotation_tool(source):
        typer.echo(f"Размеченных ответов: {import_annotations(source, tool, output)}.")
        return
    columns = columns_of(source, given(column or []))
    for field, header in (columns or {}).items():
        typer.echo(f"{field}: столбец «{header}»", err=True)
    defaults = Defaults(prefix=source.stem, domain=domain, channel=channel)
    tally = import_transcripts(
        source, output, columns=columns, defaults=defaults, watch=watched, keep=tuple(keep or ())
    )
    typer.echo(f"Ответов: {tally.read}, повторов: {tally.repeats}, записано: {tally.kept}, с правкой: {tally.pairs}.")


@app.command()
def export(source: Source, output: Target, to: Annotated[Literal["label-studio", "argilla"], typer.Option()]) -> None:
    """Отдать ответы на разметку; то, что уже известно о них (bylostalo check), станет подсказками."""
    from .importing.command import export_tasks

    typer.echo(f"Задач: {export_tasks(source, output, to)}.")


@app.command()
def synthesize(
    source: Annotated[Path, typer.Argument(help="Файл или папка с чистым русским текстом (.txt, .md, .xz).")],
    output: Target,
    count: Annotated[int, typer.Option(min=1, help="Сколько пар, самое большее.")] = 200_000,
    seed: Annotated[int, typer.Option(help="Зерно случайности.")] = 17,
) -> None:
    """Сделать из чистых предложений канцелярские: пары для обучения с известными местами проблем."""
    from .synthesis.run import synthesized
    from .writing import write_atomically

    pairs = watched(synthesized(source, count=count, seed=seed), "Порчу предложения")
    write_atomically(output, (json.dumps(pair.to_dict(), ensure_ascii=False) for pair in pairs))


def watched(items: Iterator[Any], what: str = "Читаю и обезличиваю") -> Iterator[Any]:
    """The items, counted on a terminal as they go by."""
    console = Console(stderr=True)
    yield from track(items, what, total=None, console=console, disable=not console.is_terminal)


def given(columns: list[str]) -> dict[str, str]:
    """`field=header` of the command line as a mapping."""
    pairs = [column.partition("=") for column in columns]
    for field, equals, header in pairs:
        if not (field and equals and header):
            raise BylostaloError(f"--column ждёт ПОЛЕ=СТОЛБЕЦ, а не «{field}{equals}{header}»")
    return {field: header for field, _, header in pairs}


def existing(paths: list[Path] | None) -> list[Path]:
    """The paths given or the default folders. Exits with code 2 where one is not there."""
    chosen = paths or [*DEFAULT_FOLDERS, *(folder for folder in EXTRA_FOLDERS if folder.is_dir())]
    for path in chosen:
        if not path.exists():
            advice = "" if paths else ": запустите команду из корня репозитория или назовите файлы и папки"
            raise typer.BadParameter(f"нет такого файла или папки: {path}{advice}")
    return chosen
