"""YAML: what comes out is read back by yaml.safe_load, in every style of a scalar."""

import pytest
import yaml
from format_samples import AWKWARD, BETTER, outcomes_for
from hypothesis import given
from hypothesis import strategies as st

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.templates.formats import open_library, yaml_tree
from bylostalo.inference.templates.formats.yaml_scalars import block_scalar, flow_scalar

LIBRARY = """\
# Шаблоны отказов
отказы:
  - id: 1
    text: Мы не можем вернуть деньги   # простой
    тема: x
  - text: "Мы не можем вернуть деньги, {{ name }}"

  - text: 'Мы не можем вернуть ''деньги'''
  - id: 4
    text: |
      Здравствуйте, {{ name }}!

      Мы не можем вернуть деньги.

    # пояснение к теме
    тема: y
  - text: >-
      Мы не можем вернуть деньги,
      но поможем.

      Пишите нам.
  - text: |+
      Мы не можем вернуть деньги.

  - {id: 7, text: Мы не можем вернуть деньги, тема: z}
  - text: &refusal Мы не можем вернуть деньги
      и очень жалеем
    тема: *refusal
  - text:
    - Мы не можем вернуть деньги
    - ["Мы не можем вернуть", Мы не можем]
    тема: [а, б]
хвост: |
  Мы не можем вернуть деньги"""


def opened(tmp_path, text, column=None, encoding="utf-8"):
    path = tmp_path / "in.yaml"
    path.write_bytes(text.encode(encoding))
    return open_library(path, column=column)


def final(library, tmp_path, texts):
    library.final(texts, tmp_path / "out.yaml")
    return (tmp_path / "out.yaml").read_bytes().decode()


def annotated(library, tmp_path, outcomes):
    library.annotated(outcomes, tmp_path / "out.yaml")
    return (tmp_path / "out.yaml").read_bytes().decode()


def put(data, path, value):
    *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    for step in way:
        data = data[step]
    data[last] = value


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def loader(request, monkeypatch):
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML без libyaml")
    monkeypatch.setattr(yaml_tree, "LOADER", getattr(yaml, request.param))


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_nothing_replaced_is_the_very_same_file(tmp_path, end, line_end):
    text = (LIBRARY + end).replace("\n", line_end)
    library = opened(tmp_path, text)
    assert len(library.templates) == 11
    assert final(library, tmp_path, {template.key: template.text for template in library.templates}) == text


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("after", AWKWARD)
def test_every_style_holds_every_value(tmp_path, after, line_end):
    text = LIBRARY.replace("\n", line_end)
    library = opened(tmp_path, text)
    for template in library.templates:
        wanted = yaml.safe_load(text)
        put(wanted, template.key, after)
        if template.key == "отказы/7/text":
            wanted["отказы"][7]["тема"] = after
        got = final(library, tmp_path, {template.key: after})
        assert yaml.safe_load(got) == wanted, template.key
        assert line_end == "\n" or got.count("\n") == got.count("\r\n")
    wanted = yaml.safe_load(final(library, tmp_path, {template.key: after for template in library.templates}))
    assert wanted["отказы"][3] == {"id": 4, "text": after, "тема": "y"}


def test_styles_stay(tmp_path):
    library = opened(tmp_path, LIBRARY)
    lines = "Добрый день!\n\nДеньги вернём."
    got = final(library, tmp_path, dict.fromkeys([template.key for template in library.templates], lines))
    assert '    text: "Добрый день!\\n\\nДеньги вернём."   # простой\n    тема: x\n' in got
    assert "text: |-\n      Добрый день!\n\n      Деньги вернём.\n\n    # пояснение" in got
    assert "text: >-\n      Добрый день!\n\n\n      Деньги вернём.\n  - text: |-\n" in got
    got = final(library, tmp_path, dict.fromkeys([template.key for template in library.templates], "Это, 'да'"))
    assert "text: Это, 'да'   # простой" in got
    assert "text: \"Это, 'да'\"\n" in got
    assert "text: 'Это, ''да'''\n" in got
    assert "{id: 7, text: \"Это, 'да'\", тема: z}" in got


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("after", AWKWARD)
def test_notes_are_new_keys_beside(tmp_path, after, end, line_end):
    text = (LIBRARY + end).replace("\n", line_end)
    library = opened(tmp_path, text)
    before, got = yaml.safe_load(text), annotated(library, tmp_path, outcomes_for(library, after, reason="Так: [вот]"))
    data = yaml.safe_load(got)
    for old, new in zip(before["отказы"], data["отказы"], strict=True):
        assert {key: new[key] for key in old} == old
        assert (new["стало"], new["статус"], new["причина"]) == (after, "переписан", "Так: [вот]")
    assert data["отказы"][8]["стало 3"] == after
    assert data["хвост"] == before["хвост"]
    new_lines = iter([line.lstrip(" -") for line in got.split(line_end)])
    kept = [line.lstrip(" -") for line in text.split(line_end) if "{id: 7" not in line]
    assert all(line in new_lines for line in kept)


@pytest.mark.parametrize("tail", ["", "\n", "\n\n", "\n   \n"])
@pytest.mark.parametrize("header", ["|", "|-", "|+", ">", ">-", ">+", "|2", "|2-"])
def test_a_block_at_the_end_of_the_file(tmp_path, header, tail):
    text = f"- text: {header}\n    Мы не можем вернуть деньги{tail}"
    library = opened(tmp_path, text)
    before = yaml.safe_load(text)
    assert yaml.safe_load(annotated(library, tmp_path, outcomes_for(library)))[0].items() >= before[0].items()
    for after in AWKWARD:
        assert yaml.safe_load(final(library, tmp_path, {"0/text": after})) == [{"text": after}]


SCALARS = st.text(alphabet="аЯ \n\t-:#'\"[{,|>&*!%@`~\\1\r\u2028\ufeff🙂\x07", max_size=12)


@given(SCALARS, st.sampled_from(["", "'", '"']), st.booleans())
def test_flow_scalars_are_read_back(value, style, flow):
    literal = flow_scalar(value, style, "utf-8", flow=flow)
    assert yaml.safe_load(f"[{literal}]" if flow else f"k: {literal} # c") == ([value] if flow else {"k": value})


@given(SCALARS, st.sampled_from("|>"), st.sampled_from(["", "-", "+"]), st.sampled_from(["", "\n", "\n\n \n"]))
def test_block_scalars_are_read_back(value, style, chomping, tail):
    raw = f"{style}{chomping} # c\n   старое\n    ещё{tail}"
    old = yaml.safe_load(f"k:\n  v: {raw}")["k"]["v"]
    literal = block_scalar(value, raw, old, "utf-8")
    rest = "  w: 1" if literal.endswith("\n") else "\n  w: 1"
    assert yaml.safe_load(f"k:\n  v: {literal}{rest}") == {"k": {"v": value, "w": 1}}


def test_several_documents_are_numbered(tmp_path):
    library = opened(tmp_path, "---\ntext: первый ответ клиенту\n---\ntext: второй ответ клиенту\n")
    assert [template.key for template in library.templates] == ["1/text", "2/text"]
    got = annotated(library, tmp_path, outcomes_for(library))
    assert [document["стало"] for document in yaml.safe_load_all(got)] == [BETTER, BETTER]


def test_characters_that_the_encoding_lacks_are_escaped(tmp_path):
    library = opened(tmp_path, LIBRARY, encoding="cp1251")
    library.final({"отказы/0/text": "Да 🙂", "отказы/3/text": "Да ₽\n"}, tmp_path / "out.yaml")
    got = yaml.safe_load((tmp_path / "out.yaml").read_text("cp1251"))["отказы"]
    assert (got[0]["text"], got[3]["text"]) == ("Да 🙂", "Да ₽\n")


def test_yaml_that_cannot_be_annotated_safely_is_refused_and_never_spoilt(tmp_path):
    library = opened(tmp_path, "? text\n: Мы не можем вернуть деньги\n? тема\n: да\n")
    with pytest.raises(BylostaloError, match="без потерь"):
        library.annotated(outcomes_for(library), tmp_path / "out.yaml")
    assert not (tmp_path / "out.yaml").exists()


@pytest.mark.parametrize("text", ["a: [", "a: \x07", "[" * 100_000, "- " * 100_000])
def test_what_is_no_yaml_is_refused(tmp_path, text):
    with pytest.raises(BylostaloError, match="не YAML"):
        opened(tmp_path, text)


DICTIONARY = """\
# тексты бота
приветствие: Добрый день! Чем помочь?  # первый
404: "Такой страницы нет, простите"
500: Что-то сломалось, чиним
отказ:
  срок: |
    Увы, срок вышел.

    Пишите.
  "цена: новая": 'Увы, цена другая.'
"""


def test_a_dictionary_of_texts_gives_all_of_them(tmp_path):
    library = opened(tmp_path, DICTIONARY)
    keys = ["приветствие", "404", "500", "отказ/срок", "отказ/цена: новая"]
    assert [template.key for template in library.templates] == keys
    assert final(library, tmp_path, {}) == DICTIONARY
    assert final(library, tmp_path, {"500": BETTER}) == DICTIONARY.replace("Что-то сломалось, чиним", BETTER)
    library.annotated(outcomes_for(library), tmp_path / "out.yaml")
    raw = (tmp_path / "out.yaml").read_text("utf-8")
    got, before = yaml.safe_load(raw), yaml.safe_load(DICTIONARY)
    assert raw.count("# первый") == 1
    assert [got[key] for key in ("приветствие", 404, 500)] == [before[key] for key in ("приветствие", 404, 500)]
    assert got["404.стало"] == got["приветствие.стало"] == got["отказ"]["цена: новая.стало"] == BETTER
    assert got["отказ"]["срок.стало"].strip() == BETTER and got["отказ"]["срок"] == before["отказ"]["срок"]


LIST = """\
- Добрый день! Чем помочь?
- |  # длинный
  Увы, срок вышел.

  Пишите.

- [Ещё один текст, 5]
"""


def test_a_list_of_texts_gives_all_of_them(tmp_path):
    library = opened(tmp_path, LIST)
    assert [template.key for template in library.templates] == ["0", "1", "2/0"]
    assert final(library, tmp_path, {}) == LIST
    library.annotated(outcomes_for(library), tmp_path / "out.yaml")
    got = yaml.safe_load((tmp_path / "out.yaml").read_text("utf-8"))
    assert [got[0]["текст"], got[1]["текст"], got[2][0]["текст"]] == [one.text for one in library.templates]
    assert {got[0]["стало"], got[1]["стало"], got[2][0]["стало"]} == {BETTER} and got[2][1] == 5
