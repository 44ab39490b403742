"""Code, placeholders of template engines, HTML and Markdown marks, emoji."""

import re
from collections.abc import Iterator

from .fact import Fact, fact, finder, matches, only_with, outside

STRING = r"\"[^\"\n\0]*\"|'[^'\n\0]*'"
OUTPUT = rf"\{{{{2,4}}(?>(?:[^{{}}\"'\0]|{STRING}|\{{[^{{}}\0]*\}})*)\}}{{2,4}}|\{{{{2,4}}[^{{}}\0]*\}}{{2,4}}"
STATEMENT = r"\{%(?:(?!%\}|\{%)[^\0])*%\}"
COMMENT = r"\{#(?:(?!#\})[^\0])*#\}"
SCRIPTLET = r"<%(?:(?!%>)[^\0])*%>"
ENGINE = f"{OUTPUT}|{STATEMENT}|{COMMENT}|{SCRIPTLET}"


LINE_BREAK = r"\n(?!\s*\n)"


def braces(depth: int) -> str:
    inner = braces(depth - 1) if depth > 1 else r"\{\}"
    return rf"\{{(?>(?:[^{{}}\0\n]|{LINE_BREAK}|{inner})*)\}}"


SPINTAX = rf"\{{(?>(?:[^{{}}|\0\n]|{LINE_BREAK}|{braces(4)})*)\|(?>(?:[^{{}}\0\n]|{LINE_BREAK}|{braces(4)})*)\}}"
PRINTF = r"[-+0#]?\d*(?:\.\d+)?"
HEX = r"[\dA-Fa-f]{2}"
SYNTAXES = (
    ENGINE,
    r"\$\{[^\0{}\n]*\}",
    r"\[\[[^\0\[\]\n]+\]\]",
    SPINTAX,
    r"\{[^\0{}\n]{0,80}(?:\{\w*\}[^\0{}\n]{0,20})?\}",
    rf"%\([\w.]+\){PRINTF}[A-Za-z]",
    rf"(?<![\d%])%(?:\d+\$)?{PRINTF}[sdifu@](?!\w)(?!%(?![%sd]))",
    rf"(?<!\w)%(?!{HEX}%{HEX})[^\W\d][\w.-]*%",
    r"(?<!\w)#[A-ZА-ЯЁ][A-ZА-ЯЁ\d_]*#(?!\w)",
    r"<[А-ЯЁа-яё][^\0<>\n]{0,60}>",
)
PLACEHOLDER = rf"(?=[{{%$\[#<])(?:{'|'.join(SYNTAXES)})"

ATTRIBUTES = rf"(?>(?:{ENGINE}|\"(?>(?:{ENGINE}|[^\"\0])*)\"|'(?>(?:{ENGINE}|[^'\0])*)'|[^<>\"'\0])*)"
TAG = rf"</?[A-Za-z]{ATTRIBUTES}>"
ENTITY = r"&(?:[A-Za-z]{2,10}|#\d{1,6}|#x[\dA-Fa-f]{1,6});"

CODE = (
    outside(PLACEHOLDER, r"```[^\0]*?```|~~~[^\0]*?~~~"),
    outside(PLACEHOLDER, r"(?P<ticks>`+)(?!`)[^\0\n]+?(?<!`)(?P=ticks)(?!`)"),
)

HTML = (
    re.compile(r"<!--[^\0]*?-->"),
    outside(PLACEHOLDER, TAG),
    outside(PLACEHOLDER, ENTITY),
    re.compile(r"\[/?(?:b|i|u|s|url|size|color|img|quote|list)(?:=[^\0\]\n]*)?\]", re.I),
)

TARGET = rf"\((?>(?:{ENGINE}|\([^\0()\s]*\)|[^\0()\s])*)(?:\s+\"[^\0\"\n]*\")?\)"
LINK = outside(f"{PLACEHOLDER}|{TAG}", rf"(?P<open>!?\[)[^\[\]\n]*(?P<close>\]{TARGET}|(?<!\[)\]\[[^\[\]\0\n]+\])")

HOLE = rf"(?:{PLACEHOLDER})"
LINK_END = rf"(?:(?:(?!{HOLE})[^\s\0<>«»\"“”„{{}}])*(?!{HOLE})[\w/=&+#-])?"
URL_WITH_HOLES = re.compile(
    rf"(?:https?://|(?<![\w@.-])www\.)(?:(?!{HOLE})[^\s\0<>«»\"“”„{{}}])*(?:{HOLE}{LINK_END})+", re.I
)

HEADING = re.compile(r"^[ \t]*(#{1,6})(?=[ \t]+\S)", re.M)
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
urls_with_holes = only_with(r"[{%$\[#]")(finder("url", URL_WITH_HOLES))
placeholders = only_with(r"[{%$\[#<]")(finder("placeholder", re.compile(PLACEHOLDER)))
html_tags = only_with(r"[<&\[]")(finder("tag", *HTML))
emoji = finder("emoji", EMOJI)


@only_with(r"\][(\[]")
def links(text: str) -> Iterator[Fact]:
    """Brackets and target: the words of a link stay free to be rewritten; an image is a whole."""
    for match in matches(LINK, text):
        if match["open"] == "![":
            yield fact("tag", match, match.group())
        else:
            yield fact("tag", match, match["open"], "open")
            yield fact("tag", match, match["close"], "close")


@only_with(r"[*_~#]")
def markdown_tags(text: str) -> Iterator[Fact]:
    """Markers only: the words between them stay free to be rewritten."""
    taken: set[int] = set()
    for found in (*_headings(text), *_emphasis(text)):
        span = range(found.start, found.stop)
        if taken.isdisjoint(span):
            taken.update(span)
            yield found


def _headings(text: str) -> Iterator[Fact]:
    return (fact("tag", match, match.group(1), 1) for match in HEADING.finditer(text))


def _emphasis(text: str) -> Iterator[Fact]:
    for pattern in EMPHASIS:
        for match in pattern.finditer(text):
            yield fact("tag", match, match.group(1), 1)
            yield fact("tag", match, match.group(2), 2)
