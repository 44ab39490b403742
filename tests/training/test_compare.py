"""`bylostalo compare`: data, figures, recommendation, page."""

import dataclasses
import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.results import Diagnosis, Edit, Problem, Request, Rewrite
from bylostalo.inference.templates.rules import Rules
from bylostalo.training import compare_cli
from bylostalo.training.compare_cli import kind_of
from bylostalo.training.compare_data import Case, read_cases, read_labelled
from bylostalo.training.compare_page import compare_page, compare_table, unlike
from bylostalo.training.compare_rewriters import CHUNK, METRICS, compare_rewriters, means
from bylostalo.training.compare_verdict import FIRST, SECOND, deciding, examples, verdict

ROOT = Path(__file__).parents[2]
NASTY = '<script>alert(1)</script> & "кавычки" {{ name }}'
COLD = "Оплата осуществляется до {} июня."
WARM = "Оплатите, пожалуйста, до {} июня."
BUREAUCRATIC = Problem(code="officialese", score=0.9)


def case(number, *, reference=True):
    text = WARM.format(number)
    return Case(f"c{number}", Request(before=COLD.format(number), client_message=NASTY), (text,) if reference else ())


CASES = [case(number) for number in range(1, 31)]


def edit(request, after, *, left=()):
    status = "unchanged" if after == request.before else "rewritten"
    return Edit(
        diagnosis=Diagnosis(problems=(BUREAUCRATIC,)),
        rewrite=Rewrite(after=after, status=status),
        problems_after=tuple(left),
    )


def number_of(request):
    return int(request.before.split()[-2])


def warm(requests):
    """Says it as people do."""
    return [edit(request, WARM.format(number_of(request))) for request in requests]


def lazy(requests):
    """Leaves everything as it was."""
    return [edit(request, request.before, left=[BUREAUCRATIC]) for request in requests]


def forgetful(requests):
    """Says it as people do, without the day."""
    return [edit(request, "Оплатите, пожалуйста, до июня.") for request in requests]


def compared(first, second, cases=CASES):
    return compare_rewriters(("вялый", first), ("живой", second), cases)


@pytest.fixture(scope="module")
def better():
    return compared(lazy, warm)


def test_figures_of_both(better):
    found = better.differences
    assert found["chrf"].model == pytest.approx(100) and found["chrf"].against < 60
    assert found["chrf"].gain.value == pytest.approx(found["chrf"].model - found["chrf"].against)
    assert (found["removed"].against, found["removed"].model) == (0, 1)
    assert (found["unchanged"].against, found["unchanged"].model, found["broken"].model) == (1, 0, 0)
    assert found["length"].against == 1 and found["sari"].is_certain


def test_the_better_one_is_recommended_whichever_side_it_is_on(better):
    said = verdict(better)
    assert said.startswith("Б лучше: chrF++ к эталону +") and "95 %: от +" in said and "ответов 30." in said
    assert "У Б лучше и другое: SARI" in said and "снято проблем +100\N{NO-BREAK SPACE}п." in said
    turned = verdict(compared(warm, lazy))
    assert turned.startswith("А лучше: chrF++ к эталону +") and "У А лучше и другое" in turned


def test_equal_models_are_not_told_apart():
    found = compared(warm, warm)
    assert verdict(found).startswith("Разницы не видно: chrF++ к эталону 0,0 (95 %: от 0,0 до 0,0) у Б, ответов 30.")
    assert not examples(found, winner=FIRST) and not examples(found, winner=SECOND)


def test_an_unsure_difference_says_how_many_replies_would_show_it():
    def sometimes(requests):
        return [
            edit(r, (WARM if number_of(r) % 7 else "Ждите, {}.").format(number_of(r)))
            for r in requests
        ]  # fmt: skip

    def other(requests):
        return [
            edit(r, (WARM if number_of(r) % 5 else "Ждите, {}.").format(number_of(r)))
            for r in requests
        ]  # fmt: skip

    found = compared(sometimes, other)
    assert not found.differences["chrf"].is_certain
    said = verdict(found)
    assert said.startswith("Разницы не видно") and "показали бы около" in said
    assert int(said.split("около ")[1].split()[0]) > len(CASES)


def test_a_model_that_breaks_facts_is_not_recommended():
    found = compared(lazy, forgetful)
    assert found.differences["broken"].model == 1 and found.differences["chrf"].is_certain
    said = verdict(found).replace("\N{NO-BREAK SPACE}", " ")
    assert "Б чаще ломает факты: 100 % ответов против 0 %; пока это так, берите А." in said


def test_a_slow_model_is_named(better):
    slow = replace(better, second=replace(better.second, seconds_per_reply=2.0), first=replace(
        better.first, seconds_per_reply=0.5
    ))  # fmt: skip
    assert verdict(slow).endswith("Б медленнее: 2,00 с на ответ против 0,50.")


def test_without_references_problems_decide():
    found = compared(lazy, warm, [case(number, reference=False) for number in range(1, 31)])
    assert deciding(found) == "removed" and found.differences["chrf"].gain.value is None
    assert verdict(found).startswith("Б лучше: снято проблем +100")
    assert "—" in compare_table(found) and "nan" not in compare_page(found)


def test_exchanging_the_models_turns_the_signs(better):
    turned = compared(warm, lazy)
    for name in METRICS:
        one, other = better.differences[name], turned.differences[name]
        assert one.gain.value == pytest.approx(-other.gain.value)
        assert one.gain.low == pytest.approx(-other.gain.high) and one.p == other.p


def test_the_models_take_turns_on_small_batches():
    asked = []

    def watched(name, answer):
        def rewrites(requests):
            asked.append((name, len(requests)))
            return answer(requests)

        return rewrites

    compare_rewriters(("а", watched("а", lazy)), ("б", watched("б", warm)), CASES)
    rest = len(CASES) - CHUNK
    assert asked == [("а", CHUNK), ("б", CHUNK), ("б", rest), ("а", rest)]


def test_examples_show_the_largest_first():
    def uneven(requests):
        return [edit(r, WARM.format(number_of(r)) if number_of(r) > 5 else r.before) for r in requests]

    found = compared(uneven, lazy)
    shown = examples(found, winner=FIRST)
    assert not examples(found, winner=SECOND) and len(shown) == 20
    assert [abs(one.gain) for one in shown] == sorted((abs(one.gain) for one in shown), reverse=True)
    assert all(one.first.text != one.second.text for one in shown)


class Tags(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.seen, self.texts, self.open = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.seen.append((tag, dict(attributes)))
        if tag not in ("meta", "line", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in ("line", "rect"):
            assert self.open.pop() == tag

    def handle_data(self, text):
        self.texts.append(text)


def test_the_page_holds_all_and_loads_nothing(better):
    page = Tags(compare_page(better))
    said = "".join(page.texts)
    assert not page.open and not {tag for tag, _ in page.seen} & {"script", "link", "img", "iframe"}
    assert all(not attributes.keys() & {"src", "href", "style", "onclick"} for _, attributes in page.seen)
    assert verdict(better) in said and NASTY in said
    for metric in METRICS.values():
        assert metric.title in said
    for one in examples(better, winner=SECOND):
        for text in (one.case.request.before, one.first.text, one.second.text, one.case.references[0]):
            assert text in said
    assert said.count("канцелярит") == 20


def test_the_json_is_json(better):
    values = dataclasses.asdict(compared(lazy, warm, [case(1, reference=False)]))
    found = json.loads(json.dumps(values, allow_nan=False))
    assert found["first"]["answers"][0]["figures"]["chrf"] is None
    assert found["cases"][0]["request"]["before"] == COLD.format(1)


@given(st.text("аб вг", max_size=30), st.text("аб вг", max_size=30))
def test_fragments_joined_are_the_text(text, other):
    assert "".join(fragment for fragment, _ in unlike(text, other)) == text
    if text == other:
        assert not any(differs for _, differs in unlike(text, other))


def test_means_leave_out_what_is_not_known():
    values = np.array([1.0, np.nan, 3.0])
    assert means(values, np.array([[1.0, 1.0, 1.0], [2.0, 5.0, 0.0], [0.0, 1.0, 0.0]]))[:2].tolist() == [2.0, 1.0]
    assert np.isnan(means(values, np.array([[0.0, 1.0, 0.0]]))[0])


def written(folder, *rows):
    path = folder / "mine.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
    return path


def test_cases_are_read(tmp_path):
    path = written(
        tmp_path,
        {"before": "Ждите.", "after": "Подождите.", "references": ["Секунду."], "client_message": "Где?", "x": 1},
        {"id": 7, "before": "Ждите.", "notes": ["5 июня"], "after": None},
    )
    first, second = read_cases(path)
    assert first == Case("1", Request(before="Ждите.", client_message="Где?"), ("Подождите.", "Секунду."))
    assert second == Case("7", Request(before="Ждите.", notes=("5 июня",)), ())


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{broken", "mine.jsonl:2: не JSON"),
        ({"after": "x"}, "mine.jsonl:2: нет поля before"),
        ({"before": "x", "after": 5}, "mine.jsonl:2: поле after"),
        ({"before": "x", "references": "y"}, "mine.jsonl:2: поле references"),
    ],
)
def test_a_bad_line_is_named(tmp_path, row, message):
    with pytest.raises(BylostaloError, match=message):
        read_cases(written(tmp_path, {"before": "x"}, row))


def test_labelled_replies_need_little(tmp_path):
    (reply,) = read_labelled(
        written(tmp_path, {"before": "Вы сами виноваты.", "problems": [{"code": "blame", "quotes": ["сами"]}]})
    )
    assert reply.codes == ("blame",) and reply.id == "1" and reply.client_message is None


@pytest.mark.parametrize(
    ("problems", "message"),
    [
        (None, "нет поля problems"),
        ([{"code": "blamee"}], "нет кода blamee"),
        ([{"code": "blame", "quotes": ["нет такого"]}], "цитаты нет в before"),
    ],
)
def test_bad_labels_are_named(tmp_path, problems, message):
    with pytest.raises(BylostaloError, match=message):
        read_labelled(written(tmp_path, {"before": "x", "problems": problems}))


def test_an_empty_file_and_a_missing_one_are_refused(tmp_path):
    with pytest.raises(BylostaloError, match="пусто"):
        read_cases(written(tmp_path, ""))
    with pytest.raises(BylostaloError, match="не читается"):
        read_cases(tmp_path / "no.jsonl")


def test_only_models_of_one_kind_are_compared(tmp_path, monkeypatch):
    monkeypatch.setenv("BYLOSTALO_ADAPTERS", str(tmp_path / "registry"))
    weights = ROOT / "inference" / "weights"
    rewriter, classifier = str(weights / "rewriter"), str(weights / "classifier")
    assert kind_of("shipped", rewriter) == "rewriter" and kind_of(classifier, "shipped") == "classifier"
    with pytest.raises(BylostaloError, match="двух переписчиков или два классификатора"):
        kind_of(rewriter, classifier)
    with pytest.raises(BylostaloError, match="одна и та же"):
        kind_of("shipped", "shipped")
    with pytest.raises(BylostaloError, match="acme: такого адаптера нет"):
        kind_of("shipped", "acme")


def test_phrases_of_the_house_are_no_invented_facts():
    signed = edit(CASES[0].request, f"{WARM.format(1)}\n\nКоманда «Ромашки»")
    assert METRICS["broken"].of(CASES[0], signed) == 1.0
    assert METRICS["broken"].of(replace(CASES[0], phrases=("Команда «Ромашки»",)), signed) == 0.0


def test_the_command_writes_page_and_json(tmp_path, monkeypatch):
    path = written(tmp_path, *({"before": COLD.format(n), "after": WARM.format(n)} for n in (1, 2, 3)))
    page, figures = tmp_path / "compare.html", tmp_path / "compare.json"

    class Standing:
        house = Rules(signature=("Команда «Ромашки»",))

        def with_adapter(self, adapter):
            return self

    @dataclasses.dataclass(frozen=True)
    class Editing:
        classifier: object
        rewriter: object

        def edit(self, requests):
            return warm(requests)

    monkeypatch.setattr(compare_cli.Classifier, "from_pretrained", lambda *_, **__: None)
    monkeypatch.setattr(compare_cli.Rewriter, "from_pretrained", lambda *_, **__: Standing())
    monkeypatch.setattr(compare_cli, "Editor", Editing)
    monkeypatch.setattr(compare_cli, "kind_of", lambda *_: "rewriter")
    compare_cli.compare("shipped", "acme", path, page=page, figures=figures)
    assert json.loads(figures.read_text("utf-8"))["differences"]["chrf"]["model"] == pytest.approx(100)
    assert "встроенная модель" in page.read_text("utf-8")
