"""Model cards (Mitchell et al., 2019), written beside exported weights."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

PURPOSE = {
    "rewriter": (
        "Переписчик bylostalo",
        "Говорит канцелярское или грубое предложение ответа поддержки простыми словами; вплетает заметку. Работает "
        "только вместе с замками bylostalo: факты и смысл каждого варианта сверяются, непрошедшие не выдаются.",
        "Обучен на отдельных предложениях, соседей и сообщения клиента не видит. Вне ответов поддержки не проверялся. "
        "Без замков может потерять условие или поменять роли.",
    ),
    "classifier": (
        "Классификатор bylostalo",
        "Находит 18 проблем ответа поддержки (`data/taxonomy.yaml`) и места десяти из них.",
        "Оценка есть вероятность, подобранная на validation, а не мера тяжести. Мягкие проблемы (`no_reason`, "
        "`ignores_details`) спорны и для людей, см. согласие разметчиков в `data/README.md`.",
    ),
}
TERMS = {"embedded": "Gemma 3 270M; адаптер и собранные веса подчиняются условиям использования Gemma (NOTICE)."}


def last(log: list[Mapping[str, Any]], key: str) -> float | None:
    found = [entry[key] for entry in log if key in entry]
    return found[-1] if found else None


def lines(kind: str, figures: Mapping[str, Any]) -> list[str]:
    """The card of a run as Markdown lines; `figures` is its `run.json`."""
    title, purpose, limits = PURPOSE[kind]
    config = figures["config"]
    base = config.get("base") or config.get("encoder")
    examples = figures.get("train_examples") or figures.get("train_rows")
    rows = [f"| `{key}` | {value} |" for key, value in config.items() if value != ""]
    losses = [("обучение", last(figures["log"], "loss")), ("validation", last(figures["log"], "eval_loss"))]
    return [
        f"# {title}",
        "",
        purpose,
        "",
        f"* Основа: `{base}`. {TERMS.get(str(base), 'Условия основы смотрите у её авторов.')}",
        f"* Данные: `{config.get('corpus') or config.get('sentences')}`, SHA-256 `{figures['corpus_sha256']}`.",
        f"* Примеров: {examples}, токенов: {figures['train_tokens']}.",
        f"* Время обучения: {figures['hours']} ч.",
        *[f"* Потери, {name}: {value:.3f}." for name, value in losses if value is not None],
        f"* Где не годится: {limits}",
        "",
        "Измерения на отложенных данных: README проекта; их даёт `bylostalo evaluate`.",
        "",
        "| ключ | значение |",
        "| --- | --- |",
        *rows,
        "",
    ]


def write_card(kind: str, figures: Mapping[str, Any], target: Path) -> None:
    (target / "README.md").write_text("\n".join(lines(kind, figures)), "utf-8")
