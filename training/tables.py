"""Evaluation figures as Markdown tables."""

from collections.abc import Iterable, Mapping
from typing import Any

from bylostalo.data.taxonomy import by_code
from bylostalo.training.classifier_report import ClassifierReport
from bylostalo.training.comparison import Comparison
from bylostalo.training.metrics.mistakes import Mistake, frequent
from bylostalo.training.numbers import (
    decimal,
    interval,
    milliseconds,
    percent,
    percent_interval,
    signed,
    signed_interval,
)

DECISIONS = {"extra": "лишнее", "missed": "пропущено", "right": "верно"}


def _row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _heads(*names: str) -> list[str]:
    return [_row(*names), _row(*["---"] * len(names))]


def classifier_table(report: ClassifierReport) -> str:
    lines = _heads("код", "проблема", "точность", "полнота", "F1", "95 %", "AP", "калибровка", "примеров")
    for code, f in report.codes.items():
        rates = (decimal(each.value) for each in (f.precision, f.recall, f.f1))
        rest = decimal(f.average_precision), decimal(f.calibration_error), f.support
        lines.append(_row(f"`{code}`", by_code(code).title, *rates, interval(f.f1), *rest))
    lines += [
        "",
        f"Ответов: {report.replies}. macro-F1 {decimal(report.macro_f1.value, 3)} ({interval(report.macro_f1, 3)}); "
        f"F1 слов в спанах {decimal(report.span_f1.value, 3)} ({interval(report.span_f1, 3)}); ложная тревога на "
        f"хороших ответах {percent(report.false_alarms.value)} ({percent_interval(report.false_alarms)}, из "
        f"{report.good_replies}); ошибка калибровки {decimal(report.calibration_error, 3)}; "
        f"{milliseconds(report.seconds_per_reply)} на ответ.",
    ]
    return "\n".join(lines)


def comparison_table(report: ClassifierReport, comparison: Comparison) -> str:
    lines = _heads("что", report.model, comparison.against, "разница", "95 %", "p")
    named = {
        "macro-F1": comparison.macro_f1,
        "F1 слов в спанах": comparison.span_f1,
        "ложные тревоги": comparison.false_alarms,
        **{f"`{code}`": found for code, found in comparison.codes.items()},
    }
    for name, found in named.items():
        both = decimal(found.model), decimal(found.against)
        lines.append(_row(name, *both, signed(found.gain.value), signed_interval(found.gain), decimal(found.p, 3)))
    return "\n".join([*lines, "", comparison.verdict])


def swaps_table(report: ClassifierReport, *, most: int = 10) -> str:
    """The code that was missed and the one given in excess in the same reply, the most frequent pairs."""
    lines = _heads("пропущено", "а найдено лишнее", "ответов")
    for missed, extra, count in frequent(report.swaps)[:most]:
        lines.append(_row(by_code(missed).title, by_code(extra).title, count))
    return "\n".join(lines)


def mistake_lines(mistake: Mistake) -> str:
    """The customer's message, the reply, and what was said of it."""
    said = (
        f"- {DECISIONS[one.kind]}: {by_code(one.code).title} {decimal(one.probability)}"
        f"{_quotes(mistake.text, one.spans)}"
        for one in mistake.decisions
    )
    client = f"Клиент: {mistake.client_message}\n\n" if mistake.client_message else ""
    return f"{client}Ответ: {mistake.text}\n\n" + "\n".join(said)


def _quotes(text: str, spans: Iterable[tuple[int, int]]) -> str:
    quotes = ", ".join(f"«{text[start:stop]}»" for start, stop in spans)
    return f" {quotes}" if quotes else ""


def rewriter_table(figures: Mapping[str, Any]) -> str:
    lines = _heads("система", "chrF++", "SARI", "снято проблем: классификатор", "снято: словари", "сломано фактов")
    for name, f in figures["systems"].items():
        scores = decimal(f["chrf"], 1), decimal(f["sari"], 1)
        removed = percent(f["removed_by_classifier"]), percent(f["removed_by_word_lists"])
        lines.append(_row(name, *scores, *removed, f["fact_violations"]))
    shares = figures["shares"]
    lines += [
        "",
        f"Ответов: {figures['replies']}. Переписано {percent(shares['rewritten'])}, не тронуто "
        f"{percent(shares['unchanged'])}, оставлено без безопасного варианта {percent(shares['kept'])}; хороших "
        f"вернулось байт в байт {percent(figures['good_untouched'])}; {decimal(figures['seconds_per_reply'])} с на "
        f"ответ, {figures['tokens_per_second']:.0f} токенов/с.",
    ]
    return "\n".join(lines)


def behaviour_table(found: Mapping[str, Mapping[str, tuple[int, int]]]) -> str:
    lines = _heads("вид", "умение", "верно", "из", "доля")
    for kind, capabilities in found.items():
        for name, (passed, count) in capabilities.items():
            lines.append(_row(kind, name, passed, count, percent(passed / count)))
        whole = [sum(pair[place] for pair in capabilities.values()) for place in (0, 1)]
        lines.append(_row(kind, "**всё**", *whole, percent(whole[0] / whole[1])))
    return "\n".join(lines)
