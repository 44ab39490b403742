"""The fact lock on the authored pairs: good pairs pass, the same pairs spoilt do not."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from mutations import MUTATIONS

from bylostalo.inference.facts import compare

DATA = Path(__file__).parents[2] / "data"
MAX_REFUSED_SENTENCES = 0.01
MAX_REFUSED_REPLIES = 0.05
MIN_CAUGHT = 0.99


def records(folder: str, every: int) -> Iterator[dict]:
    """Every n-th record that has a rewrite."""
    lines = (line for path in sorted((DATA / folder).glob("*.jsonl")) for line in path.open(encoding="utf-8"))
    rewritten = (record for record in map(json.loads, lines) if record["after"])
    yield from (record for index, record in enumerate(rewritten) if index % every == 0)


def notes(record: dict) -> list[str]:
    return record.get("notes") or ([record["note"]] if record.get("note") else [])


def is_heard(record: dict) -> bool:
    """Whether the pair is a message and the apology for it, which may leave facts unsaid but adds none."""
    return record.get("kind") == "heard"


def passes(after: str, record: dict) -> bool:
    if is_heard(record):
        return compare(after, before="", client_message=record["before"]).ok
    return compare(after, before=record["before"], client_message=record.get("client_message"), notes=notes(record)).ok


@pytest.mark.parametrize(
    ("folder", "every", "ceiling"),
    [("sentences", 6, MAX_REFUSED_SENTENCES), ("corpus", 3, MAX_REFUSED_REPLIES)],
)
def test_good_pairs_pass(folder, every, ceiling):
    pairs = list(records(folder, every))
    refused = [record["id"] for record in pairs if not passes(record["after"], record)]
    assert len(refused) / len(pairs) < ceiling, refused


def test_spoilt_pairs_are_caught():
    random = Random(5)
    tried, missed, examples = Counter(), Counter(), []
    for record in records("sentences", 12):
        after = record["after"]
        if is_heard(record) or not passes(after, record):
            continue
        for name, mutate in MUTATIONS.items():
            spoilt = mutate(after, random) if name != "fact added" or random.random() < 0.2 else None
            if spoilt is None:
                continue
            tried[name] += 1
            if passes(spoilt, record):
                missed[name] += 1
                examples.append((name, after, spoilt))
    assert set(tried) == set(MUTATIONS)
    assert 1 - missed.total() / tried.total() >= MIN_CAUGHT, examples
