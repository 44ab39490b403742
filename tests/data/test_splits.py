import random
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylostalo.data.records import Reply
from bylostalo.data.similarity import THRESHOLD, jaccard, near_duplicates, shingles
from bylostalo.data.splits import assign_groups, effective_split, split_of

REFUND = "Возврат денежных средств будет произведён на карту в течение 10 рабочих дней."
WORDS = "возврат заказ карта курьер срок заявка банк склад оплата договор сервер полис рейс тариф".split()  # noqa: SIM905


@pytest.mark.parametrize(
    ("group", "split"), [("a-002", "train"), ("a-006", "test"), ("a-001", "validation"), ("б", "train")]
)
def test_split_never_changes(group: str, split: str):
    assert split_of(group) == split


def test_shares_are_80_8_12():
    counts = Counter(split_of(f"g-{i}") for i in range(20_000))
    assert [round(counts[s] / 20_000, 2) for s in ("train", "validation", "test")] == [0.80, 0.08, 0.12]


@pytest.mark.parametrize(("split", "expected"), [("seed", "seed"), (None, "validation")])
def test_named_split_wins(split: str | None, expected: str):
    reply = Reply(
        id="a-001",
        domain="банк",
        channel="чат",
        client_message=None,
        before="а",
        after="а",
        notes=(),
        problems=(),
        group="a-001",
        split=split,
    )
    assert effective_split(reply) == expected


@pytest.mark.parametrize(
    "other",
    [
        REFUND,
        REFUND.upper(),
        REFUND.replace("10", "30"),
        REFUND.replace("ё", "е"),
        "Уважаемый клиент! " + REFUND,
        REFUND.replace("на карту", "на счёт"),
    ],
)
def test_paraphrases_share_a_group(other: str):
    assert assign_groups([REFUND, "Курьер приедет завтра.", other], ["a", "b", "c"]) == ["a", "b", "a"]


@pytest.mark.parametrize("other", ["", "!", "Рейс задержан.", "Возврат товара на склад возможен до пятницы."])
def test_other_texts_stay_apart(other: str):
    assert assign_groups([REFUND, other], ["a", "b"]) == ["a", "b"]


def test_chain_of_paraphrases_is_one_group():
    chain = [" ".join(WORDS[i : i + 10]) for i in range(4)]
    assert jaccard(shingles(chain[0]), shingles(chain[3])) < THRESHOLD
    assert assign_groups(chain, ["a", "b", "c", "d"]) == ["a"] * 4


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join), max_size=8))
def test_join_finds_the_same_pairs_as_brute_force(texts: list[str]):
    sets = [shingles(text) for text in texts]
    pairs = [(a, b) for b in range(len(sets)) for a in range(b)]
    near = {(a, b) for a, b in pairs if jaccard(sets[a], sets[b]) >= THRESHOLD}
    assert set(near_duplicates(texts)) == near


def test_fifteen_thousand_texts_take_seconds():
    choice = random.Random(0)
    syllables = [a + b for a in "бвгдклмнпрст" for b in "аеиоуы"]
    vocabulary = ["".join(choice.choices(syllables, k=3)) for _ in range(30_000)]
    texts = [" ".join(choice.choices(vocabulary, k=14)) for _ in range(15_000)]
    start = time.perf_counter()
    assign_groups(texts, [str(i) for i in range(len(texts))])
    assert time.perf_counter() - start < 30
