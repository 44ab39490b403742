from pathlib import Path

import pytest

from bylostalo.data.errors import BylostaloError
from bylostalo.training.config import ClassifierConfig, RewriterConfig, load_config

CONFIGS = Path(__file__).parents[2] / "configs"


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*/*.yaml")), ids=lambda path: path.stem)
def test_every_config_loads(path):
    kind = RewriterConfig if path.parent.name == "rewriter" else ClassifierConfig
    assert load_config(kind, path).seed == 17


def written(tmp_path, text):
    path = tmp_path / "run.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [("epoch: 2", "epochs"), ("epochs: много", "epochs"), ("- 1", "ключ: значение"), ("a: [", "не YAML")],
)
def test_bad_configs_are_refused_by_name(tmp_path, text, said):
    with pytest.raises(BylostaloError, match=said):
        load_config(RewriterConfig, written(tmp_path, text))


def test_overrides_win_and_are_typed(tmp_path):
    config = load_config(RewriterConfig, written(tmp_path, "epochs: 2"), ["epochs=5", "output=x"])
    assert config.epochs == 5.0 and config.output == "x"
    with pytest.raises(BylostaloError, match="ключ=значение"):
        load_config(RewriterConfig, written(tmp_path, ""), ["epochs"])
