"""Trees of HTML elements and of Markdown blocks, without their prose."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bylostalo.inference.branches import BLOCK_NAME
from bylostalo.inference.facts.markup import TAG

from .masking import Masked

VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
BLOCK = re.compile(BLOCK_NAME)
ANY_TAG = re.compile(TAG)
NO_DECLARATION = re.compile(r"<(?=[!?])")
TAG_NAME = re.compile(r"</?([A-Za-z][\w-]*)")


@dataclass(frozen=True, order=True)
class Node:
    """`text` is the tag or piece as shown to people; a node without text is a run whose children have no order."""

    text: str
    children: tuple["Node", ...] = ()


@dataclass
class Growing:
    """A node whose children are still coming; inline ones gather in `run` until something parts them."""

    text: str
    is_block: bool = True
    name: str = ""
    children: list[Node] = field(default_factory=list)
    run: list[Node] = field(default_factory=list)

    def add(self, node: Node, *, parts: bool) -> None:
        if parts:
            self.part()
            self.children.append(node)
        else:
            self.run.append(node)

    def part(self) -> None:
        if self.run:
            self.children.append(Node("", tuple(sorted(self.run))))
            self.run = []

    def grown(self, text: str) -> Node:
        self.part()
        return Node(text, tuple(self.children))

    def add_pieces(self, text: str, masked: Masked, *, entities: bool) -> None:
        for character in text:
            piece = masked.piece(character)
            if piece and (entities or piece.kind != "entity"):
                self.add(Node(piece.text), parts=piece.kind == "part")


class _Elements(HTMLParser):
    def __init__(self, masked: Masked) -> None:
        super().__init__(convert_charrefs=False)
        self.masked = masked
        self.stack = [Growing("")]
        self.feed(NO_DECLARATION.sub(" ", masked.text))
        self.close()
        while len(self.stack) > 1:
            self._pop(closed=False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        shown = "".join(f" {name}" if value is None else f' {name}="{value}"' for name, value in attrs)
        element = Growing(self.masked.unmasked(f"<{tag}{shown}>"), BLOCK.fullmatch(tag) is not None, tag)
        self.stack.append(element)
        if tag in VOID:
            self._pop(closed=True)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not any(element.name == tag for element in self.stack):
            self.stack[-1].add(Node(f"</{tag}>"), parts=True)
            return
        while self.stack[-1].name != tag:
            self._pop(closed=False)
        self._pop(closed=True)

    def handle_data(self, data: str) -> None:
        self.stack[-1].add_pieces(data, self.masked, entities=True)

    def _pop(self, *, closed: bool) -> None:
        element = self.stack.pop()
        node = element.grown(element.text if closed else f"незакрытый {element.text}")
        self.stack[-1].add(node, parts=element.is_block)


def html_tree(masked: Masked) -> Node:
    return _Elements(masked).stack[0].grown("")


class _Markdown(MarkdownIt):
    """Indented lines are prose, links stay as they are written."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.enable(["table", "strikethrough"]).disable(["code", "entity"])

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


MARKDOWN = _Markdown()


def markdown_tree(masked: Masked) -> Node:
    """HTML tags are taken out: those of blocks part paragraphs."""
    stack = [Growing("")]
    _grow(MARKDOWN.parse(ANY_TAG.sub(_blank_line, masked.text)), stack, masked)
    return stack[0].grown("")


def _blank_line(found: re.Match[str]) -> str:
    name = TAG_NAME.match(found.group())
    if name is None or not BLOCK.fullmatch(name[1].lower()):
        return ""
    return " " if name[1].lower() == "br" else "\n\n"


def _grow(tokens: Iterable[Token], stack: list[Growing], masked: Masked) -> None:
    for token in tokens:
        if token.type == "inline":
            _grow(token.children or (), stack, masked)
        elif token.type == "text":
            stack[-1].add_pieces(token.content, masked, entities=False)
        elif token.nesting > 0:
            stack.append(Growing(_shown(token, masked), token.block))
        elif token.nesting < 0:
            node = stack.pop()
            stack[-1].add(node.grown(node.text), parts=node.is_block)
        elif token.type != "softbreak":
            stack[-1].add(Node(_shown(token, masked)), parts=token.block or token.type == "hardbreak")


NAMES = {
    "p": "абзац",
    "ul": "список",
    "ol": "нумерованный список",
    "li": "пункт списка",
    "blockquote": "цитата",
    "table": "таблица",
    "thead": "шапка таблицы",
    "tbody": "тело таблицы",
    "tr": "строка таблицы",
    "th": "ячейка шапки",
    "td": "ячейка",
    "hr": "черта",
    "br": "перенос строки",
    "strong": "жирный шрифт",
    "em": "курсив",
    "s": "зачёркивание",
    "a": "ссылка",
    "img": "картинка",
    "code": "код",
}


def _shown(token: Token, masked: Masked) -> str:
    attributes = "".join(f" {name}={value}" for name, value in token.attrs.items() if value != "")
    content = f" {token.content}" if token.content else ""
    return masked.unmasked(f"{NAMES.get(token.tag, f'заголовок {token.tag}')}{attributes}{content}")
