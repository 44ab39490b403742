"""`bylostalo data house` and `bylostalo data sentences`: what the replies of a company teach."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bylostalo.data.cli import app, watched
from bylostalo.data.errors import BylostaloError
from bylostalo.data.writing import write_atomically
from bylostalo.inference.templates.rules import Rules
from bylostalo.inference.templates.rules_file import read_rules, write_rules

from .learning import learned
from .pairs import Tally, pairs_of
from .sent import Sent, of_train, read_sent

__all__ = ["app"]

Replies = Annotated[Path, typer.Argument(help="Ответы из bylostalo data import.")]


@app.command()
def house(
    replies: Replies, output: Annotated[Path, typer.Option("-o", "--output", help="Куда записать правила (.yaml).")]
) -> None:
    """Понять по ответам компании, как она здоровается, извиняется, прощается, подписывается: ты, вы или Вы."""
    found = house_of_train(read_sent(replies))
    write_rules(found, output)
    typer.echo(output.read_text("utf-8").rstrip())


@app.command()
def sentences(
    replies: Replies,
    output: Annotated[Path, typer.Option("-o", "--output", help="Куда записать пары (.jsonl).")],
    rules: Annotated[Path | None, typer.Option("--house", help="Правила из data house; без них найдутся сами.")] = None,
) -> None:
    """Разложить пары ответов «черновик → отправлено» на пары предложений для обучения."""
    sent = read_sent(replies)
    known = read_rules(rules) if rules else house_of_train(sent)
    tally = Tally()
    pairs = list(watched(pairs_of(sent, known, tally), "Сравниваю предложения"))
    for line in tally.lines():
        typer.echo(line)
    if not pairs:
        raise BylostaloError(f"{replies}: ни одной пары; нужны ответы с полем after, то есть с правкой редактора")
    write_atomically(output, (json.dumps(pair.to_dict(), ensure_ascii=False) for pair in pairs))


def house_of_train(sent: list[Sent]) -> Rules:
    """Learned from the train split alone, so that the others stay unseen."""
    return learned([one.reply for one in of_train(sent)])
