"""Any text comes back from its tokens; control tokens cannot be typed."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bylostalo.inference.engine.vocabulary import BOS, EOS, embedded_vocabulary
from bylostalo.inference.reserved import RESERVED, SLOTS, strip_reserved

CORPUS = Path(__file__).parents[2] / "data" / "sentences"
ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_round_trip_of_any_unicode(text):
    vocabulary = embedded_vocabulary()
    assert vocabulary.decode(vocabulary.encode(text)) == text


@pytest.mark.parametrize("text", ["日本語 😀 ▁ тест", "a\r\nb\t\0c", "  два  пробела ", "ёЁйЙ", "<eos><bos><0x41>"])
def test_round_trip_of_awkward_texts(text):
    vocabulary = embedded_vocabulary()
    assert vocabulary.decode(vocabulary.encode(text)) == text


@settings(max_examples=200, deadline=None)
@given(ANY)
def test_user_text_never_becomes_a_control_token(text):
    vocabulary = embedded_vocabulary()
    ids = vocabulary.encode(strip_reserved(text))
    assert not {BOS, EOS} & set(ids)
    assert all(token < vocabulary.first_reserved for token in ids)


def test_every_reserved_character_is_one_token():
    vocabulary = embedded_vocabulary()
    ids = [vocabulary.encode(character) for character in RESERVED]
    assert [len(one) for one in ids] == [1] * len(RESERVED)
    assert len({one[0] for one in ids}) == len(RESERVED)


def test_offsets_point_at_the_characters():
    text = f"Оплатите {SLOTS[3]} до 5 июня ▁."
    ids, offsets = embedded_vocabulary().encode_with_offsets(text)
    assert ids == embedded_vocabulary().encode(text)
    covered = {place for start, stop in offsets for place in range(start, stop)}
    assert covered == set(range(len(text)))


def test_russian_costs_few_tokens():
    lines = (CORPUS / "plain.jsonl").read_text("utf-8").splitlines()[:300]
    texts = [json.loads(line)["before"] for line in lines]
    tokens = sum(len(embedded_vocabulary().encode(text)) for text in texts)
    assert sum(map(len, texts)) / tokens > 3.4
