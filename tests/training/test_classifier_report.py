"""The report of a classifier: figures, JSON, Markdown and the page."""

import base64
import dataclasses
import json
import re
from collections import Counter
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from bylostalo.data.records import Label, Reply
from bylostalo.data.taxonomy import codes
from bylostalo.inference.classifier import Classifier
from bylostalo.training.behaviour import behaviour
from bylostalo.training.classifier_report import evaluate_classifier
from bylostalo.training.cli import evaluate
from bylostalo.training.contenders import Contender, classifier_judge, contender
from bylostalo.training.metrics.mistakes import Decision
from bylostalo.training.metrics.verdicts import Verdicts, marked
from bylostalo.training.report.pages import behaviour_page, classifier_page
from bylostalo.training.report.pieces import pieces
from bylostalo.training.tables import classifier_table, comparison_table, mistake_lines, swaps_table

ROOT = Path(__file__).parents[2]
NASTY = '<script>alert(1)</script> & "кавычки" {{ name }} <b>'


def reply(name, text, *labels):
    return Reply(
        id=name, domain="почта", channel="чат", client_message=f"Где? {NASTY}", before=text, after=text, notes=(),
        problems=labels, group=name,
    )  # fmt: skip


REPLIES = [
    *[reply(f"a{i}", f"Вы сами виноваты. {NASTY}", Label(code="blame", quotes=("сами виноваты",))) for i in range(8)],
    *[reply(f"b{i}", "Ждите.", Label(code="rudeness", quotes=("Ждите.",))) for i in range(6)],
    *[reply(f"c{i}", f"Здравствуйте! Деньги вернули. {NASTY}") for i in range(6)],
]


def saying(title, code_of):
    """A model that gives each text one code or none, with its first word as the span."""

    def judge(texts, clients):
        given = [code_of(text) for text in texts]
        found = marked([{code} if code else set() for code in given])
        spans = tuple(
            {code: ((0, len(text.split()[0])),)} if code else {} for text, code in zip(texts, given, strict=True)
        )
        return Verdicts(np.where(found, 0.83, 0.07), found, spans)

    return Contender(title, judge)


RIGHT = saying("толковая", lambda text: "blame" if "сами" in text else "rudeness" if "Ждите" in text else None)
WRONG = saying("<i>шумная</i>", lambda text: "lecturing")


@pytest.fixture(scope="module")
def report():
    return evaluate_classifier(REPLIES, WRONG, against=RIGHT)


def test_figures():
    found = evaluate_classifier(REPLIES, RIGHT)
    assert found.macro_f1.value == 1.0 and found.false_alarms.value == 0.0
    assert (found.replies, found.good_replies, found.codes["blame"].support) == (20, 6, 8)
    assert found.codes["blame"].average_precision == 1.0 and found.codes["excuse"].average_precision is None
    assert found.codes["blame"].calibration_error == pytest.approx((8 * 0.17 + 12 * 0.07) / 20)
    assert found.span_f1.value == pytest.approx(2 * 6 / (2 * 6 + 8 + 16))
    assert found.calibration_error == pytest.approx((14 * 0.17 + (20 * 18 - 14) * 0.07) / (20 * 18))
    assert not found.mistakes and found.comparison is None and np.sum(found.swaps) == 0


def test_a_noisy_model_shows_in_every_part(report):
    assert report.macro_f1.value == 0.0 and report.false_alarms.value == 1.0
    assert report.swaps[codes().index("blame")][codes().index("lecturing")] == 8
    assert [mistake.is_false_alarm for mistake in report.mistakes] == [True] * 6 + [False] * 14
    assert report.comparison.verdict.startswith("Лучше толковая.")


def test_the_json_holds_everything(report):
    data = json.loads(json.dumps(dataclasses.asdict(report)))
    assert data["codes"]["blame"]["f1"]["value"] == 0.0
    assert data["mistakes"][0]["decisions"][0] == {
        "code": "lecturing", "kind": "extra", "probability": 0.83, "spans": [[0, 13]]
    }  # fmt: skip
    assert data["comparison"]["codes"]["blame"]["against"] == 1.0


def test_markdown(report):
    table = classifier_table(report)
    assert "| `blame` | обвинение клиента | — | 0,00 | 0,00 | 0,00–0,00 |" in table and "из 6" in table
    assert comparison_table(report, report.comparison).endswith(report.comparison.verdict)
    assert "| обвинение клиента | тон учителя | 8 |" in swaps_table(report)
    assert "- пропущено: обвинение клиента 0,07 «сами виноваты»" in mistake_lines(report.mistakes[6])


class Page(HTMLParser):
    """What the tests ask of a page: tags with attributes, text, and which table a header stands in."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self.open = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in ("meta", "line", "rect", "path", "circle"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in ("line", "rect", "path", "circle"):
            assert self.open.pop() == tag

    def handle_data(self, text):
        self.text.append(text)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def is_whole_and_accessible(text):
    page = Page(text)
    assert not page.open
    names = Counter(tag for tag, _ in page.tags)
    assert not names.keys() & {"script", "link", "img", "iframe", "i"} and page.all("html") == [{"lang": "ru"}]
    for _, attributes in page.tags:
        assert not attributes.keys() & {"style", "src", "href", "onclick"}
    assert all(each.get("scope") in ("row", "col") for each in page.all("th"))
    assert names["caption"] + sum("aria-labelledby" in each for each in page.all("table")) == names["table"]
    assert all(each.get("aria-hidden") or each.get("aria-label") for each in page.all("svg"))
    ids = [each["id"] for _, each in page.tags if "id" in each]
    assert len(ids) == len(set(ids))
    assert {each["aria-labelledby"] for _, each in page.tags if "aria-labelledby" in each} <= set(ids)
    policy = next(each["content"] for each in page.all("meta") if "http-equiv" in each)
    style = re.search(r"<style>(.*?)</style>", text, re.S)[1]
    assert base64.b64encode(sha256(style.encode()).digest()).decode() in policy
    return page


def test_the_page_is_whole_escaped_and_accessible(report):
    page = is_whole_and_accessible(classifier_page(report, split="validation"))
    said = "".join(page.text)
    assert said.count(f"Где? {NASTY}") == 20 and "Классификатор на части validation" in said
    assert report.comparison.verdict in said and "<i>шумная</i>" in said
    assert "пропущено обвинение клиента, найдено лишнее тон учителя" in " ".join(said.split())
    marks = Counter(each["class"] for each in page.all("mark"))
    assert marks["extra"] == 20 and marks["missed"] >= 8


def test_the_page_of_a_perfect_model_alone():
    page = is_whole_and_accessible(classifier_page(evaluate_classifier(REPLIES, RIGHT), split="test"))
    assert page.text.count("Ни одной.") == 2
    assert "comparison" not in {each.get("id") for each in page.all("h2")}


def test_pieces_mark_the_wrong_before_the_right():
    decisions = (Decision("a", "right", 1, ((0, 4),)), Decision("b", "extra", 1, ((2, 6),)))
    found = list(pieces("абвгдежз", decisions))
    assert found == [("аб", "right"), ("вг", "extra"), ("де", "extra"), ("жз", "")]
    assert list(pieces("", ())) == []


def test_the_behaviour_page_shows_every_failed_line():
    """A model that sees nothing fails wherever something has to be seen."""
    blind = saying("слепая", lambda text: None)
    outcomes = behaviour(blind.judge, ROOT / "data" / "behaviour")
    said = "".join(is_whole_and_accessible(behaviour_page(outcomes, model=blind.title)).text)
    failed = [outcome for outcome in outcomes if not outcome.passed]
    assert len(failed) > 100 and all(outcome.case["text"] in said for outcome in failed)
    passed = next(o for o in outcomes if o.passed and o.kind == "minimum")
    assert passed.case["text"] not in said and "есть: канцелярит" in said


def test_the_shipped_model_says_the_same_as_its_diagnosis():
    classifier = Classifier.from_pretrained()
    texts, clients = ["Уважаемый клиент! Ожидайте.", "Вы сами виноваты."], ["Где заказ?", None]
    verdicts = classifier_judge(classifier)(texts, clients)
    for row, diagnosis in enumerate(classifier.diagnose(texts, clients)):
        assert {code for code, found in zip(codes(), verdicts.found[row], strict=True) if found} == diagnosis.codes
        for problem in diagnosis.problems:
            assert verdicts.probabilities[row, codes().index(problem.code)] == pytest.approx(problem.score)
            assert verdicts.spans[row][problem.code] == problem.spans


def test_contenders_are_named_for_people():
    assert contender("shipped", ()).title == "встроенная модель"


def test_the_command_writes_a_page_and_json(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "bank.jsonl").write_bytes((ROOT / "data" / "corpus" / "bank.jsonl").read_bytes())
    page, figures = tmp_path / "report.html", tmp_path / "report.json"
    arguments = ["--corpus", corpus, "--split", "validation", "--model", "rules", "--against", "tfidf"]
    done = CliRunner().invoke(evaluate, ["classifier", *map(str, arguments), "--page", page, "--json", figures])
    assert done.exit_code == 0, done.output
    assert "p\N{NO-BREAK SPACE}=" in done.output and "| `blame` |" in done.output
    assert json.loads(figures.read_text("utf-8"))["comparison"]["against"] == "TF-IDF"
    is_whole_and_accessible(page.read_text("utf-8"))
