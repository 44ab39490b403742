"""Models in the hub's format, and folders that appear whole."""

import json
import shutil

import pytest
import torch
from peft import LoraConfig, get_peft_model
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM, AutoTokenizer, Gemma3ForCausalLM, PreTrainedTokenizerFast

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.engine.geometry import Geometry
from bylostalo.inference.engine.vocabulary import BOS, embedded_vocabulary
from bylostalo.inference.prompts import sentence_prompt
from bylostalo.inference.reserved import RESERVED
from bylostalo.training.base import gemma_config, load_base
from bylostalo.training.config import RewriterConfig
from bylostalo.training.export import export_rewriter
from bylostalo.training.folders import filled
from bylostalo.training.merging import export_merged, hub_tokenizer

TEXTS = (
    "Здравствуйте! Верните 1 500 ₽ до 5 июня — API, ёлка, 中.",
    sentence_prompt("Оплата \ue000 осуществляется."),
    sentence_prompt("Заявка в обработке.", "ответ \ue001 придёт  завтра"),
)


def run_of(folder, base):
    """A finished training, as small as can be."""
    (folder / "run.json").write_text(
        json.dumps(
            {
                "config": vars(RewriterConfig(base=base)),
                "corpus_sha256": "db34",
                "train_examples": 1,
                "train_tokens": 1,
                "hours": 0.0,
                "log": [],
            }
        ),
        "utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A run on a tiny base in the hub's format, and the model as it was trained."""
    folder = tmp_path_factory.mktemp("trained")
    torch.manual_seed(0)
    vocabulary = embedded_vocabulary()
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_str(vocabulary.tokenizer.to_str()),
        pad_token="<pad>", eos_token="<eos>", bos_token="<bos>",
    )  # fmt: skip
    geometry = Geometry(
        layers=2, hidden=32, intermediate=48, heads=2, kv_heads=1, head_dim=16, vocabulary=len(tokenizer), window=64
    )
    Gemma3ForCausalLM(gemma_config(geometry)).save_pretrained(folder / "base")
    tokenizer.save_pretrained(folder / "base")
    model, codec = load_base(str(folder / "base"), dtype=torch.float32)
    config = LoraConfig(r=4, target_modules="all-linear", trainable_token_indices=list(codec.reserved))
    model = get_peft_model(model, config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_B" in name or "tokens_delta" in name:
                parameter.add_(torch.randn_like(parameter) * 0.2)
    model.save_pretrained(folder / "adapter")
    return run_of(folder, str(folder / "base")), model, codec


def test_a_merged_model_is_loaded_by_transformers_and_says_the_same(trained, tmp_path):
    run, model, codec = trained
    export_merged(run, tmp_path / "merged")
    loaded = AutoModelForCausalLM.from_pretrained(tmp_path / "merged", dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(tmp_path / "merged")
    bare, _ = load_base(str(run / "base"), dtype=torch.float32)
    for text in TEXTS:
        ids = codec.encode(text)
        assert tokenizer.encode(text, add_special_tokens=False) == ids
        with torch.inference_mode():
            said, trained_said, bare_said = (
                each(torch.tensor([ids])).logits.log_softmax(-1) for each in (loaded, model, bare)
            )
        rounding, learnt = ((each - trained_said).abs().mean() for each in (said, bare_said))
        assert rounding < 0.03 and learnt > 10 * rounding
    stored = AutoModelForCausalLM.from_pretrained(tmp_path / "merged", dtype="auto")
    assert stored.dtype == torch.bfloat16
    files = {path.suffix for path in (tmp_path / "merged").iterdir()}
    assert files <= {".json", ".safetensors", ".md", ".jinja"}
    assert "слитый с основой" in (tmp_path / "merged" / "README.md").read_text("utf-8")


def test_a_merged_model_is_a_base_to_train_on(trained, tmp_path):
    run, model, codec = trained
    export_merged(run, tmp_path / "merged")
    again, known = load_base(str(tmp_path / "merged"), dtype=torch.float32)
    assert known.reserved == codec.reserved and known.encode(TEXTS[1]) == codec.encode(TEXTS[1])
    assert again.get_input_embeddings().weight.shape == model.get_input_embeddings().weight.shape


def test_the_embedded_tokenizer_has_the_same_ids_in_the_hubs_format(tmp_path):
    vocabulary = embedded_vocabulary()
    hub_tokenizer(vocabulary).save_pretrained(tmp_path)
    loaded = AutoTokenizer.from_pretrained(tmp_path)
    assert len(loaded) == len(vocabulary)
    for text in (*TEXTS, "".join(RESERVED)):
        ids = [BOS, *vocabulary.encode(text)]
        assert loaded(text)["input_ids"] == ids
        assert loaded.decode(ids, skip_special_tokens=True) == text == vocabulary.decode(ids)


def test_a_folder_without_a_finished_run_is_refused(tmp_path):
    for export in (export_merged, export_rewriter):
        with pytest.raises(BylostaloError, match="здесь нет законченного обучения"):
            export(tmp_path, tmp_path / "out")


def test_another_base_has_no_graph(trained, tmp_path):
    with pytest.raises(BylostaloError, match="--merged"):
        export_rewriter(trained[0], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_refused_export_leaves_what_was_there(tmp_path, monkeypatch):
    import bylostalo.training.export as module

    shipped = module.Path(module.__file__).parents[1] / "inference" / "weights" / "rewriter"
    run = run_of(tmp_path, "embedded")
    shutil.copytree(shipped, tmp_path / "adapter")
    target = tmp_path / "out"
    target.mkdir()
    (target / "config.json").write_text("old", "utf-8")
    (target / "metrics.json").write_text("old", "utf-8")

    def refuse(*_, **__):
        raise BylostaloError("не прошёл сверку")

    monkeypatch.setattr(module, "check_export", refuse)
    with pytest.raises(BylostaloError, match="сверку"):
        export_rewriter(run, target)
    assert {path.name: path.read_text("utf-8") for path in target.iterdir()} == {
        "config.json": "old", "metrics.json": "old"
    }  # fmt: skip
    monkeypatch.setattr(module, "check_export", lambda *_, **__: {})
    export_rewriter(run, target, packing="nibbles")
    assert json.loads((target / "config.json").read_text("utf-8"))["packing"] == "nibbles"
    assert not (target / "metrics.json").exists() and not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_a_folder_is_filled_whole_or_not_at_all(tmp_path):
    target = tmp_path / "a" / "b"
    with pytest.raises(RuntimeError), filled(target) as folder:
        (folder / "x").write_text("1", "utf-8")
        raise RuntimeError
    assert not target.exists() and not list((tmp_path / "a").iterdir())
    with filled(target) as folder:
        (folder / "x").write_text("1", "utf-8")
    assert [path.name for path in target.iterdir()] == ["x"]
    with pytest.raises(BylostaloError, match="не записалось"), filled(target / "x" / "y"):
        pass
