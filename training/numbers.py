"""Numbers as people read them in Russian; a dash where there is none."""

from bylostalo.training.metrics.bootstrap import Estimate

NONE = "—"


def decimal(value: float | None, digits: int = 2) -> str:
    return NONE if value is None else f"{value:.{digits}f}".replace(".", ",").replace("-", "−")


def signed(value: float | None, digits: int = 2) -> str:
    sign = "+" if value is not None and round(value, digits) > 0 else ""
    return sign + decimal(value, digits)


def percent(value: float | None) -> str:
    return NONE if value is None else f"{100 * value:.0f}\N{NO-BREAK SPACE}%"


def milliseconds(seconds: float) -> str:
    return f"{decimal(1000 * seconds, 1)}\N{NO-BREAK SPACE}мс"


def interval(estimate: Estimate, digits: int = 2) -> str:
    """«0,80–0,88»"""
    return NONE if estimate.low is None else f"{decimal(estimate.low, digits)}–{decimal(estimate.high, digits)}"


def signed_interval(estimate: Estimate, digits: int = 2) -> str:
    """«от −0,04 до +0,02»"""
    return NONE if estimate.low is None else f"от {signed(estimate.low, digits)} до {signed(estimate.high, digits)}"


def percent_interval(estimate: Estimate) -> str:
    """«1–8 %»"""
    return NONE if estimate.low is None else f"{100 * estimate.low:.0f}–{percent(estimate.high)}"
