"""Code, placeholders of template engines, HTML and Markdown marks, emoji."""

import re
from collections.abc import Iterator

from .fact import Fact, fact, finder, only_with

CODE = (
    re.compile(r"```[^\0]*?```|~~~[^\0]*?~~~"),
    re.compile(r"(`+)(?!`)[^\0\n]+?(?<!`)\1(?!`)"),
)

PLACEHOLDERS = (
    re.compile(r"\{\{[^\0{}]*\}\}|\{%[^\0]*?%\}|\{#[^\0]*?#\}|<%[^\0]*?%>"),
    re.compile(r"\$\{[^\0{}\n]*\}|\[\[[^\0\[\]\n]+\]\]"),
    re.compile(r"%\([\w.]+\)[a-z]|(?<![\w%])%(?:\d+\$)?[sdif](?![\w%])"),
    re.compile(r"(?<!\w)%[^\W\d][\w.-]*%"),
    re.compile(r"\{[^\0{}\n]{0,80}\}"),
    re.compile(r"(?<!\w)#[A-ZА-ЯЁ][A-ZА-ЯЁ\d_]*#"),
    re.compile(r"<[А-ЯЁа-яё][^\0<>\n]{0,60}>"),
)

HTML = (
    re.compile(r"<!--[^\0]*?-->"),
    re.compile(r"</?[A-Za-z](?:\"[^\0\"]*\"|'[^\0']*'|[^\0<>\"'])*>"),
    re.compile(r"&(?:[A-Za-z]{2,10}|#\d{1,6}|#x[\dA-Fa-f]{1,6});"),
    re.compile(r"\[/?(?:b|i|u|s|url|size|color|img|quote|list)(?:=[^\0\]\n]*)?\]", re.I),
)

HEADING = re.compile(r"^[ \t]*(#{1,6})(?=[ \t]+\S)", re.M)
LINK = re.compile(r"(!?\[)[^\[\]\n]*(\]\([^\0()\s]*(?:\s+\"[^\0\"\n]*\")?\))")
EMPHASIS = tuple(
    re.compile(rf"(?<![\w\\])({mark})(?=[^\s{edge}])[^\n]*?(?<=[^\s{edge}])({mark})(?!\w)")
    for mark, edge in ((r"\*\*\*", "*"), (r"\*\*", "*"), ("__", "_"), ("~~", "~"), (r"\*", "*"), ("_", "_"))
)

EMOJI = re.compile(
    "(?:[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u231a\u231b\u2934\u2935\u203c\u2049]"
    "[\ufe0f\u200d\U0001f3fb-\U0001f3ff\U0001f1e6-\U0001f1ff]*)+"
    "|(?<!\\S)[:;=]-?[)(DP]+(?!\\w)"
)

commands = only_with(r"[`~]")(finder("command", *CODE))
placeholders = only_with(r"[{%$\[#<]")(finder("placeholder", *PLACEHOLDERS))
html_tags = only_with(r"[<&\[]")(finder("tag", *HTML))
emoji = finder("emoji", EMOJI)


@only_with(r"[*_~#\[]")
def markdown_tags(text: str) -> Iterator[Fact]:
    """Markers only: the words between them stay free to be rewritten."""
    taken: set[int] = set()
    for found in (*_headings(text), *_pairs(LINK, text), *_emphasis(text)):
        span = range(found.start, found.stop)
        if taken.isdisjoint(span):
            taken.update(span)
            yield found


def _headings(text: str) -> Iterator[Fact]:
    return (fact("tag", match, match.group(1), 1) for match in HEADING.finditer(text))


def _emphasis(text: str) -> Iterator[Fact]:
    return (found for pattern in EMPHASIS for found in _pairs(pattern, text))


def _pairs(pattern: re.Pattern[str], text: str) -> Iterator[Fact]:
    for match in pattern.finditer(text):
        yield fact("tag", match, match.group(1), 1)
        yield fact("tag", match, match.group(2), 2)
