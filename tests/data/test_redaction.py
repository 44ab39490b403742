"""Personal data in disguise: ⟦KIND:surface⟧ is to be found, all else is to be left alone.

The rules were written over `redaction/personal.txt`. The other files were measured before they were read, recall of
numbers, of names, precision: `held_out` 0.955, 0.936, 0.983; `unseen` 0.939, 0.880, 0.988; `fresh` 0.953, 0.942, 0.977.
The rules were mended after each.
"""

import re
from pathlib import Path

import pytest

from bylostalo.data.redaction import Redactor
from bylostalo.data.redaction.checksums import is_card, is_inn, is_ogrn, is_snils

FOLDER = Path(__file__).with_name("redaction")
NAMES = ("personal", "held_out", "unseen", "fresh")
FILES = {name: (FOLDER / f"{name}.txt").read_text("utf-8").splitlines() for name in NAMES}
MARK = re.compile(r"⟦(\w+):([^⟧]*)⟧")
NAME = "ИМЯ"


def marked(line: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The line without its marks, and what they enclose."""
    text, found = "", []
    place = 0
    for match in MARK.finditer(line):
        text += line[place : match.start()]
        found.append((match.group(1), len(text), len(text) + len(match.group(2))))
        text += match.group(2)
        place = match.end()
    return text + line[place:], found


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor()


@pytest.fixture(scope="module", params=FILES)
def results(redactor, request):
    """Of every line: what is marked and what was found."""
    lines = map(marked, FILES[request.param])
    return [(gold, [(f.entity, f.start, f.stop) for f in redactor.find(text)]) for text, gold in lines]


def overlaps(one, other) -> bool:
    return one[1] < other[2] and other[1] < one[2]


def recall(results, *, names: bool) -> float:
    wanted = [(span, found) for gold, found in results for span in gold if (span[0] == NAME) == names]
    return sum(any(one[0] == span[0] and overlaps(one, span) for one in found) for span, found in wanted) / len(wanted)


def test_there_are_enough_lines():
    assert all(len(lines) >= 300 for lines in FILES.values())


def test_numbers_are_found(results):
    assert recall(results, names=False) >= 0.97


def test_names_are_found(results):
    assert recall(results, names=True) >= 0.9


def test_nothing_else_is_taken(results):
    found = [(span, gold) for gold, spans in results for span in spans]
    right = sum(any(overlaps(span, one) for one in gold) for span, gold in found)
    assert right / len(found) >= 0.95


def test_the_same_person_is_the_same_placeholder(redactor):
    texts = ["Меня зовут Иван Петрович Сидоров, 8 (916) 123-45-67.", None, "Иван Петрович, звоним на +7 916 123 45 67."]
    assert redactor.redact(texts) == ["Меня зовут [ИМЯ_1], [ТЕЛЕФОН_1].", None, "[ИМЯ_1], звоним на [ТЕЛЕФОН_1]."]


def test_different_people_have_different_placeholders(redactor):
    assert redactor.redact(["Анна, курьер Ахмед уже едет."]) == ["[ИМЯ_1], курьер [ИМЯ_2] уже едет."]


@pytest.mark.parametrize("text", ["Ещё: {{ name }}, 12 500 ₽ до 05.06.", "Заказ № 84951234567 едет.", ""])
def test_nothing_personal_stays_to_the_byte(redactor, text):
    assert redactor.redact([text]) == [text]


@pytest.mark.parametrize(
    ("check", "valid", "broken"),
    [
        (is_card, "4111111111111111", "4111111111111112"),
        (is_snils, "11223344595", "11223344596"),
        (is_inn, "7707083893", "7707083894"),
        (is_inn, "500100732259", "500100732250"),
        (is_ogrn, "1027700132195", "1027700132196"),
        (is_ogrn, "304500116000157", "304500116000158"),
    ],
)
def test_check_digits(check, valid, broken):
    assert check(valid) and not check(broken)
