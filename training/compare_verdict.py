"""What a comparison of two rewriters comes to, in plain Russian."""

from collections.abc import Iterator
from dataclasses import dataclass

from bylostalo.training.compare_data import Case
from bylostalo.training.compare_rewriters import METRICS, Answer, RewriterComparison, Tried
from bylostalo.training.comparison import Difference
from bylostalo.training.metrics.bootstrap import Estimate
from bylostalo.training.numbers import decimal, percent, signed

FIRST, SECOND = "А", "Б"
SHOWN = 20
SLOWER = 1.2
_MANY = 20_000


@dataclass(frozen=True, kw_only=True)
class Example:
    """A reply that the models said differently; `gain` of the second over the first by the metric that decides."""

    case: Case
    first: Answer
    second: Answer
    gain: float


def deciding(found: RewriterComparison) -> str:
    """Likeness to people's rewrites where there are some, else the problems removed."""
    return "chrf" if any(case.references for case in found.cases) else "removed"


def examples(found: RewriterComparison, *, winner: str) -> list[Example]:
    """The replies where that model wins most, the largest difference first."""
    name, sign = deciding(found), 1 if winner == SECOND else -1
    shown = []
    for case, first, second in zip(found.cases, found.first.answers, found.second.answers, strict=True):
        one, other = first.figures[name], second.figures[name]
        if one is not None and other is not None and sign * (other - one) > 0:
            shown.append(Example(case=case, first=first, second=second, gain=other - one))
    return sorted(shown, key=lambda example: -abs(example.gain))[:SHOWN]


def figure(name: str, value: float | None) -> str:
    return percent(value) if METRICS[name].is_share else decimal(value, 1)


def gain(name: str, value: float | None) -> str:
    """«+2,1» or «+4 п. п.»"""
    if value is None or not METRICS[name].is_share:
        return signed(value, 1)
    return f"{signed(100 * value, 0)}\N{NO-BREAK SPACE}п.\N{NO-BREAK SPACE}п."


def gain_interval(name: str, found: Estimate) -> str:
    """«от +0,8 до +3,4»"""
    if found.low is None or found.high is None:
        return ""
    scale, digits = (100, 0) if METRICS[name].is_share else (1, 1)
    return f"от {signed(scale * found.low, digits)} до {signed(scale * found.high, digits)}"


def winner(name: str, found: Difference) -> str:
    """The better model by a metric; empty where they are equal or neither is better."""
    value = METRICS[name].better * (found.gain.value or 0.0)
    return SECOND if value > 0 else FIRST if value < 0 else ""


def verdict(found: RewriterComparison) -> str:
    """«Б лучше: chrF++ к эталону +2,1 (95 %: от +0,8 до +3,4), ответов 300. …»"""
    return " ".join((_main(found), *_facts(found), *_others(found), *_cost(found.first, found.second)))


def _main(found: RewriterComparison) -> str:
    name, count = deciding(found), len(found.cases)
    main = found.differences[name]
    if main.gain.value is None:
        return "Сравнить не по чему: в данных нет ни эталонов, ни проблем, которые можно снять."
    if main.is_certain and (best := winner(name, main)):
        return f"{best} лучше: {_said(name, main, best)}, ответов {count}."
    return f"Разницы не видно: {_said(name, main, SECOND)} у {SECOND}, ответов {count}.{_enough(main.gain, count)}"


def _said(name: str, found: Difference, seen_from: str) -> str:
    turned = found.gain if seen_from == SECOND else _turned(found.gain)
    return f"{METRICS[name].title} {gain(name, turned.value)} (95 %: {gain_interval(name, turned)})"


def _turned(found: Estimate) -> Estimate:
    value, low, high = (None if end is None else -end for end in (found.value, found.high, found.low))
    return Estimate(value, low, high)


def _enough(found: Estimate, count: int) -> str:
    """How many replies would show such a difference if it is there: intervals narrow as the root of their number."""
    if not found.value or found.low is None or found.high is None:
        return ""
    needed = count * ((found.high - found.low) / 2 / abs(found.value)) ** 2
    return f" Если она есть, её показали бы около {_round(needed)} ответов." if count < needed < _MANY else ""


def _round(count: float) -> int:
    """To two figures."""
    return int(float(f"{count:.2g}"))


def _facts(found: RewriterComparison) -> Iterator[str]:
    broken, main = found.differences["broken"], found.differences[deciding(found)]
    if not (better := winner("broken", broken)):
        return
    worse = FIRST if better == SECOND else SECOND
    shares = (broken.model, broken.against) if worse == SECOND else (broken.against, broken.model)
    said = f"{worse} чаще ломает факты: {percent(shares[0])} ответов против {percent(shares[1])}"
    wins = main.is_certain and winner(deciding(found), main) == worse
    yield f"{said}; пока это так, берите {better}." if wins else f"{said}."


def _others(found: RewriterComparison) -> Iterator[str]:
    """Other sure differences, model by model."""
    for name in (FIRST, SECOND):
        said = [
            _said(key, each, name)
            for key, each in found.differences.items()
            if key not in (deciding(found), "broken") and each.is_certain and winner(key, each) == name
        ]
        if said:
            yield f"У {name} лучше и другое: {'; '.join(said)}."


def _cost(first: Tried, second: Tried) -> Iterator[str]:
    slow, quick = sorted((first.seconds_per_reply, second.seconds_per_reply), reverse=True)
    if slow > SLOWER * quick:
        name = SECOND if second.seconds_per_reply == slow else FIRST
        yield f"{name} медленнее: {decimal(slow)} с на ответ против {decimal(quick)}."
