"""What can be wrong between records: repeats, and texts that stand on both sides of a split."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from razdel import sentenize

from .reading import Defect, Row
from .records import Judged, Judgement, Reply, SentencePair
from .similarity import near_duplicates, normalise
from .splits import effective_split

Record = Judged | SentencePair


def text_of(record: Record) -> str:
    """The text by which records are compared."""
    return record.source if isinstance(record, SentencePair) else record.before


def same_letters(record: Record) -> str:
    """The kind of record and its text without case and punctuation."""
    letters = re.sub(r"\W+", " ", text_of(record).lower()).strip()
    return f"{type(record).__name__} {letters}"


def repeated(rows: Sequence[Row[Record]], key: Callable[[Record], str], what: str) -> Iterator[Defect]:
    first: dict[str, Row[Record]] = {}
    for row in rows:
        earlier = first.setdefault(key(row.record), row)
        if earlier is not row:
            yield row.defect(f"{what}, что и {place(earlier)}")


def repeated_id(rows: Sequence[Row[Record]]) -> Iterator[Defect]:
    yield from repeated(rows, lambda record: record.id, "тот же id")


def repeated_text(rows: Sequence[Row[Record]]) -> Iterator[Defect]:
    yield from repeated(rows, same_letters, "тот же текст")


def near_across_splits(rows: Sequence[Row[Record]]) -> Iterator[Defect]:
    splits = [effective_split(row.record) for row in rows]
    for a, b in near_duplicates([text_of(row.record) for row in rows]):
        if splits[a] != splits[b]:
            yield rows[b].defect(
                f"почти тот же текст, что и {place(rows[a])}, но части разные: {splits[b]} и {splits[a]},"
                f" поставьте общую group"
            )


def leaked_sentence(rows: Sequence[Row[Record | Judgement]]) -> Iterator[Defect]:
    held_out: dict[str, Row[Record | Judgement]] = {}
    for row in rows:
        if isinstance(row.record, Reply) and effective_split(row.record) != "train":
            for sentence in sentences(row.record.before):
                held_out.setdefault(sentence, row)
    for row in rows:
        if isinstance(row.record, SentencePair | Judgement) and effective_split(row.record) == "train":
            reply = held_out.get(normalise(row.record.before))
            if reply:
                yield row.defect(
                    f"утечка: предложение стоит в {place(reply)} (часть {effective_split(reply.record)}),"
                    f" а здесь часть train, поставьте group этого ответа"
                )


CHECKS = (repeated_id, repeated_text, near_across_splits)


def check_corpus(rows: Sequence[Row[Record | Judgement]]) -> Iterator[Defect]:
    """Everything wrong between the rows; a source may have several judgements."""
    corpus = [Row(row.path, row.line, row.record) for row in rows if not isinstance(row.record, Judgement)]
    for check in CHECKS:
        yield from check(corpus)
    yield from leaked_sentence(rows)


def sentences(text: str) -> Iterator[str]:
    """Normalised sentences of a reply; a line break ends a sentence."""
    for line in text.splitlines():
        for sentence in sentenize(line):
            if normalised := normalise(sentence.text):
                yield normalised


def place(row: Row[Any]) -> str:
    return f"{row.path}:{row.line}"
