import re

import pytest

from bylostalo.data import taxonomy
from bylostalo.data.taxonomy import ProblemCode

EACH = pytest.mark.parametrize("problem", taxonomy.load(), ids=lambda problem: problem.code)


def test_eighteen_codes_named_once():
    assert len(set(taxonomy.codes())) == len(taxonomy.codes()) == 18


@EACH
def test_by_code_finds_each(problem: ProblemCode):
    assert taxonomy.by_code(problem.code) is problem


@EACH
def test_spans_belong_to_what_is_in_the_text(problem: ProblemCode):
    assert problem.has_spans == (problem.group == "in_text")


@EACH
def test_what_cannot_be_mended_alone_is_asked(problem: ProblemCode):
    assert (problem.question is not None) == (not problem.mendable)
    assert problem.question is None or problem.question.endswith("?")


@EACH
def test_in_text_problems_are_mendable(problem: ProblemCode):
    assert problem.mendable or problem.group == "absence"


@EACH
def test_words_for_people_are_one_line_of_russian(problem: ProblemCode):
    for text in (problem.title, problem.definition, problem.advice, problem.example):
        assert re.search(r"[а-яё]", text) and "\n" not in text and text == text.strip()
    assert problem.advice.endswith(".")
    assert problem.severity in (1, 2, 3)


def test_only_ignores_details_needs_the_message():
    assert [p.code for p in taxonomy.load() if p.needs_client_message] == ["ignores_details"]


def test_unknown_code_is_refused_with_the_known_ones():
    with pytest.raises(KeyError, match=r"politeness.*officialese.*ignores_details"):
        taxonomy.by_code("politeness")
