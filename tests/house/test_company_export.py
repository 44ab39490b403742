"""The synthetic export: always the same, whole, faithful, and with something kept for the measurement."""

import csv
import io
import sys
from pathlib import Path
from random import Random

import pytest

from bylostalo.inference.facts import compare
from bylostalo.inference.thou import says_thou, says_you

COMPANY = Path(__file__).parents[2] / "benchmarks" / "company"


@pytest.fixture(scope="module")
def made():
    sys.path.insert(0, str(COMPANY))
    try:
        import transcripts
    finally:
        sys.path.remove(str(COMPANY))
    return transcripts


@pytest.fixture(scope="module")
def rows(made):
    return list(csv.DictReader(io.StringIO(made.table(2_000))))


def test_it_is_always_the_same(made):
    assert made.table(50) == made.table(50) != made.table(50, seed=18)


def test_it_is_whole(rows):
    assert len(rows) == 2_000 and len({row["Тикет"] for row in rows}) == 2_000
    for row in rows:
        text = row["Сообщение клиента"] + row["Черновик"] + row["Ответ"]
        assert row["Ответ"] and "{" not in text and "  " not in text
    drafts = [row["Черновик"] for row in rows]
    assert 60 < drafts.count("") < 140
    assert 50 < sum(row["Черновик"] == row["Ответ"] for row in rows) < 120
    assert len(set(drafts)) > 1_800


def test_its_editors_say_thou(rows):
    edited = [row["Ответ"] for row in rows if row["Черновик"] != row["Ответ"]]
    assert not any(map(says_you, edited)) and sum(map(says_thou, edited)) > 0.9 * len(edited)
    assert sum(text.endswith(("исичка", "рядом", "команда")) for text in edited) > 0.85 * len(edited)


def test_its_pairs_keep_the_facts(made):
    known, rng = made.frame(), Random(5)
    found = made.situations()
    assert len(found) >= 120 and all(3 <= len(one.pairs) <= 5 for one in found)
    for situation in found:
        slots = made.values(rng, known)
        for cold, warm in situation.pairs:
            said = compare(warm.format_map(slots), before=cold.format_map(slots))
            assert said.ok, (cold, warm, said)


def test_what_is_new_was_never_met(made):
    old, new = (made.asked_about(new=new) for new in (False, True))
    assert set(old).isdisjoint(new) and set(old) | set(new) == set(made.situations()) and len(new) >= 15
    assert {pair for one in old for pair in one.pairs}.isdisjoint(pair for one in new for pair in one.pairs)
