import dataclasses
import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import yaml

from bylostalo.data.errors import BylostaloError
from bylostalo.training.config import (
    ClassifierConfig,
    EncoderConfig,
    PreferenceConfig,
    RewriterConfig,
    kind_of,
    load_config,
)

CONFIGS = Path(__file__).parents[2] / "configs"
KINDS = {"rewriter": RewriterConfig, "classifier": ClassifierConfig, "encoder": EncoderConfig}
PREFERENCE = "preference"
PATHS = sorted(path for path in CONFIGS.glob("*/*.yaml") if path.parent.name in KINDS)
LINE = re.compile(r"(?P<key>\w+): (?P<value>.*?) +# (?P<type>\w+), (?P<default>\S+): (?P<meaning>.+)")


def kind_at(path):
    return PreferenceConfig if path.stem == PREFERENCE else KINDS[path.parent.name]


def test_every_kind_of_run_has_its_configs():
    names = {path.stem for path in PATHS if path.parent.name == "rewriter"}
    assert names == {"embedded", "rut5-base", "fred-t5-large", "t5gemma-2-270m", "causal", PREFERENCE}
    assert {path.parent.name for path in PATHS} == set(KINDS)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_config_loads_and_says_of_every_key_its_type_and_default(path):
    kind = kind_at(path)
    assert load_config(kind, path).seed == 17
    assert kind_of(path) is kind
    said = [LINE.fullmatch(line) for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert all(said)
    defaults = {field.name: field.default for field in dataclasses.fields(kind)}
    assert sorted(match["key"] for match in said) == sorted(defaults)
    hints = get_type_hints(kind)
    for match in said:
        expected = hints[match["key"]]
        assert match["type"] == ("str" if get_args(expected) else expected.__name__)
        assert yaml.safe_load(match["default"]) == defaults[match["key"]]


def written(tmp_path, text):
    path = tmp_path / "run.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("epoch: 2", "может быть, epochs"),
        ("epochs: много", "epochs должен быть float"),
        ("- 1", "ключ: значение"),
        ("a: [", "не YAML"),
        ("lora: dara", "может быть, dora"),
        ("lora: 7", "есть: lora, dora, rslora"),
        ("batch_size: 0", "batch_size должен быть больше нуля"),
        ("batch_size: true", "batch_size должен быть int"),
        ("learning_rate: -1", "learning_rate должен быть больше нуля"),
        ("epochs: .nan", "epochs должен быть больше нуля"),
        ("dropout: 1.5", "dropout должен быть от 0 до 1"),
        ("patience: -1", "patience не может быть меньше нуля"),
    ],
)
def test_bad_configs_are_refused_by_name(tmp_path, text, said):
    with pytest.raises(BylostaloError, match=said):
        load_config(RewriterConfig, written(tmp_path, text))


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "run.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BylostaloError, match="не читается"):
        load_config(RewriterConfig, path)


def test_overrides_win_and_are_typed(tmp_path):
    config = load_config(RewriterConfig, written(tmp_path, "epochs: 2"), ["epochs=5", "output=x", "lora=rslora"])
    assert config.epochs == 5.0 and config.output == "x" and config.lora == "rslora"
    assert load_config(RewriterConfig, written(tmp_path, "adapter: x"), ["adapter="]).adapter == ""
    with pytest.raises(BylostaloError, match="ключ=значение"):
        load_config(RewriterConfig, written(tmp_path, ""), ["epochs"])
