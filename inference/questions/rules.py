"""The questions of each code, the most concrete first; every rule answers None where it is not sure."""

from collections.abc import Callable

from . import details, next_step, promise, reason, refusal, timeframe

Rule = Callable[[str, str], str | None]
"""Reply and customer's message → question."""

RULES: dict[str, tuple[Rule, ...]] = {
    "no_reason": (reason.of_deed, reason.as_asked, reason.of_wish),
    "no_next_step": (
        next_step.as_asked,
        next_step.of_trouble,
        next_step.of_deed,
        next_step.of_wish,
        next_step.of_complaint,
    ),
    "no_timeframe": (
        timeframe.as_asked,
        promise.of_promise,
        timeframe.of_theme,
        timeframe.of_paper,
        timeframe.of_outage,
        timeframe.as_awaited,
        timeframe.of_trouble,
        timeframe.of_wish,
    ),
    "flat_refusal": (refusal.of_thing, refusal.of_wish),
    "ignores_details": (details.of_detail, details.of_question),
}
