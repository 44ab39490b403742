"""Markdown, HTML and plain text: a folder of templates, or one file."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path, PurePosixPath

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates.template import Template

from .decoding import decoded
from .fitting import Fit
from .library import Library
from .notes import Notes
from .pages import AFTER, Page, is_tight, parts, whole
from .saving import Content

SUFFIXES = (".md", ".markdown", ".html", ".htm", ".txt")


def open_file(path: Path, *, others: Sequence[str]) -> Library:
    """A .txt holds templates between lines of --- or ===, else between blank lines; any other file is one template.

    `others` are the types that are read elsewhere, named in the error.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise BylostaloError(f"{path}: не знаю такого типа файла, бывают: {', '.join((*others, *SUFFIXES))} и папки")
    source = decoded(path)
    is_list = path.suffix.lower() == ".txt"
    passages = tuple((parts if is_list else whole)(source.text, path.name))
    page = Page(path.name, source, passages, tight=is_list and is_tight(source.text))
    if not page.passages:
        raise BylostaloError(f"{path}: пусто, шаблонов нет")
    return _library(path, [page], {}, (), page.replaced, f"файл {path.suffix.lower()}, {source.described}")


def open_folder(path: Path) -> Library:
    """Every file of a known type is one template, its relative path the key; hidden files are passed over."""
    pages: list[Page] = []
    rest: dict[str, Path] = {}
    bad: list[tuple[str, str]] = []
    for name, file in _visible(path):
        rest[name] = file
        if file.suffix.lower() not in SUFFIXES:
            continue
        try:
            source = decoded(file)
        except (BylostaloError, OSError) as error:
            bad.append((name, str(error)))
            continue
        if passages := tuple(whole(source.text, name)):
            pages.append(Page(name, source, passages))
            del rest[name]
    if not pages:
        raise BylostaloError(f"{path}: в папке нет шаблонов, годятся файлы {', '.join(SUFFIXES)}")

    def replace(texts: Mapping[str, str]) -> Content:
        return {**rest, **{page.name: page.replaced(texts) for page in pages}}

    encodings = ", ".join(sorted({page.source.described for page in pages}))
    return _library(path, pages, rest, tuple(bad), replace, f"папка, {encodings}")


def _library(
    path: Path,
    pages: Sequence[Page],
    rest: Mapping[str, Path],
    bad: tuple[tuple[str, str], ...],
    replace: Callable[[Mapping[str, str]], Content],
    described: str,
) -> Library:
    where = {passage.key: page for page in pages for passage in page.passages}
    templates = [
        Template(passage.key, page.source.text[passage.start : passage.stop])
        for page in pages
        for passage in page.passages
    ]

    def annotate(notes: Mapping[str, Notes]) -> Content:
        files: dict[str, bytes | Path] = {**rest, **{page.name: page.replaced({}) for page in pages}}
        for page in pages:
            stem, suffix = str(PurePosixPath(page.name).with_suffix("")), PurePosixPath(page.name).suffix
            files[_free(f"{stem}.{AFTER}", suffix, files)] = page.rewritten(notes)
            files[_free(f"{stem}.проблемы", ".txt", files)] = page.report(notes)
        return files

    return Library(
        source=path,
        templates=tuple(templates),
        described=f"{described}, шаблонов: {len(templates)}",
        bad=bad,
        annotate=annotate,
        replace=replace,
        fit=lambda key, text: where[key].fit(text) if key in where else Fit(text),
    )


def _free(stem: str, suffix: str, taken: Container[str]) -> str:
    numbered = (f"{stem} {number}" if number > 1 else stem for number in count(1))
    return next(name + suffix for name in numbered if name + suffix not in taken)


def _visible(folder: Path) -> Iterator[tuple[str, Path]]:
    """Relative path and file, sorted."""
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        if file.is_file() and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix(), file
