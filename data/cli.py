"""`bylostalo data`: look at a corpus and check it."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from .records import Reply, SentencePair
from .stats import reply_tables, sentence_tables
from .validation import read_corpus
from .validation import validate as find_defects

DEFAULT_FOLDERS = (Path("data/corpus"), Path("data/sentences"))
Paths = Annotated[
    list[Path] | None,
    typer.Argument(help="Файлы и папки JSONL. Без них: data/corpus и data/sentences текущей папки."),
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
    pairs = [record for record in found if isinstance(record, SentencePair)]
    for table in (*reply_tables(replies), *sentence_tables(pairs)):
        if table.row_count:
            console.print(table)
    if defects:
        typer.echo(f"Не прочитано строк: {len(defects)}, назовёт их validate.", err=True)


def existing(paths: list[Path] | None) -> list[Path]:
    """The paths given or the default folders. Exits with code 2 where one is not there."""
    chosen = paths or list(DEFAULT_FOLDERS)
    for path in chosen:
        if not path.exists():
            advice = "" if paths else ": запустите команду из корня репозитория или назовите файлы и папки"
            raise typer.BadParameter(f"нет такого файла или папки: {path}{advice}")
    return chosen
