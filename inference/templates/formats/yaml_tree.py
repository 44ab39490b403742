"""YAML as a tree of places."""

import re
from typing import Any

import yaml

from .tree import Node

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
STRING = "tag:yaml.org,2002:str"
DEEPEST = 100
PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")


def parse(text: str) -> tuple[Node, ...]:
    """The documents of a stream. Raises `yaml.YAMLError`, `RecursionError`."""
    _refuse_deep(text)
    return tuple(_node(text, root, set(), flow=False) for root in yaml.compose_all(text, Loader=LOADER))


def _refuse_deep(text: str) -> None:
    """The fast loader is recursive and would bring the interpreter down."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise yaml.YAMLError(f"вложено глубже {DEEPEST}")


def _node(text: str, node: yaml.Node, seen: set[int], *, flow: bool) -> Node:
    """An alias stands for a node that is elsewhere: nothing of its own."""
    start, stop = node.start_mark.index, node.end_mark.index
    if id(node) in seen:
        return Node(start, stop)
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        flow = bool(node.flow_style)
        pairs = ((_key(key), _node(text, value, seen, flow=flow)) for key, value in node.value)
        return Node(start, stop, members=tuple(pairs), flow=flow)
    if isinstance(node, yaml.SequenceNode):
        flow = bool(node.flow_style)
        return Node(start, stop, items=tuple(_node(text, item, seen, flow=flow) for item in node.value), flow=flow)
    if not isinstance(node, yaml.ScalarNode) or node.tag != STRING:
        return Node(start, stop, flow=flow)
    found = PROPERTIES.match(text, start)
    return Node(found.end() if found else start, stop, text=node.value, style=node.style or "", flow=flow)


def _key(node: yaml.Node) -> Node:
    """Also a key that is no string has a name: 404."""
    name = node.value if isinstance(node, yaml.ScalarNode) else None
    return Node(node.start_mark.index, node.end_mark.index, text=name)
