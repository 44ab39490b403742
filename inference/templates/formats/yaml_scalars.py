"""New values in the style of a YAML scalar, where that style can hold them."""

import json
import re
from typing import Any

import yaml
from yaml.resolver import Resolver

from .fitting import holds
from .yaml_tree import STRING

RESOLVER: Any = Resolver()
UNPRINTABLE = re.compile("[^\t\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
PLAIN = re.compile(r"[^\W\d_](?:[^\n\t:#]|:(?=\S)|(?<=\S)#)*(?<!\s)\Z")
FLOW_MARKS = re.compile(r"[\[\]{},:]")
NO_BLOCK = re.compile(r"\A\s|\A\Z|^[ \t]+$", re.M)
NO_FOLD = re.compile(r"^[ \t]", re.M)
HEADER = re.compile(r"[|>][-+]?(?P<indent>\d?)[-+]?(?P<comment>[^\r\n]*)(?:\r?\n|\Z)")
INDENT = re.compile(r"^( *)\S", re.M)


def double_quoted(value: str, encoding: str) -> str:
    literal = UNPRINTABLE.sub(_escape, json.dumps(value, ensure_ascii=False))
    return literal if holds(encoding, literal) else re.sub(r"[^ -~]", _escape, literal)


def _escape(character: re.Match[str]) -> str:
    return rf"\U{ord(character.group()):08x}"


def flow_scalar(value: str, style: str, encoding: str, *, flow: bool) -> str:
    """Plain or single-quoted where that says the same, else double-quoted."""
    if style == '"' or "\n" in value or UNPRINTABLE.search(value) or not holds(encoding, value):
        return double_quoted(value, encoding)
    if style == "'":
        return "'" + value.replace("'", "''") + "'"
    return value if _plain(value, flow=flow) else double_quoted(value, encoding)


def _plain(value: str, *, flow: bool) -> bool:
    fits = PLAIN.match(value) and not (flow and FLOW_MARKS.search(value))
    return bool(fits) and RESOLVER.resolve(yaml.ScalarNode, value, (True, False)) == STRING


def block_scalar(value: str, raw: str, old: str, encoding: str) -> str:
    """`value` in place of the block scalar `raw`, which says `old`: literal or folded as it was, indented as it was."""
    header = HEADER.match(raw)
    assert header is not None
    body = raw[header.end() :]
    indent = _indent(body) - _indent(old)
    line_end = "\r\n" if "\r\n" in raw else "\n"
    blank_lines = re.search(rf"(?:(?<=\n) {{0,{indent}}}\r?\n)*\Z", body)
    tail = blank_lines.group() if blank_lines else ""
    if not _block_holds(value, raw[0], encoding):
        return double_quoted(value, encoding) + header["comment"] + line_end * raw.endswith("\n") + tail
    text = value.rstrip("\n")
    ends = len(value) - len(text)
    keeps = ends > 1 or (ends == 1 and "+" in header.group().partition("#")[0])
    if raw[0] == ">":
        text = re.sub(r"\n+", lambda breaks: breaks.group() + "\n", text)
    lines = re.sub(r"^(?=.)", " " * indent, text, flags=re.M) + "\n" * (ends or raw.endswith("\n"))
    chomping = "+" if keeps else "" if ends else "-"
    start = f"{raw[0]}{header['indent']}{chomping}{header['comment']}{line_end}"
    return start + lines.replace("\n", line_end) + ("" if keeps else tail)


def _indent(text: str) -> int:
    found = INDENT.search(text)
    return len(found.group(1)) if found else 0


def _block_holds(value: str, style: str, encoding: str) -> bool:
    refused = NO_BLOCK.search(value) or UNPRINTABLE.search(value) or (style == ">" and NO_FOLD.search(value))
    return not refused and holds(encoding, value)
