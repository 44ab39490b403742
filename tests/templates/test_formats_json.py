"""JSON, JSON Lines and Zendesk macros, read back by the json module."""

import json

import pytest
from format_samples import AWKWARD, BETTER, REPLY, outcome, outcomes_for
from hypothesis import given
from hypothesis import strategies as st

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates.formats import open_library
from bylostalo.inference.templates.formats.json_tree import parse
from bylostalo.inference.templates.formats.tree import Node

MACROS = {
    "count": 2,
    "macros": [
        {"title": "Отказ в возврате денег клиенту", "actions": [{"field": "status", "value": "solved"}]},
        {
            "title": "Приняли",
            "actions": [
                {"field": "comment_value", "value": REPLY},
                {"field": "comment_value_html", "value": ["channel:all", f"<p>{REPLY}</p>"]},
                {"field": "comment_value", "value": " "},
            ],
        },
    ],
}
STYLES = {
    "compact": {"separators": (",", ":"), "ensure_ascii": False},
    "default": {"ensure_ascii": False},
    "ascii": {},
    "indented": {"indent": 2, "ensure_ascii": False},
    "tabs": {"indent": "\t"},
}
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


def opened(tmp_path, raw, name="in.json", column=None):
    path = tmp_path / name
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return open_library(path, column=column)


def final(library, tmp_path, texts):
    library.final(texts, tmp_path / "out")
    return (tmp_path / "out").read_bytes().decode()


def annotated(library, tmp_path, outcomes):
    library.annotated(outcomes, tmp_path / "out")
    return (tmp_path / "out").read_bytes().decode()


def rebuilt(node: Node, text: str):
    """The value of a node, by its spans alone."""
    raw = text[node.start : node.stop]
    if raw[0] == "{":
        return {rebuilt(key, text): rebuilt(value, text) for key, value in node.members}
    if raw[0] == "[":
        return [rebuilt(item, text) for item in node.items]
    assert node.text is None or node.text == json.loads(raw)
    return json.loads(raw)


@given(values, st.sampled_from(sorted(STYLES)))
def test_spans_are_those_of_the_values(value, style):
    text = f" {json.dumps(value, **STYLES[style])}\n"
    assert rebuilt(parse(text), text) == value


@given(st.text(alphabet='{}[],:" 1a\n', max_size=12))
def test_what_json_refuses_is_refused(text):
    try:
        wanted = json.loads(text)
    except ValueError:
        with pytest.raises(ValueError):
            parse(text)
    else:
        assert rebuilt(parse(text), text) == wanted


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("after", AWKWARD)
def test_macros_both_ways(tmp_path, style, after):
    text = json.dumps(MACROS, **STYLES[style])
    library = opened(tmp_path, text)
    keys = ["macros/1/actions/0/value", "macros/1/actions/1/value/1"]
    assert [template.key for template in library.templates] == keys
    assert "макросы Zendesk, шаблонов: 2" in library.described
    assert final(library, tmp_path, {template.key: template.text for template in library.templates}) == text
    wanted = json.loads(text)
    wanted["macros"][1]["actions"][1]["value"][1] = after
    assert final(library, tmp_path, {keys[1]: after}) == json.dumps(wanted, **STYLES[style])
    wanted = json.loads(text)
    wanted["macros"][1]["actions"][0] |= {
        "стало": after,
        "статус": "переписан",
        "проблемы": "officialese (канцелярит), passive_voice (страдательный залог, безличность)",
        "вопросы": "",
        "причина": "",
    }
    marked = {keys[0]: outcome(keys[0], REPLY, after)}
    assert annotated(library, tmp_path, marked) == json.dumps(wanted, **STYLES[style])


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_lines_both_ways(tmp_path, end):
    lines = [f'{{"id": {n}, "text": "{REPLY}"}}' for n in range(3)]
    text = "\r\n".join([lines[0], "", lines[1], "{сломано", "[1]", lines[2]]) + end
    library = opened(tmp_path, text, "in.jsonl")
    assert [template.key for template in library.templates] == ["строка 1", "строка 3", "строка 6"]
    assert [place for place, _ in library.bad] == ["строка 4", "строка 5"]
    assert final(library, tmp_path, {}) == text
    assert final(library, tmp_path, {"строка 3": BETTER}) == text.replace(lines[1], lines[1].replace(REPLY, BETTER))
    got = annotated(library, tmp_path, outcomes_for(library)).split("\r\n")
    assert (got[1], got[3:5]) == ("", ["{сломано", "[1]"])
    assert list(json.loads(got[2])) == ["id", "text", "стало", "статус", "проблемы", "вопросы", "причина"]
    assert json.loads(got[5])["стало"] == BETTER


def test_deeper_templates_of_lines_have_their_path_in_the_key(tmp_path):
    library = opened(tmp_path, json.dumps({"a": [{"text": REPLY}], "text": REPLY}), "in.jsonl")
    assert [template.key for template in library.templates] == ["строка 1/a/0/text", "строка 1"]


def test_a_broken_line_does_not_swallow_the_next(tmp_path):
    library = opened(tmp_path, f'[1,\n{{"text": "{REPLY}"}}\n2]\n', "in.jsonl")
    assert [template.key for template in library.templates] == ["строка 2"]
    assert [place for place, _ in library.bad] == ["строка 1", "строка 3"]


def test_needless_escapes_of_the_file_are_kept(tmp_path):
    text = '[{"text":"\\u003cp\\u003eМы уже проверили ваш заказ\\u003c\\/p\\u003e"}]'
    library = opened(tmp_path, text)
    assert library.templates[0].text == "<p>Мы уже проверили ваш заказ</p>"
    assert final(library, tmp_path, {"0/text": "<b>Да</b>"}) == '[{"text":"\\u003cb\\u003eДа\\u003c\\/b\\u003e"}]'


def test_two_templates_of_one_object_and_taken_names(tmp_path):
    text = json.dumps({"стало": 1, "text": [REPLY, REPLY]}, ensure_ascii=False)
    got = json.loads(annotated(library := opened(tmp_path, text), tmp_path, outcomes_for(library)))
    assert list(got)[2:] == [
        *("стало 2", "статус", "проблемы", "вопросы", "причина"),
        *("стало 3", "статус 2", "проблемы 2", "вопросы 2", "причина 2"),
    ]


def test_keys_are_unique_where_paths_are_not(tmp_path):
    text = f'{{"a/text": {{"text": "{REPLY}"}}, "a": {{"text/text": 1, "text": {{"text": "{REPLY}"}}}}}}'
    keys = [template.key for template in opened(tmp_path, text).templates]
    assert keys == ["a/text/text", "a/text/text (2)"]


def test_characters_that_the_encoding_lacks_are_escaped(tmp_path):
    raw = json.dumps([{"text": REPLY}], ensure_ascii=False).encode("cp1251")
    library = opened(tmp_path, raw)
    assert library.final({"0/text": "Да 🙂"}, tmp_path / "out") == ()
    assert json.loads((tmp_path / "out").read_text("cp1251")) == [{"text": "Да 🙂"}]


def test_half_a_surrogate_pair_is_a_bad_row(tmp_path):
    library = opened(tmp_path, f'[{{"text": "\\ud83d и ещё три слова"}}, {{"text": "{REPLY}"}}]')
    assert [template.key for template in library.templates] == ["1/text"]
    assert library.bad == (("0/text", "половина суррогатной пары"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [("{", "не JSON"), ("[" * 100_000, "не JSON"), ("[1]", "в объектах"), ('{"a": "b"}', "русского текста")],
)
def test_what_holds_no_templates_is_refused(tmp_path, text, message):
    with pytest.raises(BylostaloError, match=message):
        opened(tmp_path, text)


GREETING, REFUSAL = "Добрый день! Чем помочь?", "Увы, «нет»."


@pytest.mark.parametrize("style", STYLES)
def test_a_dictionary_of_texts_gives_all_of_them(tmp_path, style):
    data = {"v": "1.0", "приветствие": GREETING, "отказы": {"срок": REFUSAL, "цена": [REPLY, "x"]}, "номер": 5}
    text = json.dumps(data, **STYLES[style])
    library = opened(tmp_path, text)
    keys = ["приветствие", "отказы/срок", "отказы/цена/0"]
    assert [template.key for template in library.templates] == keys
    assert "все тексты, шаблонов: 3" in library.described
    assert final(library, tmp_path, {}) == text
    wanted = json.loads(text)
    wanted["отказы"]["срок"] = BETTER
    assert final(library, tmp_path, {keys[1]: BETTER}) == json.dumps(wanted, **STYLES[style])
    got = json.loads(annotated(library, tmp_path, outcomes_for(library)))
    assert got["приветствие"] == GREETING and got["стало"] == BETTER
    assert got["отказы"]["срок.стало"] == got["отказы"]["цена.стало"] == BETTER
    assert got["отказы"]["цена"] == [REPLY, "x"]


def test_a_list_of_texts_gives_all_of_them(tmp_path):
    text = json.dumps([GREETING, [REFUSAL, 1], "http://a.ru"], ensure_ascii=False, indent=1)
    library = opened(tmp_path, text)
    assert [template.key for template in library.templates] == ["0", "1/0"]
    assert json.loads(final(library, tmp_path, {"1/0": BETTER})) == [GREETING, [BETTER, 1], "http://a.ru"]
    assert final(library, tmp_path, {}) == text
    got = json.loads(annotated(library, tmp_path, outcomes_for(library)))
    assert (got[0]["текст"], got[0]["стало"], got[1][0]["стало"], got[1][1]) == (GREETING, BETTER, BETTER, 1)
    assert list(got[0]) == ["текст", "стало", "статус", "проблемы", "вопросы", "причина"]


@pytest.mark.parametrize(
    "text",
    [
        {"ответ": REPLY, "заметка": GREETING},
        [{"заявка": REPLY, "тема": GREETING}],
        {"а": [{"б": REPLY, "в": GREETING}]},
    ],
)
def test_records_and_known_columns_are_no_dictionary(tmp_path, text):
    library = opened(tmp_path, json.dumps(text))
    assert [template.text for template in library.templates] == [REPLY]


def test_lines_are_records(tmp_path):
    library = opened(tmp_path, json.dumps({"заявка": REPLY, "тема": GREETING}), "in.jsonl")
    assert [template.text for template in library.templates] == [REPLY]
