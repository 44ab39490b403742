"""Charts as inline SVG. Colours come from the classes of page.css; the attributes stand in where there is no page."""

from collections.abc import Sequence

from markupsafe import Markup

from bylostalo.training.metrics.bootstrap import Estimate
from bylostalo.training.metrics.reliability import Bin
from bylostalo.training.numbers import decimal, percent

SIDE, LEFT, TOP = 280, 46, 14
SMALLEST, LARGEST = 3.5, 13.0
QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


def interval_bar(estimate: Estimate) -> Markup:
    """A bar from 0 to 1 with its interval; the table around it says the numbers."""
    if estimate.value is None:
        return Markup("")
    bar = _bar(0.0, estimate.value, "tone")
    return _strip(_bar(0.0, 1.0, "track"), bar, _whisker(estimate.low or 0.0, estimate.high or 0.0))


def gain_bar(gain: Estimate, *, reach: float, good: bool) -> Markup:
    """A difference within ±`reach` as a bar from the middle, with its interval."""
    if gain.value is None:
        return Markup("")
    value, low, high = (0.5 + (end or 0.0) / reach / 2 for end in (gain.value, gain.low, gain.high))
    bar = _bar(min(value, 0.5), abs(value - 0.5), "tone" if good else "tone-bad")
    return _strip(_bar(0.0, 1.0, "track"), bar, _line(0.5, 0, 18, "axis"), _whisker(low, high))


def share_bar(share: float) -> Markup:
    """A bar from 0 to 1."""
    return _strip(_bar(0.0, 1.0, "track"), _bar(0.0, share, "tone"))


def reliability_chart(bins: Sequence[Bin]) -> Markup:
    """What was promised against what came true; the area of a point grows with the decisions behind it."""
    parts = [_grid(at) for at in QUARTERS]
    parts.append(Markup('<line class="diagonal" x1="{}" y1="{}" x2="{}" y2="{}" stroke="#8a8d92"/>').format(
        _across(0), _down(0), _across(1), _down(1)
    ))  # fmt: skip
    most = max((each.count for each in bins), default=1)
    parts += [_point(each, most) for each in bins]
    parts.append(Markup('<text x="{}" y="{}" text-anchor="middle">вероятность модели</text>').format(
        _across(0.5), TOP + SIDE + 40
    ))  # fmt: skip
    said = "; ".join(f"обещано {decimal(each.predicted)}, на деле {decimal(each.observed)}" for each in bins)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="reliability" viewBox="0 0 {0} {1}" width="{0}" '
        'role="img" aria-label="{2}" font-size="12" fill="currentColor">{3}</svg>'
    ).format(LEFT + SIDE + 16, TOP + SIDE + 48, f"Диаграмма надёжности: {said}", Markup("").join(parts))


def _across(value: float) -> float:
    return round(LEFT + value * SIDE, 1)


def _down(value: float) -> float:
    return round(TOP + (1 - value) * SIDE, 1)


def _grid(at: float) -> Markup:
    """The lines and labels of one value of both axes."""
    return Markup(
        '<path class="grid" d="M{left} {y}H{right}M{x} {top}V{bottom}" stroke="#c9c6bf" stroke-width="0.7"/>'
        '<text x="{before}" y="{y}" dy="4" text-anchor="end">{label}</text>'
        '<text x="{x}" y="{below}" text-anchor="middle">{label}</text>'
    ).format(
        left=_across(0),
        right=_across(1),
        top=_down(1),
        bottom=_down(0),
        x=_across(at),
        y=_down(at),
        before=LEFT - 8,
        below=TOP + SIDE + 18,
        label=decimal(at),
    )


def _point(each: Bin, most: int) -> Markup:
    """The point of a bin, tied to where it should be."""
    x, y, right = _across(each.predicted), _down(each.observed), _down(each.predicted)
    radius = round(max(SMALLEST, LARGEST * (each.count / most) ** 0.5), 1)
    title = f"обещано {percent(each.predicted)}, на деле {percent(each.observed)}, решений {each.count}"
    return Markup(
        '<g><title>{}</title><line class="gap" x1="{}" y1="{}" x2="{}" y2="{}" stroke="#b9493c" stroke-width="2"/>'
        '<circle class="tone" cx="{}" cy="{}" r="{}" fill="#0b6b57" fill-opacity="0.8"/></g>'
    ).format(title, x, right, x, y, x, y, radius)


def _strip(*parts: Markup) -> Markup:
    """A line of a table: widths in per cent, so that it fits every column."""
    return Markup('<svg class="strip" width="100%" height="18" aria-hidden="true">{}</svg>').format(
        Markup("").join(parts)
    )


def _bar(start: float, width: float, tone: str) -> Markup:
    return Markup('<rect class="{}" x="{}" y="4" width="{}" height="10" rx="2"/>').format(
        tone, _per_cent(start), _per_cent(width)
    )


def _whisker(low: float, high: float) -> Markup:
    across = Markup('<line class="whisker" x1="{}" x2="{}" y1="9" y2="9"/>').format(_per_cent(low), _per_cent(high))
    return across + _line(low, 4, 14, "whisker") + _line(high, 4, 14, "whisker")


def _line(at: float, top: int, bottom: int, kind: str) -> Markup:
    return Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
        kind, _per_cent(at), _per_cent(at), top, bottom
    )


def _per_cent(share: float) -> str:
    return f"{100 * share:.1f}%"
