"""An adapter with a house: its replies greet, close and sign as the company does, and never mix «вы» and «ты»."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standins import Known, Model, plainly, source_of, streamed

from bylostalo.data.errors import BylostaloError
from bylostalo.inference import registry
from bylostalo.inference.artifacts import SHIPPED
from bylostalo.inference.choice import Option, Source, admissible, keeps_address, keeps_meaning
from bylostalo.inference.drafts import NO_RULES
from bylostalo.inference.editor import Editor
from bylostalo.inference.facts import compare
from bylostalo.inference.results import Problem, Request
from bylostalo.inference.rewriter import Rewriter
from bylostalo.inference.sequence_model import Likelihood
from bylostalo.inference.templates.rules import Rules
from bylostalo.inference.templates.rules_file import house_of, read_rules, write_rules
from bylostalo.inference.thou import says_thou, says_you

HOUSE = Rules(
    address="ты",
    greeting=("Привет!", "Приветик!"),
    greeting_by_name=("Привет, {name}!",),
    apology=("Прости, что так вышло.",),
    door=("Пиши, если что.", "Если что, мы на связи."),
    signature=("Твоя Лисичка", "Лисичка рядом"),
)
DRAFT = "Уважаемый клиент! Возврат 500 ₽ производится до 5 июня. Вы можете проверить карту.\n\nС уважением, поддержка"


def at_home(say, house=HOUSE, problems=None):
    return Editor(Known(problems or {}), Rewriter(Model(say, steps=0), house=house))


def rewritten(draft, say=plainly, client_message=None, **known):
    (edit,) = at_home(say, **known).edit([Request(before=draft, client_message=client_message)])
    return edit.rewrite


def thou(prompt):
    return ["Возвращаем 500 ₽ до 5 июня."] if "500" in source_of(prompt) else plainly(prompt)


def test_the_frame_is_that_of_the_house():
    found = rewritten(DRAFT, thou)
    assert found.status == "rewritten"
    greeting, rest = found.after.split(maxsplit=1)
    assert greeting in HOUSE.greeting
    body, signature = rest.rsplit("\n\n", 1)
    assert signature in HOUSE.signature
    assert body.startswith("Возвращаем 500 ₽ до 5 июня. Ты можешь проверить карту. ")
    assert body.endswith(HOUSE.door)


def test_the_same_reply_gets_the_same_phrases_and_others_vary():
    drafts = [DRAFT.replace("500", str(sum)) for sum in range(100, 130)]
    first = [rewritten(draft).after for draft in drafts]
    assert first == [rewritten(draft).after for draft in drafts]
    assert {text.rsplit("\n\n", 1)[1] for text in first} == set(HOUSE.signature)


def test_the_customer_is_greeted_by_name():
    found = rewritten("Здравствуйте, Анна! Возврат производится до 5 июня.")
    assert found.after.startswith("Привет, Анна! ") and "Здравствуй" not in found.after


def test_an_apology_is_said_as_the_house_does():
    problems = {DRAFT: (Problem(code="no_apology", score=0.9),)}
    complained = rewritten(DRAFT, client_message="Мне это не нравится", problems=problems)
    assert "Прости, что так вышло." in complained.after
    assert "Прости" not in rewritten(DRAFT, problems=problems).after


def test_a_question_is_a_door_and_a_door_with_a_fact_stays():
    asks = rewritten("Возврат производится. Вам удобно 5 июня?").after
    assert not any(door in asks for door in HOUSE.door) and "Тебе удобно 5 июня?" in asks
    calls = rewritten("Возврат производится. По вопросам звоните 8 800 555-12-34.").after
    assert "8 800 555-12-34" in calls


def test_a_good_reply_of_another_house_is_framed_and_one_of_this_house_is_left():
    own = "Привет! Заказ едет, жди его. Пиши, если что.\n\nЛисичка рядом"
    assert rewritten(own).status == "unchanged" and rewritten(own).after == own
    other = rewritten("Здравствуйте! Ваш заказ едет. Напишите, если что.")
    assert other.status == "rewritten" and "Твой заказ едет. " in other.after and not says_you(other.after)


def test_a_signature_with_a_fact_stays():
    found = rewritten("Возврат производится до 5 июня.\n\nС уважением, Ирина Петрова")
    assert "Ирина Петрова" in found.after and found.status == "rewritten"


def test_the_shipped_adapter_has_no_house_and_without_one_a_good_reply_is_left():
    assert house_of(Path(str(SHIPPED.joinpath("rewriter")))) == NO_RULES
    good = "Привет! Ваш заказ едет."
    assert rewritten(good, house=NO_RULES).after == good
    assert rewritten("Ваше мнение для нас всё.", house=NO_RULES).reason


PIECES = st.lists(
    st.sampled_from(
        [
            "Здравствуйте! ", "Уважаемый клиент! ", "Анна, добрый день! ", "Возврат 500 ₽ производится до 5 июня. ",
            "Вы оплатили заказ. ", "Если не согласны, напишите нам. ", "Доставка осуществляется для Вас. ",
            "Ваше мнение важно. ", "Вам удобно завтра? ", "Откройте раздел «Ваш заказ». ", "\n\n",
            "- Ваш код {{ code }}\n",
            "С уважением, ваша поддержка", "С уважением, Анна",
        ]
    ),
    min_size=1,
    max_size=7,
).map("".join)  # fmt: skip
SAYS = {
    "copy": lambda prompt: [source_of(prompt)],
    "plain": plainly,
    "mixed": lambda prompt: [f"Ты знаешь: {source_of(prompt)}", plainly(prompt)[0]],
}


@given(PIECES, st.sampled_from(sorted(SAYS)))
@settings(max_examples=60, deadline=None)
def test_you_and_thou_are_never_mixed_facts_are_kept_and_the_stream_is_the_edit(draft, saying):
    work = at_home(SAYS[saying])
    request = Request(before=draft)
    (edit,) = work.edit([request])
    after = edit.rewrite.after
    if edit.rewrite.status == "rewritten":
        assert not (says_you(after) and says_thou(after))
        assert compare(after, before=draft, client_message="\n".join(HOUSE.wordings)).ok
    pieces, rewrite = streamed(work, request)
    assert "".join(pieces) == after and rewrite == edit.rewrite


LOCKED = [
    ("Вам необходимо оплатить заказ.", "Тебе нужно оплатить заказ.", True),
    ("Вы можете вернуть товар.", "Ты можешь вернуть товар.", True),
    ("Оплатите заказ до 5 июня.", "Оплати заказ до 5 июня.", True),
    ("Вы обязаны вернуть товар.", "Ты можешь вернуть товар.", False),
    ("Возврат не производится.", "Верни товар.", False),
]


@pytest.mark.parametrize(("before", "after", "same"), LOCKED)
def test_thou_means_what_you_means(before, after, same):
    source = Source(before, address="ты")
    assert keeps_meaning(source, after) is same and keeps_address(source, after)


def test_only_such_a_house_says_thou_of_itself():
    after = "Тебе нужно оплатить заказ."
    assert not keeps_address(Source("Вам необходимо оплатить заказ."), after)
    assert keeps_address(Source("Тебе надо оплатить заказ."), after)
    assert admissible(Source("Вам необходимо оплатить заказ."), [Option(after, Likelihood(-0.1, -0.1))]) == []


def test_a_sentence_that_the_model_leaves_still_takes_the_address_of_the_house():
    source = Source("Ваш возврат производится.", address="ты")
    left, said = (
        Option("Твой возврат производится.", Likelihood(-0.1, -0.1)),
        Option("Возврат тебе делают.", Likelihood(-0.2, -0.2)),
    )
    assert admissible(source, [left, said]) == [left]


def test_the_house_travels_with_its_adapter(tmp_path, monkeypatch):
    monkeypatch.setenv("BYLOSTALO_ADAPTERS", str(tmp_path / "registry"))
    folder = tmp_path / "adapter"
    shutil.copytree(str(SHIPPED.joinpath("rewriter")), folder)
    write_rules(HOUSE, folder / "house.yaml")
    entry = registry.add(folder, name="лисичка", version="1")
    assert house_of(entry.folder) == HOUSE
    opened = Rewriter(Model(plainly), lambda folder: Model(plainly)).with_adapter("лисичка")
    assert opened.house == HOUSE and opened.with_adapter(None).house == NO_RULES


def test_a_bad_house_is_named(tmp_path):
    (tmp_path / "house.yaml").write_text("address: ты\nsignature: Ваша Лисичка\n", "utf-8")
    with pytest.raises(BylostaloError, match="против других правил"):
        house_of(tmp_path)


def test_an_export_takes_the_house_along_and_forgets_an_old_one(tmp_path, monkeypatch):
    import bylostalo.training.export as module

    shutil.copytree(str(SHIPPED.joinpath("rewriter")), tmp_path / "adapter")
    (tmp_path / "run.json").write_text(json.dumps({"config": {"base": "embedded"}}), "utf-8")
    monkeypatch.setattr(module, "check_export", lambda *_, **__: {})
    monkeypatch.setattr(module, "write_card", lambda *_: None)
    monkeypatch.setattr(module, "figures_of", lambda _: {"config": {"base": "embedded"}})
    monkeypatch.setattr(module, "adapter_of", lambda run: run / "adapter")
    write_rules(HOUSE, tmp_path / "дом.yaml")
    module.export_rewriter(tmp_path, tmp_path / "out", house=tmp_path / "дом.yaml")
    assert read_rules(tmp_path / "out" / "house.yaml") == HOUSE
    module.export_rewriter(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out" / "house.yaml").exists()
    with pytest.raises(BylostaloError, match="не читается"):
        module.export_rewriter(tmp_path, tmp_path / "out", house=tmp_path / "нет.yaml")
