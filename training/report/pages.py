"""The pages of `bylostalo evaluate`."""

from collections.abc import Sequence

from bylostalo.data.taxonomy import by_code, codes
from bylostalo.training.behaviour import Outcome, rates
from bylostalo.training.classifier_report import ClassifierReport
from bylostalo.training.comparison import Comparison
from bylostalo.training.metrics.mistakes import frequent
from bylostalo.training.report.page import render
from bylostalo.training.tables import DECISIONS

KINDS = {"minimum": "Главное", "invariance": "Неизменность", "direction": "Направление"}
GOOD = "good"
ABOUT = {
    "minimum": "Проблема видна в простой строке, а в похожей строке без неё не мерещится",
    "invariance": "То, что не меняет сути, не меняет и найденных проблем",
    "direction": "Правка, которая чинит или портит ответ, сдвигает вероятность проблемы куда надо",
}


def classifier_page(report: ClassifierReport, *, split: str) -> str:
    """Figures, comparison, reliability and the worst mistakes with their texts."""
    reach = _reach(report.comparison) if report.comparison else 1.0
    return render(
        "classifier.html",
        report=report,
        split=split,
        frequent=frequent(report.swaps),
        decisions=DECISIONS,
        reach=reach,
    )


def behaviour_page(outcomes: Sequence[Outcome], *, model: str) -> str:
    """Pass rate of each capability and every line that failed."""
    return render(
        "behaviour.html",
        outcomes=outcomes,
        rates=rates(outcomes),
        model=model,
        kinds=KINDS,
        about=ABOUT,
        name_of=_title,
    )


def _title(capability: str) -> str:
    """Of a capability that is named by a code, or by «good», or in Russian."""
    if capability == GOOD:
        return "хорошие ответы"
    return by_code(capability).title if capability in codes() else capability


def _reach(comparison: Comparison) -> float:
    """The farthest end of all the intervals, the scale of the chart."""
    found = (comparison.macro_f1, comparison.span_f1, comparison.false_alarms, *comparison.codes.values())
    ends = (abs(end) for each in found for end in (each.gain.low, each.gain.high) if end is not None)
    return max(ends, default=0.0) or 1.0
