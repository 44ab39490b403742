"""The structure of a template: everything but its prose, as trees that can be compared."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .masking import mask
from .tree import Node, html_tree, markdown_tree

PLAIN = (Node("<p>"), Node("абзац"))
SHOWN = 3


@dataclass(frozen=True)
class Structure:
    """Elements of HTML and blocks of Markdown with their statements and placeholders in place; equal for templates
    that differ in prose alone."""

    html: Node
    markdown: Node


def structure(text: str) -> Structure:
    """The structure of a template in any mixture of HTML, Markdown and plain text.

    Placeholders and inline marks have no order within a branch of a paragraph, a list item or a cell.
    Paragraphs of plain text at both ends, and before a last paragraph that is a signature, do not count.
    """
    masked = mask(text)
    return Structure(*(Node("", _unframed(tree.children)) for tree in (html_tree(masked), markdown_tree(masked))))


def same_structure(before: str, after: str) -> str | None:
    """None if both have one structure, else a line that says what was lost, added or moved."""
    old, new = structure(before), structure(after)
    for left, right in ((old.html, new.html), (old.markdown, new.markdown)):
        if left != right:
            return _difference(left, right)
    return None


def _unframed(blocks: Sequence[Node]) -> tuple[Node, ...]:
    plain = [block in PLAIN for block in blocks]
    if all(plain):
        return ()
    first, last = plain.index(False), len(plain) - plain[::-1].index(False) - 1
    signature = blocks[last : last + 1]
    if last > first and _is_signature(blocks[last]):
        while plain[last - 1]:
            last -= 1
    return (*blocks[first:last], *signature)


def _is_signature(block: Node) -> bool:
    """A paragraph of prose and placeholders."""
    texts = [plain.text for plain in PLAIN]
    return block.text in texts and all(not run.text for run in block.children)


def _difference(left: Node, right: Node) -> str:
    old, new = Counter(_texts(left)), Counter(_texts(right))
    lost, added = old - new, new - old
    if lost or added:
        said = {"потерялось": lost, "появилось": added}
        return "разметка изменилась: " + "; ".join(f"{what}: {_listed(of)}" for what, of in said.items() if of)
    moved = Counter(text for text, _ in (Counter(_placed(left)) - Counter(_placed(right))).elements())
    return f"разметка изменилась: переехало: {_listed(moved)}"


def _listed(texts: Counter[str]) -> str:
    shown = [" ".join(text.split()) for text in texts]
    return ", ".join(shown[:SHOWN]) + (f" и ещё {len(shown) - SHOWN}" if len(shown) > SHOWN else "")


def _texts(node: Node) -> Iterator[str]:
    return (text for text, _ in _placed(node))


def _placed(node: Node, place: tuple[int, ...] = ()) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The texts of a tree, each with the way that leads to it; all of a run stand in one place."""
    parts = 0
    for child in node.children:
        here = (*place, parts)
        for item in (child,) if child.text else child.children:
            yield item.text, here
            yield from _placed(item, here)
        parts += bool(child.text)
