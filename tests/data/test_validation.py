import json
from pathlib import Path
from typing import Any

import pytest

from bylostalo.data.splits import split_of
from bylostalo.data.validation import validate

REPLY: dict[str, Any] = {
    "id": "t-001",
    "domain": "банк",
    "channel": "чат",
    "client_message": "Где 500 рублей?",
    "before": "Ваш платёж № 17 был отклонён, {name}.",
    "after": "Здравствуйте, {name}! Мы отклонили платёж № 17. Если остались вопросы, напишите.",
    "notes": [],
    "problems": [{"code": "passive_voice", "quotes": ["был отклонён"]}, {"code": "no_greeting"}],
    "group": "t-001",
}
PAIR: dict[str, Any] = {
    "id": "s-1",
    "kind": "plain",
    "before": "Оплата счёта 5 производится по ссылке https://pay.example/a.",
    "after": "Оплатить счёт 5 можно по ссылке https://pay.example/a.",
    "group": "s-1",
}


def labels(*problems: dict[str, Any]) -> dict[str, Any]:
    return {"problems": list(problems)}


def line(base: dict[str, Any], **changes: Any) -> str:
    return json.dumps({**base, **changes}, ensure_ascii=False)


def without(base: dict[str, Any], key: str) -> str:
    return json.dumps({k: v for k, v in base.items() if k != key}, ensure_ascii=False)


def defects_of(folder: Path, *lines: str) -> list[str]:
    path = folder / "broken.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return [str(defect).removeprefix(f"{path}:") for defect in validate([path])]


def group_in(split: str) -> str:
    return next(name for name in map(str, range(1000)) if split_of(name) == split)


BROKEN_REPLY = [
    ("{", "не JSON"),
    (without(REPLY, "notes"), "нет ключа 'notes'"),
    (line(REPLY, answer="да"), "неизвестный ключ 'answer'"),
    (line(REPLY, notes="до 5 июня"), "'notes' должен быть: список"),
    (line(REPLY, before=None), "'before' должен быть: непустая строка"),
    (line(REPLY, problems=["blame"]), "'problems' должен быть: список объектов"),
    (line(REPLY, split="train"), "'split'"),
    (line(REPLY, **labels({"code": "no_reason", "score": 1})), "problems: неизвестный ключ 'score'"),
    (line(REPLY, channel="факс"), "неизвестный канал «факс»"),
    (line(REPLY, **labels({"code": "politeness"})), "неизвестный код «politeness»"),
    (line(REPLY, **labels({"code": "dead_end"}, {"code": "dead_end"})), "код dead_end стоит 2 раза"),
    (line(REPLY, **labels({"code": "blame", "quotes": ["Сами виноваты"]})), "нет в before: «Сами виноваты»"),
    (line(REPLY, **labels({"code": "dead_end", "quotes": ["№ 17"]})), "цитаты ему не нужны"),
    (line(REPLY, **labels({"code": "passive_voice"})), "у кода passive_voice нет цитат"),
    (line(REPLY, client_message=None, **labels({"code": "ignores_details"})), "когда есть client_message"),
    (line(REPLY, problems=[]), "after отличается от before"),
    (line(REPLY, after=REPLY["before"]), "after совпадает с before"),
    (line(REPLY, after="Здравствуйте, {name}! Мы отклонили платёж."), "потеряны числа: 17"),
    (line(REPLY, after="Здравствуйте! Мы отклонили платёж № 17."), "потеряны подстановки или ссылки: {name}"),
    (line(REPLY, notes=["вернём до 5 июня"]), "потеряны числа: 5"),
    (line(REPLY, after=REPLY["after"] + " Ответим за 2 дня."), "числа из ниоткуда: 2"),
    (line(REPLY, after=REPLY["after"] + " https://a.example"), "ссылки из ниоткуда: https://a.example"),
    (line(REPLY, after=REPLY["after"] + " {phone}"), "из ниоткуда: {phone}"),
    (line(REPLY, traits=["смешно"]), "неизвестная особенность «смешно»"),
    (line(REPLY, traits="клиент грубит"), "'traits' должен быть: список"),
    (line(REPLY, references=[REPLY["after"] + " Ждите 9 дней."]), "в references числа из ниоткуда: 9"),
    (line(REPLY, references=["Здравствуйте, {name}! Платёж мы отклонили."]), "в references потеряны числа: 17"),
]
BROKEN_PAIR = [
    (without(PAIR, "after"), "нет ключа 'after'"),
    (line(PAIR, kind="rude"), "'kind' должен быть: одно из"),
    (line(PAIR, kind="note"), "нет ключа note"),
    (line(PAIR, note="до 5 июня"), "ключ note бывает только"),
    (line(PAIR, before=""), "пустой before бывает только у пар вида note"),
    (line(PAIR, after=""), "пустой after"),
    (line(PAIR, kind="cliche"), "after должен быть пуст"),
    (line(PAIR, after="Оплатить счёт можно по ссылке https://pay.example/a."), "потеряны числа: 5"),
    (
        line(PAIR, after="Оплатить счёт 5 можно по ссылке."),
        "потеряны подстановки или ссылки: https://pay.example/a",
    ),
    (line(PAIR, after=PAIR["after"] + " Это займёт 3 дня."), "числа из ниоткуда: 3"),
    (line(PAIR, after=PAIR["after"] + " %NAME%"), "из ниоткуда: %NAME%"),
    (line(PAIR, problems=[{"quotes": ["Оплата"]}]), "problems: нет ключа 'code'"),
    (line(PAIR, group=7), "'group' должен быть"),
]
GOOD = [
    line(REPLY),
    line(REPLY, before="Платёж № 17 прошёл.", after="Платёж № 17 прошёл.", problems=[]),
    line(REPLY, after="Здравствуйте, {name}! Вернуть 500 рублей не вышло: платёж № 17 мы отклонили."),
    line(REPLY, notes=["вернём до 5 июня"], after="Добрый день, {name}! Платёж № 17 вернём до 5 июня."),
    line(REPLY, after="Здравствуйте, {name}! С платежом № 17 сделайте так:\n1. подождите\n2. повторите."),
    line(REPLY, split="seed", after="Добрый день! Мы отклонили платёж: https://a.example, 3 минуты."),
    line(PAIR),
    line(PAIR, kind="note", before="", note="до 5 июня", after="Сделаем до 5 июня."),
    line(PAIR, kind="tone", before="Сами виноваты.", after=""),
    line(PAIR, kind="cliche", before="Ваше мнение очень важно для нас.", after=""),
]


@pytest.mark.parametrize("good", GOOD)
def test_good_line_has_no_defects(tmp_path: Path, good: str):
    assert defects_of(tmp_path, good) == []


@pytest.mark.parametrize(("broken", "named"), BROKEN_REPLY + BROKEN_PAIR)
def test_defect_is_named_with_its_line(tmp_path: Path, broken: str, named: str):
    text = "Заказ {name} уже едет к вам."
    found = defects_of(tmp_path, line(REPLY, id="t-0", before=text, after=text, problems=[]), "", broken)
    assert any(named in defect for defect in found), found
    assert all(defect.startswith("3: ") for defect in found)


def test_forty_broken_records_of_a_folder_are_all_named(tmp_path: Path):
    broken = (BROKEN_REPLY + BROKEN_PAIR)[-40:]
    assert len(broken) == 40
    for number, start in enumerate(range(0, 40, 8)):
        lines = [text for text, _ in broken[start : start + 8]]
        (tmp_path / f"{number}.jsonl").write_text("\n".join(lines), "utf-8")
    found = [str(defect) for defect in validate([tmp_path])]
    for number, (_, named) in enumerate(broken):
        place = f"{tmp_path / f'{number // 8}.jsonl'}:{number % 8 + 1}: "
        assert any(one.startswith(place) and named in one for one in found), (place, named)


def test_wrong_encoding_is_a_defect(tmp_path: Path):
    path = tmp_path / "old.jsonl"
    path.write_bytes(line(REPLY).encode("cp1251"))
    assert [str(defect) for defect in validate([path])] == [f"{path}:1: не UTF-8: пересохраните файл в UTF-8"]


def test_repeats_are_named_with_both_places(tmp_path: Path):
    shouted = line(PAIR, before=PAIR["before"].replace("Оплата", "ОПЛАТА"))
    same_id, same_text = defects_of(tmp_path, line(PAIR), shouted)
    place = tmp_path / "broken.jsonl"
    assert same_id == f"2: тот же id, что и {place}:1"
    assert same_text == f"2: тот же текст, что и {place}:1"


def test_paraphrases_on_two_sides_of_a_split(tmp_path: Path):
    a = line(PAIR, group=group_in("train"))
    b = line(PAIR, id="s-2", before="Просим: " + PAIR["before"], group=group_in("test"))
    (found,) = defects_of(tmp_path, a, b)
    assert found.startswith("2: почти тот же текст") and "test и train" in found


@pytest.mark.parametrize(
    ("reply", "leaks"),
    [
        ({"group": group_in("test")}, True),
        ({"group": group_in("validation")}, True),
        ({"group": group_in("train"), "split": "seed"}, True),
        ({"group": group_in("train")}, False),
    ],
)
@pytest.mark.parametrize("gap", [". ", "\n"])
def test_train_sentence_inside_a_held_out_reply(tmp_path: Path, reply: dict[str, str], leaks: bool, gap: str):
    cliche = "Ваше мнение очень важно для нас"
    text = f"Здравствуйте, Ирина Петровна{gap}{cliche}{gap}Ждём вас снова в нашем салоне!"
    good = line(REPLY, **{**reply, "before": text, "after": text, "problems": []})
    pair = line(PAIR, kind="cliche", before=f"{cliche}.", after="", group=group_in("train"))
    found = defects_of(tmp_path, good, pair)
    assert [defect.startswith("2: утечка: предложение стоит в ") for defect in found] == [True] * leaks
