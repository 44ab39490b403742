"""Renders a template of this folder into one self-contained page."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from bylostalo.data.taxonomy import by_code
from bylostalo.training import numbers
from bylostalo.training.report import charts
from bylostalo.training.report.pieces import pieces

HELPERS = (
    numbers.decimal,
    numbers.signed,
    numbers.percent,
    numbers.milliseconds,
    numbers.interval,
    numbers.signed_interval,
    numbers.percent_interval,
    charts.interval_bar,
    charts.gain_bar,
    charts.share_bar,
    charts.reliability_chart,
    by_code,
    pieces,
)
"""What templates may call."""


def render(template: str, **values: Any) -> str:
    """The page; every text is escaped, and nothing may be loaded or run by it."""
    style = _source("page.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return _environment().get_template(template).render(policy=policy, style=Markup(style), **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {helper.__name__: helper for helper in HELPERS}
    return environment


@cache
def _source(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
