"""How near a company's adapter comes to the company's own replies: shipped, shipped by the rules of the house, its own.

    python benchmarks/company/measure.py ответы.jsonl новые.jsonl --adapter my/лисичка --run runs/лисичка

The files are what `bylostalo data import` wrote; only replies of their test split that editors changed are measured.
Broken facts are those that the fact lock finds in a rewrite against the draft, the client's message and the phrases of
the house.
"""

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import Any

from sacrebleu.metrics import CHRF

from bylostalo.data.reading import read_jsonl
from bylostalo.data.splits import split_of
from bylostalo.inference.editor import Editor
from bylostalo.inference.facts.compare import compare
from bylostalo.inference.results import Request
from bylostalo.inference.templates.rules import Rules
from bylostalo.inference.thou import says_thou, says_you

CHUNK = 16


@dataclass(frozen=True)
class Held:
    """A draft of the test split and what the company sent."""

    request: Request
    reply: str


def held_out(path: Path, limit: int | None) -> list[Held]:
    rows = [row for _, row in read_jsonl(path) if isinstance(row, dict)]
    found = [row for row in rows if row.get("after") and split_of(row["group"]) == "test"]
    return [
        Held(Request(before=row["before"], client_message=row["client_message"]), row["after"]) for row in found[:limit]
    ]


def signs(text: str, house: Rules) -> bool:
    return any(text.rstrip().endswith(signature) for signature in house.signature)


def greets(text: str, house: Rules) -> bool:
    begins = (*house.greeting, *(phrase.partition("{name}")[2] or phrase for phrase in house.greeting_by_name))
    return any(phrase.strip() in text[:80] for phrase in begins)


def breaks_facts(held: Held, text: str, house: Rules) -> bool:
    told = "\n".join(filter(None, (held.request.client_message, *house.wordings)))
    return text != held.request.before and not compare(text, before=held.request.before, client_message=told).ok


def figures(held: Sequence[Held], texts: Sequence[str], house: Rules) -> dict[str, float]:
    def share(holds: Callable[[str], bool]) -> float:
        return mean(map(holds, texts))

    return {
        "chrf": CHRF(word_order=2).corpus_score(list(texts), [[one.reply for one in held]]).score,
        "signed": share(lambda text: signs(text, house)),
        "greeted": share(lambda text: greets(text, house)),
        "thou": share(lambda text: says_thou(text) and not says_you(text)),
        "mixed": share(lambda text: says_thou(text) and says_you(text)),
        "broken_facts": float(sum(breaks_facts(one, text, house) for one, text in zip(held, texts, strict=True))),
    }


TITLES = {
    "chrf": ("chrF++ к ответу компании", "{:.1f}"),
    "signed": ("подписано как у компании", "{:.0%}"),
    "greeted": ("приветствие компании", "{:.0%}"),
    "thou": ("на «ты»", "{:.0%}"),
    "mixed": ("«ты» и «вы» вместе", "{:.0%}"),
    "broken_facts": ("ответов со сломанными фактами", "{:.0f}"),
    "rewritten": ("переписано", "{:.0%}"),
    "seconds": ("секунд процессора на ответ", "{:.2f}"),
}


def forgetful(editor: Editor) -> Editor:
    """Remembers nothing, so that nobody gains by what another was asked."""
    return replace(editor, rewriter=editor.rewriter.forgetful())


def edited(editor: Editor, held: Sequence[Held], house: Rules) -> tuple[list[str], dict[str, float]]:
    texts, statuses, started = [], [], time.process_time()
    for start in range(0, len(held), CHUNK):
        edits = editor.edit([one.request for one in held[start : start + CHUNK]])
        texts += [edit.rewrite.after for edit in edits]
        statuses += [edit.rewrite.status for edit in edits]
    seconds = (time.process_time() - started) / len(held)
    return texts, {
        **figures(held, texts, house),
        "rewritten": statuses.count("rewritten") / len(held),
        "seconds": seconds,
    }


def compared(editors: Mapping[str, Editor], held: Sequence[Held], house: Rules) -> dict[str, Any]:
    """Figures and texts of every system on the same replies."""
    systems = {"черновик": figures(held, [one.request.before for one in held], house)}
    answers = {}
    for title, editor in editors.items():
        answers[title], systems[title] = edited(editor, held, house)
    texts = [
        {"before": one.request.before, "reply": one.reply, **dict(zip(answers, said, strict=True))}
        for one, *said in zip(held, *answers.values(), strict=True)
    ]
    return {"replies": len(held), "systems": systems, "texts": texts}


def cost(run: Path | None) -> dict[str, Any]:
    """What `run.json` says the training took."""
    if run is None:
        return {}
    told = json.loads((run / "run.json").read_text("utf-8"))
    return {key: told.get(key) for key in ("hours", "peak_memory", "train_examples", "train_tokens")}


def table(systems: Mapping[str, Mapping[str, float]]) -> str:
    lines = ["| | " + " | ".join(systems) + " |", "| --- |" + " --- |" * len(systems)]
    for key, (title, form) in TITLES.items():
        cells = [form.format(known[key]) if key in known else "" for known in systems.values()]
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("replies", type=Path, nargs="+")
    parser.add_argument("--adapter", required=True)
    parser.add_argument("--run", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--limit", type=int)
    given = parser.parse_args()
    shipped, company = forgetful(Editor.from_pretrained()), forgetful(Editor.from_pretrained(rewriter=given.adapter))
    house = company.rewriter.house
    at_home = replace(shipped, rewriter=replace(shipped.rewriter, house=house))
    editors = {"встроенная": shipped, "она же с правилами дома": at_home, "компания": company}
    training = cost(given.run)
    found = {path.name: compared(editors, held_out(path, given.limit), house) for path in given.replies}
    for name, one in found.items():
        print(f"{name}, ответов: {one['replies']}\n\n{table(one['systems'])}\n")
    if training:
        memory, minutes = (training["peak_memory"] or 0) / 2**30, training["hours"] * 60
        print(f"Обучение: {minutes:.0f} мин, память {memory:.1f} ГБ, токенов {training['train_tokens']}.")
    if given.json:
        given.json.write_text(json.dumps({**found, "training": training}, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main()
