"""`bylostalo adapters`: the registry of adapters."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bylostalo.inference import registry

app = typer.Typer(help="Адаптеры нескольких компаний на одной основе.", no_args_is_help=True, add_completion=False)

Name = Annotated[str, typer.Option(help="Имя, под которым адаптер будут звать.")]
SHOWN = {
    "chrf": ("chrF++", "{:.1f}"),
    "sari": ("SARI", "{:.1f}"),
    "removed_by_classifier": ("снято проблем", "{:.0%}"),
    "fact_violations": ("сломано фактов", "{}"),
}


@app.command()
def add(
    folder: Annotated[Path, typer.Argument(help="Папка из bylostalo export rewriter.")],
    name: Name,
    version: Annotated[str, typer.Option(help="Версия: 1, 2 или 2026-11-22.")] = "1",
) -> None:
    """Положить адаптер в реестр."""
    typer.echo(f"{registry.add(folder, name=name, version=version).title}: в реестре")


@app.command("list")
def list_() -> None:
    """Что есть в реестре."""
    found = registry.entries()
    if not found:
        typer.echo(f"{registry.registry_root()}: пока пусто, кладёт сюда bylostalo adapters add")
        return
    table = Table("имя", "версия", "данные", "измерено", box=None, pad_edge=False)
    for entry in found:
        table.add_row(entry.name, entry.version, entry.corpus_hash[:12] or "—", measured(entry) or "—")
    Console(highlight=False).print(table)


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="Имя адаптера.")],
    version: Annotated[str | None, typer.Option(help="Версия; не нужна, если она одна.")] = None,
) -> None:
    """Убрать версию адаптера из реестра."""
    typer.echo(f"{registry.remove(name, version=version).title}: убран")


def measured(entry: registry.Entry) -> str:
    """«chrF++ 62.8, SARI 58.4, …», what is known of it."""
    known = entry.metrics
    return ", ".join(f"{title} {form.format(known[key])}" for key, (title, form) in SHOWN.items() if key in known)
