"""Good pairs of the corpus must pass the lock; measured on the validation split."""

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import pytest

from bylostalo.data.splits import split_of
from bylostalo.inference.meaning import coverage, flips, things_added


@lru_cache(maxsize=2)
def good_pairs(kind: str) -> tuple[dict[str, str], ...]:
    return tuple(_read(kind))


def _read(kind: str) -> Iterator[dict[str, str]]:
    lines = files("bylostalo.data").joinpath(f"sentences/{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    for record in map(json.loads, lines):
        if record["after"] and split_of(record["group"]) == "validation":
            yield record


@pytest.mark.parametrize(("kind", "ceiling"), [("plain", 0.08), ("tone", 0.22)])
def test_good_pairs_are_seldom_refused(kind: str, ceiling: float) -> None:
    refused = [
        record["id"]
        for record in good_pairs(kind)
        if flips(record["before"], record["after"], note=record.get("note") or "")
    ]
    assert len(refused) <= ceiling * len(good_pairs(kind)), refused


@pytest.mark.parametrize(("kind", "ceiling"), [("plain", 0.06), ("tone", 0.12), ("note", 0.08)])
def test_good_pairs_seldom_bring_in_a_thing(kind: str, ceiling: float) -> None:
    brought = [
        record["id"]
        for record in good_pairs(kind)
        if things_added(record["before"], record["after"], note=record.get("note") or "")
    ]
    assert len(brought) <= ceiling * len(good_pairs(kind)), (len(brought) / len(good_pairs(kind)), brought)


@pytest.mark.parametrize(
    ("before", "rewrite", "things"),
    [
        ("Оформление осуществляется руководителем.", "Руководитель оформляет образование.", "образование"),
        ("Замена проводится в рамках программы.", "Мы меняем запчасть в рамках этой программы.", "запчасть"),
        ("Возврат денежных средств осуществляется за 5 дней.", "Деньги вернём за 5 дней.", ""),
        ("Восстановление доступа возможно завтра.", "Доступ можно восстановить завтра.", ""),
    ],
)
def test_things_from_nowhere_are_named(before: str, rewrite: str, things: str) -> None:
    assert ", ".join(things_added(before, rewrite)) == things


def test_good_pairs_are_covered() -> None:
    kept = sorted(
        coverage(record["before"], record["after"], note=record.get("note") or "").kept
        for record in good_pairs("plain")
    )
    assert kept[len(kept) // 2] >= 0.85
    assert kept[len(kept) // 20] >= 0.5


def test_a_strange_rewrite_is_not_covered() -> None:
    pairs = good_pairs("plain")
    others = [coverage(one["before"], two["after"]).kept for one, two in pairwise(pairs)]
    assert sum(others) / len(others) <= 0.25


def test_a_sentence_keeps_its_own_force() -> None:
    for record in good_pairs("plain"):
        assert flips(record["before"], record["before"]) == (), record["before"]
