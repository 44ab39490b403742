"""YAML."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace as replaced
from pathlib import Path

import yaml

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates.template import Template

from .decoding import Decoded, decoded
from .fitting import Fit
from .library import Library
from .notes import Notes
from .splicing import Splice, spliced
from .tree import TEXT, Place, distinct, named_notes, places, selected
from .yaml_scalars import block_scalar, double_quoted, flow_scalar
from .yaml_tree import parse

BLOCKS = ("|", ">")
LINE_END = re.compile(r"\r?\n|\Z")


def open_yaml(path: Path, column: str | None) -> Library:
    """Keys are paths: «отказы/0/текст», with the number of the document before it where there are several."""
    source = decoded(path)
    try:
        found = _found(source.text)
    except (yaml.YAMLError, RecursionError) as error:
        raise BylostaloError(f"{path}: не YAML ({' '.join(str(error).split())})") from None
    chosen, how = selected(found, column, path)
    keyed, bad = distinct([("/".join(place.path), place) for place in chosen])

    def replace(texts: Mapping[str, str]) -> bytes:
        changed = {place.path: (place, texts[key]) for key, place in keyed.items() if key in texts}
        splices = (_replaced(source, place, text) for place, text in changed.values())
        return _checked(source, splices, found, {at: text for at, (_, text) in changed.items()}, path)

    def annotate(notes: Mapping[str, Notes]) -> bytes:
        named = list(named_notes(keyed, notes))
        splices = (_noted(source, place, names) for place, names in named)
        alone = {place.path for place, _ in named if place.owner is None}
        moved = (replaced(place, path=(*place.path, TEXT)) if place.path in alone else place for place in found)
        return _checked(source, splices, moved, {}, path)

    return Library(
        source=path,
        templates=tuple(Template(key, place.text) for key, place in keyed.items()),
        described=f"YAML, {source.described}, {how}, шаблонов: {len(keyed)}",
        bad=bad,
        annotate=annotate,
        replace=replace,
        fit=lambda _, text: Fit(text),
    )


def _found(text: str) -> list[Place]:
    roots = parse(text)
    if len(roots) == 1:
        return list(places(roots[0]))
    return [place for number, root in enumerate(roots, 1) for place in places(root, (str(number),))]


def _checked(
    source: Decoded,
    splices: Iterable[Splice],
    before: Iterable[Place],
    changed: Mapping[tuple[str, ...], str],
    path: Path,
) -> bytes:
    """The file with the splices, read once more: YAML has more corners than any writer knows."""
    text = spliced(source.text, splices)
    wanted = {**{place.path: place.text for place in before}, **changed}
    try:
        got = {place.path: place.text for place in _found(text)}
    except yaml.YAMLError:
        got = {}
    if any(got.get(at) != value for at, value in wanted.items()):
        raise BylostaloError(f"{path}: этот YAML записан так, что без потерь его не изменить; пересохраните его проще")
    return source.encoded(text)


def _replaced(source: Decoded, place: Place, text: str) -> Splice:
    return Splice(place.node.start, place.node.stop, _literal(source, place, text))


def _literal(source: Decoded, place: Place, text: str) -> str:
    node = place.node
    if node.style in BLOCKS:
        return block_scalar(text, source.text[node.start : node.stop], place.text, source.encoding)
    return flow_scalar(text, node.style, source.encoding, flow=node.flow)


def _noted(source: Decoded, place: Place, named: Mapping[str, str]) -> Splice:
    """New members behind the one of the template; before it where what ends it cannot be told from what follows."""
    text = source.text
    if place.owner is None:
        return _opened(source, place, named)
    key, value = place.owner.members[place.member]
    flow = place.owner.flow
    written = [
        f"{flow_scalar(name, '', source.encoding, flow=flow)}: "
        f"{_note(source, place, note, flow=flow, is_rewrite=number == 0)}"
        for number, (name, note) in enumerate(named.items())
    ]
    if flow:
        return Splice(value.stop, value.stop, "".join(f", {member}" for member in written))
    indent = " " * (key.start - (text.rfind("\n", 0, key.start) + 1))
    between = source.line_end + indent
    members = between.join(written)
    raw = text[value.start : value.stop]
    if value.style in BLOCKS and raw.endswith("\n") and "+" not in raw[:3]:
        end = _break(text, value.start + len(raw.rstrip("\r\n"))).end()
        return Splice(end, end, indent + members + source.line_end)
    if value.style in BLOCKS or (not value.flow and (value.members or value.items)):
        return Splice(key.start, key.start, members + between)
    end = _break(text, value.stop).start()
    return Splice(end, end, between + members)


def _break(text: str, at: int) -> re.Match[str]:
    found = LINE_END.search(text, at)
    assert found is not None
    return found


def _opened(source: Decoded, place: Place, named: Mapping[str, str]) -> Splice:
    """A mapping in place of a text that stands under no key."""
    raw = source.text[place.node.start : place.node.stop]
    quoted = ", ".join(
        f"{double_quoted(name, source.encoding)}: {double_quoted(note, source.encoding)}"
        for name, note in named.items()
    )
    return Splice(place.node.start, place.node.stop, f"{{{quoted}}}{raw[len(raw.rstrip()) :]}")


def _note(source: Decoded, place: Place, note: str, *, flow: bool, is_rewrite: bool) -> str:
    """The rewrite in the style of its template, everything else plain."""
    node = place.node
    if not is_rewrite:
        return flow_scalar(note, "", source.encoding, flow=flow)
    if node.style not in BLOCKS:
        return flow_scalar(note, node.style, source.encoding, flow=flow)
    raw = source.text[node.start : node.stop].rstrip()
    return block_scalar(note, raw, place.text, source.encoding).removesuffix(source.line_end)
