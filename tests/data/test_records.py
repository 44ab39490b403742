import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylostalo.data.records import (
    CHANNELS,
    KINDS,
    REPLY_FIELDS,
    SENTENCE_FIELDS,
    Label,
    RecordError,
    Reply,
    SentencePair,
)

FILLED = st.text(min_size=1).filter(str.strip)
LABELS = st.builds(Label, code=FILLED, quotes=st.lists(FILLED, max_size=2).map(tuple))
REPLIES = st.builds(
    Reply,
    id=FILLED,
    domain=FILLED,
    channel=st.sampled_from(CHANNELS),
    client_message=st.none() | st.text(),
    before=FILLED,
    after=FILLED,
    notes=st.lists(FILLED, max_size=2).map(tuple),
    problems=st.lists(LABELS, max_size=2).map(tuple),
    group=FILLED,
    traits=st.lists(FILLED, max_size=2).map(tuple),
    references=st.lists(FILLED, max_size=2).map(tuple),
    split=st.sampled_from((None, "seed", "test")),
)
PAIRS = st.builds(
    SentencePair,
    id=FILLED,
    kind=st.sampled_from(KINDS),
    before=st.text(),
    note=st.none() | FILLED,
    after=st.text(),
    group=FILLED,
    problems=st.none() | st.lists(LABELS, max_size=2).map(tuple),
)


@given(REPLIES)
def test_reply_survives_json(reply: Reply):
    assert Reply.from_dict(json.loads(json.dumps(reply.to_dict()))) == reply


@given(PAIRS)
def test_pair_survives_json(pair: SentencePair):
    assert SentencePair.from_dict(json.loads(json.dumps(pair.to_dict()))) == pair


@given(REPLIES, PAIRS)
def test_keys_keep_their_order(reply: Reply, pair: SentencePair):
    assert list(reply.to_dict()) == [key for key in REPLY_FIELDS if key in reply.to_dict()]
    assert {key for key, field in REPLY_FIELDS.items() if field.required} <= set(reply.to_dict())
    assert list(pair.to_dict()) == [key for key in SENTENCE_FIELDS if key in pair.to_dict()]


@pytest.mark.parametrize(
    ("before", "quotes", "marked"),
    [
        ("Ваш счёт был заблокирован.", ("был заблокирован",), "Ваш счёт [был заблокирован]."),
        ("Ждите. Просто ждите. Ждите.", ("Ждите",), "[Ждите]. Просто ждите. [Ждите]."),
        ("Ожидайте и читайте.", ("читайте", "Ожидайте"), "[Ожидайте] и [читайте]."),
        ("Ожидайте.", ("Ожидайте", "Ожидайте"), "[Ожидайте]."),
        ("Здравствуйте!", (), "Здравствуйте!"),
        ("Здравствуйте!", ("нет такого",), "Здравствуйте!"),
    ],
)
def test_spans_are_every_place_of_every_quote(before: str, quotes: tuple[str, ...], marked: str):
    assert mark(before, Label(code="rudeness", quotes=quotes).spans(before)) == marked


def mark(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    for start, stop in reversed(spans):
        text = f"{text[:start]}[{text[start:stop]}]{text[stop:]}"
    return text


def test_overlapping_places_are_all_found():
    assert Label(code="rudeness", quotes=("ха-ха",)).spans("ха-ха-ха") == ((0, 5), (3, 8))


@pytest.mark.parametrize(
    ("record", "data", "named"),
    [
        (Label, {"quotes": ["а"]}, "нет ключа 'code'"),
        (Label, {"code": "blame", "quotes": "а"}, "'quotes' должен быть"),
        (SentencePair, {"id": "s", "kind": "rude", "before": "а", "after": "б", "group": "s"}, "'kind'"),
        (Reply, {"id": 1}, "'id' должен быть: непустая строка"),
    ],
)
def test_wrong_shape_is_named(record: type[Label | Reply | SentencePair], data: dict[str, Any], named: str):
    with pytest.raises(RecordError, match=named):
        record.from_dict(data)


def test_every_fault_is_named_at_once():
    with pytest.raises(RecordError) as caught:
        Reply.from_dict({"id": "", "text": "а"})
    assert len(caught.value.messages) == len([f for f in REPLY_FIELDS.values() if f.required]) - 1 + 2
