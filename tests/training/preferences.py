"""What preference training starts from: a fresh adapter of a tiny base, and candidates that nobody had to generate."""

from pathlib import Path
from types import SimpleNamespace

import torch
from peft import LoraConfig, get_peft_model
from tiny_models import saved

from bylostalo.data.reading import read_sentences
from bylostalo.training import candidates
from bylostalo.training.base import load_base
from bylostalo.training.config import PreferenceConfig
from bylostalo.training.rankings import ranked, task


class Blind:
    """Sees a problem in every text with «осуществляется»."""

    def diagnose(self, texts):
        return [SimpleNamespace(problems=[SimpleNamespace(spans=[(0, 1)])] * ("осуществл" in text)) for text in texts]


def start(folder: Path, architecture: str = "gemma", **lora) -> dict[str, str]:
    """A tiny base and a fresh adapter for it."""
    base = saved(architecture, folder / "model")
    torch.manual_seed(1)
    model, codec = load_base(str(base), dtype=torch.float32)
    kind = "SEQ_2_SEQ_LM" if model.config.is_encoder_decoder else "CAUSAL_LM"
    reserved = list(codec.reserved)
    config = LoraConfig(r=4, target_modules="all-linear", task_type=kind, trainable_token_indices=reserved, **lora)
    get_peft_model(model, config).save_pretrained(folder / "adapter", save_embedding_layers=False)
    return {"base": str(base), "adapter": str(folder / "adapter")}


def add_candidates(config: PreferenceConfig) -> None:
    """Two candidates of every sentence: its beginning, and the authored text with something put before it."""
    Path(config.output).mkdir(parents=True)
    pairs, _ = read_sentences(Path(config.sentences))
    tasks = [task(pair) for pair in pairs]
    beams = [[asked.masked.prompt[1:12], f"Сейчас: {asked.after}"] for asked in tasks]
    found = ranked(tasks, beams, Blind())
    known = {candidates.key(pair): one.to_dict() for pair, one in zip(pairs, found, strict=True)}
    candidates.journal_of(config).add(candidates.STAGE, known)
