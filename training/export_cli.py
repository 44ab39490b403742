"""`bylostalo export …`: a finished training as a folder for others."""

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.artifacts import read_config
from bylostalo.inference.engine.layout import Packing

app = typer.Typer(help="Вынести обученное в папку.", no_args_is_help=True, add_completion=False)

Run = Annotated[Path, typer.Argument(help="Папка обучения (output в конфиге).")]


class Bits(StrEnum):
    EIGHT = "8"
    FOUR = "4"


PACKINGS: Mapping[Bits, Packing] = {Bits.EIGHT: "columns", Bits.FOUR: "nibbles"}


@app.command("rewriter")
def rewriter(
    run: Run,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Папка для from_pretrained и реестра.")] = None,
    bits: Annotated[Bits, typer.Option(help="Разрядность весов на диске и в памяти.")] = Bits.EIGHT,
    house: Annotated[Path | None, typer.Option(help="Правила дома из bylostalo data house: лягут рядом.")] = None,
    merged: Annotated[Path | None, typer.Option(help="Папка в формате хаба: основа вместе с адаптером, bf16.")] = None,
) -> None:
    """Адаптер с графом ONNX, сверенный с torch; --merged: целая модель для transformers."""
    if not (output or merged):
        raise BylostaloError("назовите, куда вынести: -o ПАПКА, --merged ПАПКА или обе")
    if house and not output:
        raise BylostaloError("правила дома кладутся рядом с адаптером: нужна и -o ПАПКА")
    if output:
        from bylostalo.training.export import export_rewriter

        export_rewriter(run, output, packing=PACKINGS[bits], house=house)
        checked = json.loads((output / "parity.json").read_text("utf-8"))[read_config(output)["packing"]]
        typer.echo(f"готово: {output}, сверка с torch: тех же токенов {checked['equal']:.1%} из {checked['tokens']}")
    if merged:
        from bylostalo.training.merging import export_merged

        export_merged(run, merged)
        typer.echo(f"готово: {merged}, AutoModelForCausalLM.from_pretrained('{merged}')")


@app.command("classifier")
def classifier(
    run: Run, output: Annotated[Path, typer.Option("-o", "--output", help="Папка для Classifier.from_pretrained.")]
) -> None:
    """Классификатор; пороги подбираются на validation."""
    from bylostalo.training.fitting import export_fitted

    export_fitted(run, output)
    typer.echo(f"готово: {output}")


@app.command("card")
def card(folder: Annotated[Path, typer.Argument(help="Вынесенная модель; измерения в её metrics.json.")]) -> None:
    """Переписать карточку модели, когда появились измерения."""
    from bylostalo.training.card import write_card
    from bylostalo.training.merging import figures_of

    write_card(str(read_config(folder).get("kind")), figures_of(folder), folder)
    typer.echo(f"готово: {folder / 'README.md'}")
