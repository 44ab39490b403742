"""`bylostalo`: check and rewrite here, the other groups in their packages, loaded only when called."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.progress import track

from bylostalo.data.errors import BylostaloError
from bylostalo.data.writing import write_atomically
from bylostalo.inference.inputs import Item, read_items
from bylostalo.inference.results import STRICTNESS, Edit, Request

GROUPS = {
    "templates": ("bylostalo.inference.templates.cli", "templates"),
    "data": ("bylostalo.inference.house.cli", "corpus"),
    "train": ("bylostalo.training.cli", "train"),
    "evaluate": ("bylostalo.training.cli", "train"),
    "bench": ("bylostalo.training.cli", "train"),
    "compare": ("bylostalo.training.compare_cli", "train"),
    "export": ("bylostalo.training.export_cli", "train"),
    "adapters": ("bylostalo.inference.adapters_cli", "train"),
}
"""Group of commands → the module that holds it and the extra that it needs."""
BAD_INPUT = 2
CHUNK = 32
Result = TypeVar("Result")

app = typer.Typer(
    help="Находит, что не так с ответом поддержки, и переписывает его по-человечески.",
    no_args_is_help=True,
    add_completion=False,
    epilog="Ещё: bylostalo templates, data, train, evaluate, compare, export, adapters и bench, у каждой своя --help.",
)

Source = Annotated[str, typer.Argument(help="Текст, «-» (стандартный ввод), файл .txt или .jsonl.")]
Client = Annotated[str | None, typer.Option(help="Сообщение клиента.")]
Note = Annotated[list[str] | None, typer.Option(help="Заметка: чего не хватает в ответе. Можно повторять.")]
AsJson = Annotated[bool, typer.Option("--json", help="Строки JSON вместо показа на экране.")]
Adapter = Annotated[str | None, typer.Option(help="Свой адаптер: папка или имя из bylostalo adapters list.")]
Strictness = Annotated[float, typer.Option(help="0: почти без ложных тревог, 1: почти без пропусков.")]
Timeout = Annotated[float | None, typer.Option(help="Секунд на ответ; что не успеет, останется прежним.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Куда записать строки JSON (.jsonl).")]


def _console() -> Console:
    return Console(highlight=False, soft_wrap=False)


def _chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    parts = [items[start : start + CHUNK] for start in range(0, len(items), CHUNK)]
    if len(parts) > 1 and sys.stderr.isatty():
        yield from track(parts, description="Читаю ответы", console=Console(stderr=True), transient=True)
    else:
        yield from parts


def _run(items: Sequence[Item], work: Callable[[list[Request]], list[Result]]) -> Iterator[tuple[Item, Result | None]]:
    """Every item with its result, in order; None for a line that could not be read."""
    for chunk in _chunks(items):
        results = iter(work([item.request for item in chunk if item.request]))
        for item in chunk:
            yield item, next(results) if item.request else None


def _line(item: Item, result: Any) -> str:
    added = {"error": item.error} if result is None else result.to_dict()
    return json.dumps({**item.fields, **added}, ensure_ascii=False)


def _output_suffix(output: Path | None) -> None:
    if output is not None and output.suffix != ".jsonl":
        raise BylostaloError(f"{output}: результат пишется строками JSON, имя должно кончаться на .jsonl")


def _deliver(
    items: Sequence[Item],
    work: Callable[[list[Request]], list[Result]],
    show: Callable[[Console, Request, Result], None],
    *,
    as_json: bool,
    output: Path | None,
) -> None:
    found = _run(items, work)
    if output is not None:
        write_atomically(output, (_line(item, result) for item, result in found))
    elif as_json:
        for item, result in found:
            typer.echo(_line(item, result))
    else:
        console = _console()
        for item, result in found:
            if item.request and result is not None:
                show(console, item.request, result)
    bad = [item for item in items if item.error]
    for item in bad:
        typer.echo(f"строка {item.line}: {item.error}", err=True)
    if bad:
        raise typer.Exit(BAD_INPUT)


@app.command()
def check(
    source: Source,
    client: Client = None,
    strictness: Strictness = STRICTNESS,
    as_json: AsJson = False,
    output: Output = None,
) -> None:
    """Показать, что не так с ответами: проблемы, места, советы."""
    from bylostalo.inference.classifier import Classifier
    from bylostalo.inference.rendering import show_diagnosis

    _output_suffix(output)
    items = read_items(source, client=client, notes=())
    classifier = Classifier.from_pretrained(strictness=strictness)
    _deliver(
        items,
        lambda requests: classifier.diagnose([r.before for r in requests], [r.client_message for r in requests]),
        show_diagnosis,
        as_json=as_json,
        output=output,
    )


@app.command()
def rewrite(
    source: Source,
    client: Client = None,
    note: Note = None,
    strictness: Strictness = STRICTNESS,
    timeout: Timeout = None,
    adapter: Adapter = None,
    as_json: AsJson = False,
    output: Output = None,
) -> None:
    """Переписать ответы по-человечески; хорошие вернуть как есть."""
    from bylostalo.inference.editor import Editor
    from bylostalo.inference.registry import adapter_folder
    from bylostalo.inference.rendering import show_edit

    _output_suffix(output)
    items = read_items(source, client=client, notes=note or ())
    rewriter = str(adapter_folder(adapter)) if adapter else None
    editor = Editor.from_pretrained(rewriter=rewriter, strictness=strictness)

    def edits(requests: list[Request]) -> list[Edit]:
        if timeout is None:
            return editor.edit(requests)
        return [edit for request in requests for edit in editor.edit([request], timeout=timeout)]

    _deliver(items, edits, show_edit, as_json=as_json, output=output)


def _run_group(name: str, arguments: list[str]) -> None:
    """A group of another package; a library that it lacks is named with the extra that brings it."""
    module, extra = GROUPS[name]
    try:
        found: typer.Typer = getattr(import_module(module), name if name in ("evaluate", "bench") else "app")
        found(args=arguments, prog_name=f"bylostalo {name}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("bylostalo"):
            raise
        raise BylostaloError(
            f"для этой команды не хватает пакета {error.name}: pip install 'bylostalo[{extra}]'"
        ) from None


def main() -> None:
    """Entry point: bad input is one line on standard error and exit code 2."""
    arguments = sys.argv[1:]
    try:
        if arguments and arguments[0] in GROUPS:
            _run_group(arguments[0], arguments[1:])
        else:
            app(args=arguments, prog_name="bylostalo")
    except BylostaloError as error:
        typer.echo(f"bylostalo: {error}", err=True)
        sys.exit(BAD_INPUT)
