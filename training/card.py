"""Model cards (Mitchell et al., 2019), written beside exported weights."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bylostalo.data.taxonomy import by_code
from bylostalo.training.numbers import decimal, percent


@dataclass(frozen=True)
class Kind:
    """What is said of every model of a kind."""

    title: str
    purpose: str
    limits: tuple[str, ...]
    use: str


REWRITER_LIMITS = (
    "Обучен на отдельных предложениях, соседей и сообщения клиента не видит.",
    "Вне ответов поддержки не проверялся.",
    "Без замков bylostalo может потерять условие, поменять роли или выдумать подробность.",
)
KINDS = {
    "rewriter": Kind(
        "Переписчик bylostalo",
        "Говорит канцелярское или грубое предложение ответа поддержки простыми словами; вплетает заметку. Работает "
        "только вместе с замками bylostalo: факты и смысл каждого варианта сверяются, непрошедшие не выдаются.",
        REWRITER_LIMITS,
        'Rewriter.from_pretrained(adapter="эта/папка")',
    ),
    "merged": Kind(
        "Переписчик bylostalo, слитый с основой",
        "Та же модель, что в адаптере, одной папкой в формате хаба, bfloat16. Отвечает на одно предложение между "
        "служебными символами bylostalo; замков здесь нет, их ставит bylostalo.",
        REWRITER_LIMITS,
        'AutoModelForCausalLM.from_pretrained("эта/папка")',
    ),
    "classifier": Kind(
        "Классификатор bylostalo",
        "Находит 18 проблем ответа поддержки (`data/taxonomy.yaml`) и места десяти из них.",
        (
            "Оценка есть вероятность, подобранная на validation, а не мера тяжести.",
            "Мягкие проблемы (`no_reason`, `ignores_details`) спорны и для людей, см. согласие разметчиков в "
            "`data/README.md`.",
            "Вне ответов поддержки не проверялся.",
        ),
        'Classifier.from_pretrained("эта/папка")',
    ),
}
GEMMA = "условия использования Gemma (ai.google.dev/gemma/terms); им подчиняются и адаптер, и всё, что из него собрано"
TERMS = {
    "embedded": f"Gemma 3 270M, {GEMMA}, см. NOTICE.",
    "google/": f"{GEMMA}.",
    "cointegrated/rubert-tiny2": "MIT.",
    "ai-forever/FRED-T5": "Apache 2.0.",
}
UNKNOWN_TERMS = "условия смотрите у авторов основы: они действуют и на то, что на ней обучено."
PACKINGS = {"exact": "fp32", "columns": "int8", "nibbles": "int4"}
RESULTS = (
    ("chrf", "chrF++", 1),
    ("sari", "SARI", 1),
    ("removed_by_classifier", "снято проблем", None),
    ("fact_violations", "ответов со сломанными фактами", 0),
)


def write_card(kind: str, figures: Mapping[str, Any], target: Path) -> None:
    """`README.md` of a folder; `figures` is the `run.json` of its training. What `metrics.json` and `parity.json` of
    the folder hold is told too."""
    parts = lines(kind, figures, measured=_read(target / "metrics.json"), parity=_read(target / "parity.json"))
    (target / "README.md").write_text("\n".join(parts), "utf-8")


def lines(
    kind: str,
    figures: Mapping[str, Any],
    *,
    measured: Mapping[str, Any],
    parity: Mapping[str, Any],
) -> list[str]:
    """The card as Markdown lines, the same sections for every model."""
    about, config = KINDS[kind], figures["config"]
    base = str(config.get("base") or config.get("encoder"))
    return [
        f"# {about.title}",
        "",
        about.purpose,
        *_section("Как загрузить", [f"`{about.use}`"]),
        *_section("Данные", _bullets(_data(figures))),
        *_section("Обучение", [*_bullets(_training(figures)), "", *_table(config)]),
        *_section("Измерения", _bullets([*_losses(figures), *_measured(measured), *_parity(parity)])),
        *_section("Где не годится", _bullets(about.limits)),
        *_section("Основа и её условия", [f"`{base}`: {terms(base)}"]),
        "",
    ]


def terms(base: str) -> str:
    """Under what terms the base may be used: known ones, else the licence that its own card names."""
    for prefix, said in TERMS.items():
        if base.startswith(prefix):
            return said
    return f"{licence}, так сказано в её карточке." if (licence := _licence(Path(base))) else UNKNOWN_TERMS


def _licence(folder: Path) -> str:
    """`license` of the front matter of a local model's README."""
    try:
        _, head, _ = (folder / "README.md").read_text("utf-8").split("---\n", 2)
        return str(yaml.safe_load(head)["license"])
    except (OSError, ValueError, KeyError, TypeError, yaml.YAMLError):
        return ""


def _section(title: str, body: Iterable[str]) -> list[str]:
    return ["", f"## {title}", "", *body]


def _bullets(texts: Iterable[str]) -> list[str]:
    return [f"* {text}" for text in texts]


def _table(config: Mapping[str, Any]) -> list[str]:
    rows = [f"| `{key}` | {value} |" for key, value in config.items() if value != "" and key != "output"]
    return ["| ключ | значение |", "| --- | --- |", *rows]


def _data(figures: Mapping[str, Any]) -> Iterator[str]:
    config = figures["config"]
    sources = (str(config[key]) for key in ("corpus", "sentences", "contrasts") if config.get(key))
    yield f"Откуда: {', '.join(f'`{source}`' for source in sources)}."
    yield f"SHA-256 данных: `{figures['corpus_sha256']}`."
    yield f"Примеров: {figures.get('train_examples') or figures.get('train_rows')}, токенов: {figures['train_tokens']}."
    yield "Деление на train, validation и test по группам: одно обращение целиком в одной части."


def _training(figures: Mapping[str, Any]) -> Iterator[str]:
    yield f"Время: {decimal(figures['hours'])} ч."
    if start := figures["config"].get("adapter"):
        yield f"Продолжение адаптера `{start}`."


def _losses(figures: Mapping[str, Any]) -> Iterator[str]:
    for key, name in (("loss", "обучение"), ("eval_loss", "validation")):
        found = [entry[key] for entry in figures["log"] if key in entry]
        if found:
            yield f"Потери, {name}: {decimal(found[-1], 3)}."


def _measured(found: Mapping[str, Any]) -> Iterator[str]:
    """Figures of `bylostalo evaluate`."""
    if not found:
        yield "Отложенные ответы: не измерено (`bylostalo evaluate … --json metrics.json`, `bylostalo export card`)."
        return
    yield f"Отложенных ответов: {found['replies']}."
    known = (found.get("systems") or {}).get("bylostalo") or {}
    for key, title, digits in RESULTS:
        if key in known:
            yield f"{title}: {percent(known[key]) if digits is None else decimal(known[key], digits)}."
    for key, title in (("macro_f1", "macro-F1"), ("span_f1", "F1 слов в спанах")):
        if key in found:
            yield f"{title}: {_estimate(found[key])}."
    if weakest := _weakest(found.get("codes") or {}):
        yield f"Слабее всего: {weakest}."


def _estimate(found: Any) -> str:
    """A figure, with its interval where it has one."""
    if not isinstance(found, Mapping):
        return decimal(found, 3)
    return f"{decimal(found['value'], 3)} (95 %: {decimal(found['low'], 3)}–{decimal(found['high'], 3)})"


def _weakest(codes: Mapping[str, Mapping[str, Any]]) -> str:
    """The three codes with the lowest F1."""
    values = {code: one["f1"]["value"] if isinstance(one["f1"], Mapping) else one["f1"] for code, one in codes.items()}
    known = sorted((value, code) for code, value in values.items() if value is not None)
    return ", ".join(f"{by_code(code).title} {decimal(value)}" for value, code in known[:3])


def _parity(found: Mapping[str, Any]) -> Iterator[str]:
    for packing, one in found.items():
        yield (
            f"Граф {PACKINGS[packing]} рядом с torch: тех же токенов {percent(one['equal'])} из {one['tokens']}, "
            f"расхождение {one['divergence']:.1g}."
        )


def _read(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
