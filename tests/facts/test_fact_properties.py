"""What holds for any text."""

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from bylostalo.inference.facts import compare, extract, protect, restore, strip_reserved
from bylostalo.inference.facts.protect import SLOT_COUNT, SLOT_FIRST

PIECES = [
    *'«»"“”{}<>[]()%$#*_`|/\\@№•…–—-.,:;!?& \n\0',
    *(
        "{{ name }}",
        "{% if x %}",
        "%SUM%",
        "${x}",
        "[[x]]",
        "<b>",
        "</b>",
        "&nbsp;",
        "**",
        "```",
        "https://a.ru/b",
    ),
    *("10 000 ₽", "5 июня", "05.06.2025", "18:00", "п. 3.1", "№ 417-Ж", "8 800 555-00-12", "•• 4417", "5 %"),
    *(
        "два",
        "полгода",
        "один раз",
        "с 9 до 18",
        "Анна",
        "Сергеевна",
        "И.",
        "ОСАГО",
        "Google",
        "10ГБ",
        "7",
        "ё",
        "🙂",
    ),
]
noisy = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join)
texts = (st.text(max_size=80) | noisy).map(strip_reserved)


@given(texts)
def test_facts_stand_where_they_say_and_do_not_overlap(text):
    end = 0
    for fact in extract(text):
        assert end <= fact.start < fact.stop
        assert text[fact.start : fact.stop] == fact.text
        end = fact.stop


@given(texts)
def test_restored_text_is_the_same(text):
    masked, slots = protect(text)
    assert restore(masked, slots) == text
    assert len(slots.values) <= SLOT_COUNT


@given(texts, texts)
def test_shared_slots_restore_both_texts(first, second):
    masked_first, slots = protect(first)
    masked_second, slots = protect(second, slots=slots)
    assert restore(masked_first, slots) == first
    assert restore(masked_second, slots) == second


@given(texts)
def test_untouched_text_passes(text):
    assert compare(text, before=text).ok


@given(texts, st.sampled_from(["за 17 дней", "8730 ₽", "{{ new }}", "https://new.example/x", "в Воронеже"]))
@settings(max_examples=50)
def test_added_fact_is_invented(text, fact):
    before = text.replace("17", "").replace("8730", "")
    assert compare(f"{before}\n\nОтветим {fact}.", before=before).invented


@given(st.text(alphabet=st.characters(min_codepoint=SLOT_FIRST - 5, max_codepoint=SLOT_FIRST + 60)))
def test_stripped_text_can_be_protected(text):
    assert restore(*protect(strip_reserved(text))) == strip_reserved(text)


def test_morphology_is_loaded_only_when_asked_for():
    code = "import sys, bylostalo.inference.facts; sys.exit('pymorphy3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
