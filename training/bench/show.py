"""The rows as a Markdown table and as a chart."""

from collections.abc import Sequence

from markupsafe import Markup

from bylostalo.training.bench.measure import Row
from bylostalo.training.numbers import NONE, decimal, percent

BATCHES = {1: "по одному", "library": "библиотека"}
HEADS = (
    "движок",
    "настройка",
    "пакет",
    "токенов/с",
    "от и до",
    "ответов/с",
    "первый токен, мс",
    "последний, мс",
    "загрузка, с",
    "первый ответ с запуска, с",
    "память, МБ",
    "токенов как у fp32",
)
WIDTH, LEFT, LINE = 860, 470, 26
COLOURS = {"bylostalo": "#0b6b57", "ctranslate2": "#c07a2c", "transformers": "#8a8d92"}


def table(rows: Sequence[Row]) -> str:
    lines = [_line(*HEADS), _line(*["---"] * len(HEADS))]
    return "\n".join([*lines, *(_line(*_cells(row)) for row in rows)])


def _line(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def _cells(row: Row) -> list[str]:
    low, high = row.tokens_per_s_range
    return [
        row.engine,
        row.setting,
        BATCHES[row.batch],
        decimal(row.tokens_per_s, 0),
        f"{decimal(low, 0)}–{decimal(high, 0)}",
        decimal(row.replies_per_s),
        decimal(row.first_token_ms, 0),
        decimal(row.last_token_ms, 0),
        decimal(row.load_s, 1),
        decimal(row.first_use_s, 1),
        decimal(row.peak_mb, 0),
        NONE if row.agreement is None else percent(row.agreement),
    ]


def chart(rows: Sequence[Row], *, machine: str) -> str:
    """Tokens a second as bars, one answer at a time above, the library below, the range of the rounds as a whisker."""
    parts: list[Markup] = [_text(0, 16, machine, size=12)]
    top = 30
    for batch, title in BATCHES.items():
        group = [row for row in rows if row.batch == batch]
        parts.append(_text(0, top + 14, f"Токенов в секунду, {title}", size=14))
        top += LINE
        fastest = max(row.tokens_per_s_range[1] for row in group)
        for row in group:
            parts.append(_bar(row, top, fastest))
            top += LINE
        top += LINE // 2
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" role="img" '
        'font-family="sans-serif" fill="#222">{2}</svg>'
    ).format(WIDTH, top, Markup("").join(parts))


def _text(x: float, y: float, words: str, *, size: int = 12) -> Markup:
    return Markup('<text x="{}" y="{}" font-size="{}">{}</text>').format(x, y, size, words)


def _bar(row: Row, top: int, fastest: float) -> Markup:
    def across(speed: float) -> float:
        return round(LEFT + (WIDTH - LEFT - 60) * speed / fastest, 1)

    low, high = row.tokens_per_s_range
    middle = top + LINE / 2
    bar = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>').format(
        LEFT, top + 5, round(across(row.tokens_per_s) - LEFT, 1), LINE - 10, COLOURS[row.engine.split()[0]]
    )
    whisker = Markup('<path d="M{} {}H{}" stroke="#222"/>').format(across(low), middle, across(high))
    value = _text(across(high) + 6, middle + 4, decimal(row.tokens_per_s, 0))
    return _text(0, middle + 4, f"{row.engine}, {row.setting}", size=11) + bar + whisker + value
