"""Evaluation figures as Markdown tables."""

from collections.abc import Mapping
from typing import Any

from bylostalo.data.taxonomy import by_code


def _row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _percent(value: float | None) -> str:
    return "—" if value is None else f"{100 * value:.0f} %"


def classifier_table(figures: Mapping[str, Any]) -> str:
    lines = [_row("код", "проблема", "точность", "полнота", "F1", "примеров"), _row(*["---"] * 6)]
    for code, f in figures["codes"].items():
        numbers = (f"{f[key]:.2f}" for key in ("precision", "recall", "f1"))
        lines.append(_row(f"`{code}`", by_code(code).title, *numbers, f["support"]))
    lines += [
        "",
        f"Ответов: {figures['replies']}. macro-F1 {figures['macro_f1']:.3f}; F1 слов в спанах "
        f"{figures['span_token_f1']:.3f}; ложная тревога на хороших ответах {_percent(figures['false_alarm_share'])} "
        f"(из {figures['good_replies']}); {1000 * figures['seconds_per_reply']:.0f} мс на ответ.",
    ]
    return "\n".join(lines)


def rewriter_table(figures: Mapping[str, Any]) -> str:
    heads = ("система", "chrF++", "SARI", "снято проблем: классификатор", "снято: словари", "сломано фактов")
    lines = [_row(*heads), _row(*["---"] * len(heads))]
    for name, f in figures["systems"].items():
        scores = f"{f['chrf']:.1f}", f"{f['sari']:.1f}"
        removed = _percent(f["removed_by_classifier"]), _percent(f["removed_by_word_lists"])
        lines.append(_row(name, *scores, *removed, f["fact_violations"]))
    shares = figures["shares"]
    lines += [
        "",
        f"Ответов: {figures['replies']}. Переписано {_percent(shares['rewritten'])}, не тронуто "
        f"{_percent(shares['unchanged'])}, оставлено без безопасного варианта {_percent(shares['kept'])}; хороших "
        f"вернулось байт в байт {_percent(figures['good_untouched'])}; {figures['seconds_per_reply']:.2f} с на ответ, "
        f"{figures['tokens_per_second']:.0f} токенов/с.",
    ]
    return "\n".join(lines)


def behaviour_table(found: Mapping[str, Mapping[str, tuple[int, int]]]) -> str:
    lines = [_row("вид", "умение", "верно", "из", "доля"), _row(*["---"] * 5)]
    for kind, capabilities in found.items():
        for name, (passed, count) in capabilities.items():
            lines.append(_row(kind, name, passed, count, _percent(passed / count)))
        whole = [sum(pair[place] for pair in capabilities.values()) for place in (0, 1)]
        lines.append(_row(kind, "**всё**", *whole, _percent(whole[0] / whole[1])))
    return "\n".join(lines)
