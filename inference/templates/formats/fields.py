"""The fields of a delimited table, with the places where they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

DELIMITERS = ",;\t|"
SAMPLE = 200
LINE_END = re.compile(r"\r\n|\r|\n|\Z")


@dataclass(frozen=True)
class Field:
    """The value of the raw characters `[start, stop)`, quotes included; `closed` unless the last quote is missing."""

    value: str
    start: int
    stop: int
    quoted: bool
    closed: bool


@cache
def _field(delimiter: str) -> re.Pattern[str]:
    plain = f"[^{re.escape(delimiter)}\r\n]*"
    return re.compile(rf'"(?P<inside>[^"]*(?:""[^"]*)*)(?:"(?P<rest>{plain})|\Z)|{plain}')


def records(text: str, delimiter: str) -> Iterator[tuple[Field, ...]]:
    """Records as the csv module reads them; a blank line is a record without fields."""
    at = 0
    while at < len(text):
        record = tuple(_record(text, at, delimiter))
        at = record[-1].stop
        yield () if record[0].start == at else record
        end = LINE_END.match(text, at)
        assert end is not None
        at = end.end()


def _record(text: str, at: int, delimiter: str) -> Iterator[Field]:
    pattern = _field(delimiter)
    while found := pattern.match(text, at):
        inside = found["inside"]
        value = found.group() if inside is None else inside.replace('""', '"') + (found["rest"] or "")
        quoted = inside is not None
        yield Field(value, at, found.end(), quoted, not quoted or found["rest"] is not None)
        at = found.end() + 1
        if not text.startswith(delimiter, found.end()):
            return


def written(value: str, *, delimiter: str, quoted: bool) -> str:
    """A value as a field, quoted if asked or needed."""
    if quoted or any(character in value for character in f'{delimiter}"\r\n'):
        return '"' + value.replace('"', '""') + '"'
    return value


def delimiter_of(text: str) -> str:
    """The delimiter by which the first records have as many fields as the header, and the header more than one."""
    return max(DELIMITERS, key=lambda delimiter: _likelihood(text, delimiter))


def _likelihood(text: str, delimiter: str) -> tuple[bool, float, int]:
    counts = [len(record) for record in islice(records(text, delimiter), SAMPLE) if record] or [0]
    return counts[0] > 1, counts.count(counts[0]) / len(counts), counts[0]
