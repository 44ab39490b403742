"""Train, validation and test: by group, so that nothing near stands on both sides."""

import hashlib
from collections.abc import Sequence
from typing import Literal

from .records import Judged, Judgement, Reply, SentencePair
from .similarity import near_duplicates

Split = Literal["train", "validation", "test"]
PERCENT = 100
TRAIN_BELOW = 80
VALIDATION_BELOW = 88


def split_of(group: str) -> Split:
    """The split of a group, by the hash of its name: 80 % train, 8 % validation, 12 % test."""
    bucket = int(hashlib.sha256(group.encode("utf-8")).hexdigest(), 16) % PERCENT
    if bucket < TRAIN_BELOW:
        return "train"
    return "validation" if bucket < VALIDATION_BELOW else "test"


def effective_split(record: Judged | SentencePair | Judgement) -> str:
    """The split named in the record («seed», or «test» for domains never trained on), or else that of its group."""
    named = record.split if isinstance(record, Reply) else None
    return named or split_of(record.group)


def assign_groups(texts: Sequence[str], ids: Sequence[str]) -> list[str]:
    """For each text the first id of its cluster: near-duplicates, and near-duplicates of those, share it."""
    parents = list(range(len(texts)))
    for a, b in near_duplicates(texts):
        first, second = sorted((find(parents, a), find(parents, b)))
        parents[second] = first
    return [ids[find(parents, i)] for i in range(len(texts))]


def find(parents: list[int], item: int) -> int:
    while parents[item] != item:
        parents[item] = parents[parents[item]]
        item = parents[item]
    return item
