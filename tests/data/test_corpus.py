"""The corpus of the repository itself."""

from pathlib import Path

import pytest

from bylostalo.data.agreement import agreements, read_labels
from bylostalo.data.reading import read_replies, read_sentences
from bylostalo.data.splits import effective_split
from bylostalo.data.taxonomy import codes
from bylostalo.data.validation import validate

DATA = Path(__file__).parents[2] / "data"


def test_corpus_has_no_defects():
    assert [str(defect) for defect in validate([DATA / "corpus", DATA / "sentences"])] == []


@pytest.fixture(scope="module")
def replies():
    return read_replies(DATA / "corpus")[0]


def test_every_code_is_in_train_and_in_test(replies):
    for split in ("train", "test"):
        assert {code for r in replies if effective_split(r) == split for code in r.codes} == set(codes())


def test_enough_replies_are_good(replies):
    assert sum(not reply.problems for reply in replies) >= 0.12 * len(replies)


def test_files_hold_what_they_are_named_after():
    for path in (DATA / "sentences").glob("*.jsonl"):
        assert {pair.kind for pair in read_sentences(path)[0]} == {path.stem}
    for path in (DATA / "corpus").glob("*.jsonl"):
        assert len({reply.domain for reply in read_replies(path)[0]}) == 1


def test_the_second_labels_agree_with_the_first(replies):
    found = agreements({reply.id: reply.codes for reply in replies}, read_labels(DATA / "second_labels.jsonl"))
    assert min(one.kappa for one in found.values()) >= 0.6
    assert sum(1 for reply in replies if effective_split(reply) == "test") >= 500
    assert sum(len(reply.references) > 0 for reply in replies) >= 200
