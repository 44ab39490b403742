"""Model cards: every section is there, and says what the files say."""

import json

import pytest

from bylostalo.training.card import KINDS, lines, terms, write_card
from bylostalo.training.config import ClassifierConfig, RewriterConfig

SECTIONS = ("Как загрузить", "Данные", "Обучение", "Измерения", "Где не годится", "Основа и её условия")
FIGURES = {
    "config": vars(RewriterConfig(rank=24, adapter="runs/first")),
    "corpus_sha256": "db34a1a6",
    "train_examples": 12681,
    "train_tokens": 578562,
    "hours": 0.888,
    "log": [{"loss": 0.9, "step": 20}, {"loss": 0.4812, "step": 40}, {"eval_loss": 0.842}],
}
MEASURED = {
    "replies": 679,
    "systems": {"bylostalo": {"chrf": 62.8, "sari": 58.37, "removed_by_classifier": 0.876, "fact_violations": 0}},
}
JUDGED = {
    "replies": 679,
    "macro_f1": {"value": 0.705, "low": 0.69, "high": 0.72},
    "codes": {code: {"f1": {"value": value}} for code, value in (("blame", 0.7), ("rudeness", 0.5), ("excuse", None))},
}
PARITY = {
    "exact": {"tokens": 150, "equal": 1.0, "divergence": 1e-11},
    "columns": {"tokens": 150, "equal": 0.98, "divergence": 0.004},
}


def card(kind="rewriter", figures=FIGURES, *, measured=MEASURED, parity=PARITY):
    return "\n".join(lines(kind, figures, measured=measured, parity=parity))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("measured", [{}, MEASURED, JUDGED])
def test_every_section_is_there_and_none_is_empty(kind, measured):
    said = card(kind, measured=measured)
    title, *parts = said.split("\n## ")
    assert title.startswith(f"# {KINDS[kind].title}\n\n{KINDS[kind].purpose}")
    assert [part.split("\n", 1)[0] for part in parts] == list(SECTIONS)
    assert all(len(part.split("\n", 1)[1].strip()) > 10 for part in parts)
    assert "None" not in said and "nan" not in said


def test_it_says_what_the_run_says():
    said = card()
    for expected in (
        "`data/sentences`", "`db34a1a6`", "Примеров: 12681, токенов: 578562", "Время: 0,89 ч", "| `rank` | 24 |",
        "Продолжение адаптера `runs/first`", "Потери, обучение: 0,481", "Потери, validation: 0,842",
        "Отложенных ответов: 679", "chrF++: 62,8", "SARI: 58,4", "снято проблем: 88\N{NO-BREAK SPACE}%",
        "сломанными фактами: 0", "Граф int8 рядом с torch: тех же токенов 98\N{NO-BREAK SPACE}% из 150",
        "условия использования Gemma",
    ):  # fmt: skip
        assert expected in said, expected


def test_a_classifier_names_its_weakest_codes():
    figures = {**FIGURES, "config": vars(ClassifierConfig()), "train_rows": 5}
    said = card("classifier", figures, measured=JUDGED, parity={})
    assert "macro-F1: 0,705 (95 %: 0,690–0,720)" in said
    assert "Слабее всего: грубость 0,50, обвинение клиента 0,70." in said


def test_what_was_not_measured_is_said():
    assert "не измерено" in card(measured={}) and "не измерено" not in card()


def test_terms_of_bases(tmp_path):
    assert "Gemma" in terms("embedded") and "Gemma" in terms("google/t5gemma-2-270m-270m")
    assert terms("cointegrated/rubert-tiny2") == "MIT."
    assert "у авторов" in terms("someone/model") and "у авторов" in terms(str(tmp_path))
    (tmp_path / "README.md").write_text("---\nlicense: cc-by-4.0\ntags: [x]\n---\n# Модель\n", "utf-8")
    assert terms(str(tmp_path)).startswith("cc-by-4.0")


def test_the_card_lies_beside_the_weights(tmp_path):
    (tmp_path / "metrics.json").write_text(json.dumps(MEASURED), "utf-8")
    (tmp_path / "parity.json").write_text("{broken", "utf-8")
    write_card("rewriter", FIGURES, tmp_path)
    said = (tmp_path / "README.md").read_text("utf-8")
    assert "chrF++: 62,8" in said and "Граф" not in said
