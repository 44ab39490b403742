"""Drafts and replies as pairs of sentences."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import read_sentences
from bylostalo.inference.house.alignment import Bead, aligned, likeness
from bylostalo.inference.house.cli import app
from bylostalo.inference.house.pairs import Tally, pairs_of
from bylostalo.inference.house.sent import Sent, read_sent
from bylostalo.inference.templates.rules import Rules

HOUSE = Rules(address="ты", greeting=("Привет!",), door=("Пиши, если что.",), signature=("Твоя Лисичка",))
MOVED = "Перенос доставки на 5 июня осуществлён."
WARM_MOVED = "Перенесли доставку на 5 июня."
FREE = "Повторная доставка осуществляется бесплатно."
WARM_FREE = "Второй раз доставим бесплатно."
EMPTY = "Приносим извинения за доставленные неудобства."


def sent(draft, reply, name="т-1"):
    return Sent(id=name, group=f"г-{name}", draft=draft, reply=reply)


def pairs(*replies, house=HOUSE):
    tally = Tally()
    return [(pair.before, pair.after) for pair in pairs_of(replies, house, tally)], dict(tally.refused)


def beads(*found):
    return [Bead(tuple(draft), tuple(reply)) for draft, reply in found]


ALIGNED = [
    ([MOVED, FREE], [WARM_MOVED, WARM_FREE], beads(([MOVED], [WARM_MOVED]), ([FREE], [WARM_FREE]))),
    ([EMPTY, MOVED], [WARM_MOVED], beads(([EMPTY], []), ([MOVED], [WARM_MOVED]))),
    ([MOVED], ["Привет!", WARM_MOVED], beads(([], ["Привет!"]), ([MOVED], [WARM_MOVED]))),
    (
        ["Доставка перенесена на 5 июня, повторная доставка бесплатна."],
        ["Доставку перенесли на 5 июня.", "Повторная доставка бесплатна."],
        beads(
            (
                ["Доставка перенесена на 5 июня, повторная доставка бесплатна."],
                ["Доставку перенесли на 5 июня.", "Повторная доставка бесплатна."],
            )
        ),
    ),
]


@pytest.mark.parametrize(("draft", "reply", "expected"), ALIGNED)
def test_sentences_find_each_other(draft, reply, expected):
    assert aligned(draft, reply) == expected


def test_facts_bind():
    assert likeness("Срок 5 дней.", "За 5 дней.") > likeness("Срок 5 дней.", "За 7 дней.")


words = st.lists(st.sampled_from("абвгд"), max_size=5)


@given(words, words)
def test_every_sentence_is_in_one_bead_in_order(draft, reply):
    found = aligned(draft, reply, lambda left, right: float(left == right))
    assert [one for bead in found for one in bead.draft] == draft
    assert [one for bead in found for one in bead.reply] == reply


def test_the_frame_is_left_out_and_the_group_follows_the_reply():
    draft = f"Уважаемый клиент! {MOVED} {FREE}\n\nС уважением, поддержка"
    reply = sent(draft, f"Привет! {WARM_MOVED} {WARM_FREE} Пиши, если что.\n\nТвоя Лисичка")
    found = list(pairs_of([reply], HOUSE, Tally()))
    assert [(pair.before, pair.after, pair.kind, pair.group) for pair in found] == [
        (MOVED, WARM_MOVED, "plain", "г-т-1"), (FREE, WARM_FREE, "plain", "г-т-1"),
    ]  # fmt: skip
    assert len({pair.id for pair in found}) == 2


REFUSED = [
    (MOVED, "Перенесли доставку на 6 июня.", "разошлись факты"),
    ("Доставка не осуществляется на 5 июня.", "Доставку осуществляем на 5 июня.", "разошёлся смысл"),
    (WARM_MOVED, WARM_MOVED, "без правки"),
    (MOVED, "Привет!", "редактор выбросил"),
    ("Проверка вами заказа обязательна.", "Проверьте заказ, проверка обязательна.", "не то обращение"),
]


@pytest.mark.parametrize(("before", "after", "why"), REFUSED)
def test_what_is_no_pair_is_said_why(before, after, why):
    assert pairs(sent(before, after)) == ([], {why: 1})


def test_what_editors_always_throw_out_says_nothing():
    replies = [sent(f"{MOVED} {EMPTY}", WARM_MOVED, f"т-{number}") for number in range(3)]
    assert pairs(*replies) == ([(MOVED, WARM_MOVED), (EMPTY, "")], {"повтор": 4})
    assert pairs(*replies[:2])[1] == {"повтор": 1, "редактор выбросил": 2}
    kept = sent(EMPTY, "Приносим свои извинения за неудобства.", "т-4")
    assert (EMPTY, "") not in pairs(*replies, kept)[0]


def test_what_was_said_quite_otherwise_was_not_thrown_out():
    draft, reply = f"{MOVED} Обращение принято в работу.", f"{WARM_MOVED} Уже разбираемся."
    replies = [sent(draft, reply, f"т-{number}") for number in range(3)]
    assert pairs(*replies) == ([(MOVED, WARM_MOVED)], {"повтор": 2, "редактор выбросил": 3})


def line(number):
    draft = f"Перенос доставки на {number} июня осуществлён."
    reply = f"Привет! Перенесли доставку на {number} июня. Пиши, если что.\n\nТвоя Лисичка"
    return {"id": f"т-{number}", "group": f"т-{number}", "before": draft, "after": reply}


@pytest.fixture
def replies(tmp_path):
    path = tmp_path / "ответы.jsonl"
    path.write_text("".join(json.dumps(line(number)) + "\n" for number in range(1, 31)), "utf-8")
    return path


def test_by_the_command_line(replies, tmp_path):
    rules, target = tmp_path / "дом.yaml", tmp_path / "пары.jsonl"
    made = CliRunner().invoke(app, ["house", str(replies), "-o", str(rules)])
    assert made.exit_code == 0 and "address: ты" in made.output and "Твоя Лисичка" in rules.read_text("utf-8")
    for options in ([], ["--house", str(rules)]):
        done = CliRunner().invoke(app, ["sentences", str(replies), "-o", str(target), *options])
        assert done.exit_code == 0 and "пар: 30" in done.output
        found, defects = read_sentences(target)
        assert not defects and found[0].after == "Перенесли доставку на 1 июня." and found[0].group == "т-1"


def test_bad_input_is_one_clear_line(replies, tmp_path):
    replies.write_text('{"before": "Заказ едет."}\n', "utf-8")
    with pytest.raises(BylostaloError, match=r"ответы\.jsonl:1: нужны поля id, group и before"):
        read_sent(replies)
    replies.write_text("{", "utf-8")
    with pytest.raises(BylostaloError, match="не JSON"):
        read_sent(replies)
    replies.write_text("", "utf-8")
    with pytest.raises(BylostaloError, match="пусто"):
        read_sent(replies)
