"""The search finds the least loss within its budget, the dry run measures and writes nothing."""

import dataclasses

import pytest
import yaml
from tiny_models import saved, sentences
from typer.testing import CliRunner

from bylostalo.data.errors import BylostaloError
from bylostalo.training.cli import app
from bylostalo.training.config import RewriterConfig, load_config
from bylostalo.training.estimate import estimate, padded
from bylostalo.training.preparing import prepare
from bylostalo.training.search import search, space


@pytest.fixture
def config_file(tmp_path):
    keys = {
        "base": str(saved("gemma", tmp_path / "model")),
        "sentences": sentences(tmp_path, 24),
        "output": str(tmp_path / "run"),
        "epochs": 1,
        "batch_size": 8,
        "reverse_share": 0.0,
        "report_to": "none",
    }
    path = tmp_path / "config.yaml"
    path.write_text(yaml.safe_dump(keys), "utf-8")
    return path


def test_the_best_trial_becomes_a_config(config_file, tmp_path):
    arguments = ["learning_rate=1e-4..1e-1", "rank=2,4", "batch_size=4..8", "seed=5"]
    done = CliRunner().invoke(app, ["search", str(config_file), *arguments, "--trials", "3", "--minutes", "5"])
    assert done.exit_code == 0, done.output
    heading, *rows = (tmp_path / "run" / "trials.tsv").read_text("utf-8").splitlines()
    assert set(heading.split("\t")) == {"loss", "learning_rate", "rank", "batch_size", "seconds", "ended"}
    tried = [dict(zip(heading.split("\t"), row.split("\t"), strict=True)) for row in rows]
    known = [float(row["loss"]) for row in tried if row["loss"]]
    assert len(rows) == 3 and known == sorted(known)
    best = load_config(RewriterConfig, tmp_path / "run" / "best.yaml")
    assert best.seed == 5 and best.epochs == 1 and str(best.rank) == tried[0]["rank"]
    assert 1e-4 <= best.learning_rate <= 1e-1 and 4 <= best.batch_size <= 8
    assert not list((tmp_path / "run").glob("checkpoint-*"))


def test_a_search_out_of_time_says_so(config_file):
    config, choices = space(RewriterConfig, config_file, ["rank=2,4"])
    with pytest.raises(BylostaloError, match="не закончилась ни одна"):
        search(config, choices, trials=2, minutes=1e-6)


def test_a_failure_of_every_trial_is_told(config_file, tmp_path):
    config, choices = space(RewriterConfig, config_file, ["rank=2,4"])
    broken = dataclasses.replace(config, base=str(tmp_path / "nowhere"))
    with pytest.raises(BylostaloError, match="nowhere"):
        search(broken, choices, trials=2, minutes=5)


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("rnk=1,2", "может быть, rank"),
        ("rank=8..2", "начало диапазона"),
        ("rank=2,a", "rank должен быть int"),
        ("rank=0..8", "rank должен быть больше нуля"),
        ("epochs=2", "что подбирать"),
        ("sentences=../data", "что подбирать"),
    ],
)
def test_bad_spaces_are_refused(config_file, argument, said):
    with pytest.raises(BylostaloError, match=said):
        space(RewriterConfig, config_file, [argument])


def test_a_dry_run_tells_what_a_training_costs_and_writes_nothing(config_file, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    config = load_config(RewriterConfig, config_file, ["epochs=2", "gradient_accumulation=2", "batch_size=3"])
    job = prepare(config)
    found = estimate(config, job)
    sizes = {name: parameter.numel() for name, parameter in job.model.named_parameters()}
    assert found.parameters == sum(sizes.values())
    assert found.trained == sum(size for name, size in sizes.items() if "lora_" in name or "trainable_tokens" in name)
    assert found.rows == len(job.train) and found.tokens == sum(len(row["input_ids"]) for row in job.train)
    assert found.steps == 2 * -(-len(job.train) // 6)
    assert found.memory > 4 * found.parameters and 0 < found.seconds < 600
    assert sorted(tmp_path.rglob("*")) == before
    done = CliRunner().invoke(app, ["rewriter", str(config_file), "--dry-run"])
    assert done.exit_code == 0 and all(word in done.output for word in ("параметров", "шагов", "память", "время"))
    assert sorted(tmp_path.rglob("*")) == before


def test_padding_is_counted_by_batches():
    rows = [{"input_ids": [0] * size} for size in (1, 2, 5, 5, 7)]
    assert padded(rows, 2) == 2 * 2 + 2 * 5 + 7
