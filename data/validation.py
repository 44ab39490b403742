"""Every defect of a corpus, by file and line."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .corpus_checks import Record, check_corpus
from .reading import Defect, Row, read_rows
from .records import Judged, Judgement, Reply, SentencePair
from .reply_checks import check_judged, check_reply
from .sentence_checks import check_judgement, check_sentence


def parse_record(data: Mapping[str, Any]) -> Record | Judgement:
    """A sentence pair where there is a `kind`, a judgement where there is a `chosen`, a reply where there is a rewrite,
    else a labelled reply. Raises `RecordError`."""
    if "chosen" in data:
        return Judgement.from_dict(data)
    if "kind" in data:
        return SentencePair.from_dict(data)
    return Reply.from_dict(data) if {"after", "notes"} & data.keys() else Judged.from_dict(data)


def read_corpus(paths: Iterable[Path | str]) -> tuple[list[Row[Record | Judgement]], list[Defect]]:
    """Records of files and folders, and what could not be read."""
    rows: list[Row[Record | Judgement]] = []
    defects: list[Defect] = []
    for path in paths:
        found, bad = read_rows(path, parse_record)
        rows += found
        defects += bad
    return rows, defects


def validate(paths: Iterable[Path | str]) -> list[Defect]:
    """Defects of the files and folders taken together, by file and line. Never raises on their content.

    Numbers, placeholders and links of `after` must come from the sources and none may be lost, except in
    replies of split «seed»: their rewrites are published examples, which add and leave out facts.
    """
    rows, defects = read_corpus(paths)
    for row in rows:
        defects += [row.defect(message) for message in check_record(row.record)]
    defects += check_corpus(rows)
    return sorted(defects, key=lambda defect: (str(defect.path), defect.line))


def check_record(record: Record | Judgement) -> Iterable[str]:
    if isinstance(record, Judgement):
        return check_judgement(record)
    if isinstance(record, SentencePair):
        return check_sentence(record)
    return check_reply(record) if isinstance(record, Reply) else check_judged(record)
