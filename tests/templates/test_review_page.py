"""The review page as text: it holds everything, and nothing in it can break out of its place."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bylostalo.data import taxonomy
from bylostalo.data.errors import BylostaloError
from bylostalo.inference.results import Problem
from bylostalo.inference.templates.review.page import page, safe_json, write_review
from bylostalo.inference.templates.template import Outcome

JOB = {"input": "0" * 64, "model": "1" * 64}
HOSTILE = "</script><img src=x onerror=alert(1)><!-- <script> & \u2028\u2029 \ud83d ]]>"


def outcome(**fields: object) -> Outcome:
    return Outcome(**{"key": "строка 1", "before": "Было.", "after": "Стало.", "status": "rewritten", **fields})


def element(html: str, opening: str) -> str:
    start = html.index(opening) + len(opening)
    return html[start : html.index("</", start)]


def data_of(html: str) -> dict:
    return json.loads(element(html, '<script type="application/json" id="data">'))


def test_page_holds_every_field() -> None:
    problem = Problem(code="officialese", score=0.876, spans=((0, 4),))
    left = Problem(code="dead_end", score=0.5)
    full = outcome(
        reason="потому", problems=(problem,), problems_after=(left,), missing=("Когда?",), broken_rules=("подпись",)
    )
    data = data_of(page([full], title="Осень", job=JOB))
    assert data["title"] == "Осень"
    assert data["job"] == JOB
    assert data["outcomes"] == [
        {
            "key": "строка 1",
            "before": "Было.",
            "after": "Стало.",
            "status": "rewritten",
            "reason": "потому",
            "problems": [
                {
                    "code": "officialese",
                    "score": 0.88,
                    "spans": [[0, 4]],
                    "advice": taxonomy.by_code("officialese").advice,
                }
            ],
            "left": ["dead_end"],
            "missing": ["Когда?"],
            "broken": ["подпись"],
        }
    ]


def test_page_knows_all_problems() -> None:
    shown = data_of(page([], title="", job={}))["codes"]
    assert [entry["code"] for entry in shown] == list(taxonomy.codes())
    assert all(entry["title"] and entry["advice"] and entry["severity"] for entry in shown)


def test_spans_are_counted_as_the_browser_counts() -> None:
    text = "🙂 Данный 👍🏽 ответ"
    start = text.index("ответ")
    problem = Problem(code="officialese", score=0.9, spans=((start, len(text)),))
    [span] = data_of(page([outcome(before=text, problems=(problem,))], title="", job={}))["outcomes"][0]["problems"][0][
        "spans"
    ]
    units = text.encode("utf-16-le")
    assert units[2 * span[0] : 2 * span[1]].decode("utf-16-le") == "ответ"


def test_hostile_texts_stay_in_their_place() -> None:
    plain = page([outcome()], title="", job={})
    hostile = page(
        [outcome(key=HOSTILE, before=HOSTILE, reason=HOSTILE, missing=(HOSTILE,), broken_rules=(HOSTILE,))],
        title=HOSTILE,
        job={HOSTILE: HOSTILE},
    )
    assert hostile.count("<") == plain.count("<")
    assert "onerror=alert" in hostile
    data = data_of(hostile)
    assert data["title"] == HOSTILE
    assert data["job"] == {HOSTILE: HOSTILE}
    assert data["outcomes"][0]["before"] == HOSTILE


@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_safe_json_is_json_without_dangerous_characters(value: object) -> None:
    text = safe_json(value)
    assert json.loads(text) == value
    assert not set("<>&\u2028\u2029") & set(text)


@given(st.text(st.characters(categories=["Cs", "Ll"])))
def test_safe_json_can_be_encoded(value: str) -> None:
    assert json.loads(safe_json(value).encode("utf-8")) == value or re.search("[\ud800-\udbff][\udc00-\udfff]", value)


def test_policy_allows_only_the_page_itself() -> None:
    html = page([outcome()], title="Осень", job=JOB)
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', html)
    style, script = element(html, "<style>"), element(html, '<script type="module">')
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_page_asks_nothing_of_the_network() -> None:
    html = page([outcome()], title="Осень", job=JOB)
    addresses = set(re.findall(r"https?://[^\s\"']+", html))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"@import|url\(|\ssrc=|<link|innerHTML|outerHTML|insertAdjacentHTML|document\.write", html)


def test_the_same_job_is_kept_in_the_same_place() -> None:
    def place(job: dict[str, str]) -> str:
        return data_of(page([], title="", job=job))["store"]

    assert place(JOB) == place(dict(reversed(JOB.items())))
    assert place(JOB) != place({**JOB, "model": "2"})


def test_file_is_written_whole(tmp_path: Path) -> None:
    target = tmp_path / "review.html"
    write_review([outcome(before=HOSTILE)], target, title="Осень", job=JOB)
    assert target.read_text("utf-8") == page([outcome(before=HOSTILE)], title="Осень", job=JOB) + "\n"
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(BylostaloError, match="сюда нельзя писать"):
        write_review([], tmp_path / "нет" / "review.html", title="", job={})
