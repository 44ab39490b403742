"""Every phrase of the bank is what the detectors look for, and nothing more than it may say."""

import re

import pytest

from bylostalo.data.records import CHANNELS
from bylostalo.inference.frame.bank import bank, choose
from bylostalo.inference.frame.detect import has_apology, has_greeting, has_open_door

APOLOGIES = [phrase for theme in bank().apologies for phrase in theme.phrases] + list(bank().solemn_apologies)
DOORS = [phrase for phrases in bank().doors.values() for phrase in phrases] + [
    phrase for theme in bank().topics for phrase in theme.phrases
]
GREETINGS = [
    phrase.format(name="Анна")
    for group in (bank().greetings, bank().echoes, bank().named_echoes)
    for phrases in group.values()
    for phrase in phrases
]
SYRUP = re.compile(
    r"неудобств|к сожалению|с удовольствием|обязательно|непременно|очень рад|\bВ(?:ы|ас|ам|аш)\b(?<!^Вы)",
    re.M,
)


def test_size() -> None:
    assert len(set(DOORS)) >= 80
    assert len(set(APOLOGIES)) >= 80


@pytest.mark.parametrize("phrase", GREETINGS)
def test_greeting(phrase: str) -> None:
    assert has_greeting(phrase)


@pytest.mark.parametrize("phrase", APOLOGIES)
def test_apology(phrase: str) -> None:
    assert has_apology(f"Здравствуйте! {phrase} Заказ собран.")
    assert re.fullmatch(r"[А-ЯЁ][^.!?\d]+\.", phrase)
    assert not SYRUP.search(phrase)


@pytest.mark.parametrize("phrase", DOORS)
def test_door(phrase: str) -> None:
    assert has_open_door(f"Здравствуйте! Заказ собран. {phrase}")
    assert re.fullmatch(r"[А-ЯЁ][^.!?\d]+[.?](?: [А-ЯЁ][^.!?\d]+\.)?", phrase)
    assert not SYRUP.search(phrase)


def test_lists_have_no_repeats() -> None:
    lists = [theme.phrases for theme in (*bank().apologies, *bank().topics)] + list(bank().doors.values())
    assert all(len(set(phrases)) == len(phrases) for phrases in lists)


def test_channels_are_those_of_the_corpus() -> None:
    assert bank().doors.keys() == {*CHANNELS, "any", "asked", "solemn", "closed"}
    assert bank().echo_channels <= set(CHANNELS)


def test_only_the_last_cause_needs_no_trigger() -> None:
    *causes, neutral = bank().apologies
    assert all(cause.triggers for cause in causes)
    assert not neutral.triggers


def test_choice_varies_with_the_text_and_only_with_it() -> None:
    chosen = [choose(bank().doors["any"], f"текст {number}", salt="door") for number in range(200)]
    assert chosen == [choose(bank().doors["any"], f"текст {number}", salt="door") for number in range(200)]
    assert len(set(chosen)) > len(bank().doors["any"]) // 2
