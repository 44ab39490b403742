"""Pairs about other things: the same change on both sides, in the right form, or none."""

from pathlib import Path
from random import Random

import pytest

from bylostalo.data.morphology import morph
from bylostalo.data.reading import read_sentences
from bylostalo.data.records import SentencePair
from bylostalo.data.splits import effective_split
from bylostalo.inference.choice import Source, is_safe
from bylostalo.training.examples import build
from bylostalo.training.swapping import (
    another_number,
    classes,
    counted,
    fits_after,
    form_of,
    shared_nouns,
    swapped,
    with_numbers,
)

PAIRS, _ = read_sentences(Path(__file__).parents[2] / "data" / "sentences" / "plain.jsonl")
SOME = [pair for pair in PAIRS if effective_split(pair) == "train" and pair.after][::40]


def pair(before, after, note=None):
    return SentencePair(id="s-1", kind="plain", before=before, after=after, note=note, group="g")


def test_every_listed_word_is_a_noun_in_its_dictionary_form():
    for lemma in classes():
        assert any(parse.normal_form == lemma and "NOUN" in parse.tag for parse in morph().parse(lemma)), lemma


def test_the_noun_takes_the_form_of_the_one_it_replaces():
    assert form_of("справка", "картой", "карта") == "справкой"
    assert form_of("гость", "водителем", "водитель") == "гостем"


@pytest.mark.parametrize(("other", "like", "lemma"), [("письмо", "картой", "карта"), ("врач", "заказом", "заказ")])
def test_another_gender_or_animacy_is_refused(other, like, lemma):
    assert form_of(other, like, lemma) is None


def test_a_form_that_could_be_two_cases_needs_a_noun_where_both_look_alike():
    assert form_of("дверь", "карты", "карта") == "двери"
    assert form_of("бронь", "карте", "карта") == "брони"
    assert form_of("казань", "москве", "москва") == "казани"


def test_both_sides_say_the_same_noun():
    given = pair("Выдача карты осуществляется оператором.", "Карту выдаст оператор.")
    changed = [swapped(given, Random(seed)) for seed in range(20)]
    assert any(one != given for one in changed)
    for one in changed:
        assert len(shared_nouns((one.before, "", one.after))) == 2


def test_a_noun_of_one_side_stays():
    given = pair("Возврат денежных средств за билет не производится.", "Деньги мы не вернём.")
    assert swapped(given, Random(1)) == given


def test_a_preposition_fits_what_follows():
    assert fits_after("о", "заказе", "билете") and not fits_after("о", "заказе", "акте")
    assert not fits_after("в", "среду", "вторник") and not fits_after("во", "вторник", "четверг")
    assert fits_after("на", "среду", "вторник")


@pytest.mark.parametrize("number", ["1", "3", "5", "11", "12", "21", "22", "30", "45", "101", "500"])
def test_another_number_is_counted_alike(number):
    for seed in range(20):
        other = another_number(number, Random(seed))
        assert len(other) == len(number) and counted(int(other)) == counted(int(number))


def test_numbers_change_together_or_not_at_all():
    texts = ("Срок составляет 10 дней, плата 300 ₽.", "", "Ждать 10 дней, стоит 300 ₽.")
    before, _, after = with_numbers(texts, Random(2))
    assert before != texts[0]
    assert [word for word in before.split() if word.isdigit()] == [word for word in after.split() if word.isdigit()]
    one_sided = ("Срок составляет 10 дней.", "", "Ждать 14 дней.")
    assert with_numbers(one_sided, Random(2)) == one_sided


def test_codes_versions_and_times_are_no_numbers():
    texts = ("Пункт 3.1, время 10:30, №7, 24/7, 5-го.", "", "Пункт 3.1, время 10:30, №7, 24/7, 5-го.")
    assert with_numbers(texts, Random(1)) == texts


def test_the_locks_pass_a_swapped_pair_as_they_passed_the_pair():
    rng = Random(4)
    passed = [one for one in SOME if is_safe(Source(one.before, one.note or ""), one.after)]
    changed = [new for one in passed if (new := swapped(one, rng)) != one]
    refused = [one for one in changed if not is_safe(Source(one.before, one.note or ""), one.after)]
    assert len(changed) > 100
    assert len(refused) <= 0.03 * len(changed), [(one.before, one.after) for one in refused]


def test_a_share_of_the_pairs_is_swapped():
    plain = list(build(SOME, seed=1, reverse_share=0.0))
    half = list(build(SOME, seed=1, reverse_share=0.0, swap_share=0.5))
    assert len(half) == len(plain)
    assert list(build(SOME, seed=1, reverse_share=0.0, swap_share=0.5)) == half
