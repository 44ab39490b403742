"""JSON, JSON Lines and Zendesk macros."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates.template import Template

from .decoding import Decoded, decoded
from .fitting import Fit
from .json_tree import Style, member_added, parse, style_of
from .library import Library
from .notes import Notes
from .splicing import Splice, spliced
from .tree import Place, distinct, named_notes, places, selected


def open_json(path: Path, column: str | None) -> Library:
    """Keys are paths: «macros/12/actions/0/value»."""
    source = decoded(path)
    try:
        found = list(places(parse(source.text)))
    except (ValueError, RecursionError) as error:
        raise BylostaloError(f"{path}: не JSON ({error})") from None
    comments, how = selected(found, column, path)
    keyed, bad = distinct([("/".join(place.path), place) for place in comments])
    return _library(path, source, keyed, f"JSON, {source.described}, {how}", bad)


def open_json_lines(path: Path, column: str | None) -> Library:
    """Keys are «строка N», with the path behind it where the template stands deeper than the line's own object."""
    source = decoded(path)
    found: list[Place] = []
    bad: list[tuple[str, str]] = []
    for key, start, stop in _lines(source.text):
        try:
            node = parse(source.text, start, stop)
            found += places(node, (key,), listed=True)
        except (ValueError, RecursionError) as error:
            bad.append((key, f"не JSON ({error})"))
            continue
        if source.text[node.start] != "{":
            bad.append((key, "на строке должен стоять один объект JSON {...}"))
    chosen, how = selected(found, column, path)
    keyed, broken = distinct([("/".join(place.path) if place.path[2:] else place.path[0], place) for place in chosen])
    return _library(path, source, keyed, f"JSON Lines, {source.described}, {how}", (*bad, *broken))


def _lines(text: str) -> Iterator[tuple[str, int, int]]:
    """Key, start and stop of every line that is not blank."""
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"строка {number}", start, start + len(line)
        start += len(line) + 1


def _noted(source: Decoded, place: Place, named: Notes, style: Style) -> Iterator[Splice]:
    """New members of the object around a template; an object of its own for one that stands in none."""
    if place.owner:
        yield from (member_added(source.text, place.owner, name, value, style) for name, value in named.items())
    else:
        members = ", ".join(f"{style.written(name)}: {style.written(value)}" for name, value in named.items())
        yield Splice(place.node.start, place.node.stop, f"{{{members}}}")


def _library(
    path: Path, source: Decoded, keyed: Mapping[str, Place], described: str, bad: tuple[tuple[str, str], ...]
) -> Library:
    style = style_of(source.text, source.encoding)

    def replace(texts: Mapping[str, str]) -> bytes:
        changed = ((place.node, texts[key]) for key, place in keyed.items() if key in texts)
        splices = (Splice(node.start, node.stop, style.written(text)) for node, text in changed)
        return source.encoded(spliced(source.text, splices))

    def annotate(notes: Mapping[str, Notes]) -> bytes:
        splices = (
            splice for place, named in named_notes(keyed, notes) for splice in _noted(source, place, named, style)
        )
        return source.encoded(spliced(source.text, splices))

    return Library(
        source=path,
        templates=tuple(Template(key, place.text) for key, place in keyed.items()),
        described=f"{described}, шаблонов: {len(keyed)}",
        bad=bad,
        annotate=annotate,
        replace=replace,
        fit=lambda _, text: Fit(text),
    )
