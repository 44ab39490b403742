"""LoRA training of the rewriter on sentence pairs."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from peft import TaskType, get_peft_model

from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import read_sentences
from bylostalo.data.records import SentencePair
from bylostalo.data.splits import effective_split
from bylostalo.training import precision
from bylostalo.training.base import Codec, load_base, with_adapter
from bylostalo.training.config import PreferenceConfig, RewriterConfig
from bylostalo.training.corpus_hash import corpus_hash
from bylostalo.training.examples import Example, build
from bylostalo.training.folders import filled
from bylostalo.training.job import Batch, Job, Row, by_length, checkpoint_activations
from bylostalo.training.lora import lora_config
from bylostalo.training.memory import advice_on_memory
from bylostalo.training.run import begin, run
from bylostalo.training.targets import IGNORED, target_terms

log = logging.getLogger(__name__)


def encode(example: Example, codec: Codec, *, joined: bool) -> Row:
    """Ids and labels; a causal model reads prompt and target in one row, the loss is on the target only."""
    prompt = [*codec.bos, *codec.encode(example.prompt)]
    target = [*codec.encode(example.target), codec.eos]
    if not joined:
        return {"input_ids": prompt, "labels": target}
    return {"input_ids": prompt + target, "labels": [IGNORED] * len(prompt) + target}


def fitting(rows: Sequence[Row], *, max_tokens: int) -> list[Row]:
    """The rows that fit; the others are left out whole and counted aloud, never cut."""
    kept = [row for row in rows if max(len(row["input_ids"]), len(row["labels"])) <= max_tokens]
    if len(kept) < len(rows):
        log.warning(
            "не поместились в max_tokens=%d и пропущены: %d из %d",
            max_tokens,
            len(rows) - len(kept),
            len(rows),
        )
    return kept


def collate(rows: Sequence[Row], pad: int) -> Batch:
    """Right-padded int64 `[rows, longest]` tensors."""

    def padded(key: str, value: int) -> torch.Tensor:
        longest = max(len(row[key]) for row in rows)
        return torch.tensor([row[key] + [value] * (longest - len(row[key])) for row in rows])

    ids = padded("input_ids", pad)
    lengths = torch.tensor([len(row["input_ids"]) for row in rows])
    mask = (torch.arange(ids.shape[1])[None, :] < lengths[:, None]).long()
    return {"input_ids": ids, "attention_mask": mask, "labels": padded("labels", IGNORED)}


def sequence_terms(model: Any, batch: Batch, *, base: Any, label_smoothing: float) -> torch.Tensor:
    """Losses of the target tokens, `[rows, 1, 2]`; a causal model foretells each label one position earlier."""
    labels = batch["labels"]
    inputs = {"input_ids": batch["input_ids"], "attention_mask": batch["attention_mask"], "use_cache": False}
    if base.config.is_encoder_decoder:
        inputs["decoder_input_ids"] = base.prepare_decoder_input_ids_from_labels(labels)
    else:
        labels = torch.cat([labels[:, 1:], torch.full_like(labels[:, :1], IGNORED)], dim=1)
    return target_terms(model, base.get_output_embeddings(), labels, label_smoothing=label_smoothing, **inputs)


def sentence_pairs(config: RewriterConfig | PreferenceConfig) -> list[SentencePair]:
    pairs, defects = read_sentences(Path(config.sentences))
    if defects:
        raise BylostaloError(f"в данных есть ошибки, первая: {defects[0]} (все: bylostalo data validate)")
    return pairs


def examples(pairs: list[SentencePair], config: RewriterConfig, split: str, codec: Codec, *, joined: bool) -> list[Row]:
    """Encoded examples of a split; those to validate on stay as they are."""
    held = [pair for pair in pairs if effective_split(pair) == split]
    swap_share = config.swap_share if split == "train" else 0.0
    built = build(held, seed=config.seed, reverse_share=config.reverse_share, swap_share=swap_share)
    return fitting([encode(example, codec, joined=joined) for example in built], max_tokens=config.max_tokens)


def saving(model: Any) -> Callable[[Path, dict[str, torch.Tensor]], None]:
    """Writes the adapter of a model, whole or not at all."""

    def save(output: Path, state: dict[str, torch.Tensor]) -> None:
        with filled(output / "adapter") as folder:
            model.save_pretrained(folder, state_dict=state, save_embedding_layers=False)

    return save


def prepare_rewriter(config: RewriterConfig) -> Job:
    """The base with its adapter, and the sentence pairs as rows."""
    begin(config)
    pairs = sentence_pairs(config)
    base, codec = load_base(config.base, dtype=precision.working_dtype())
    joined = not base.config.is_encoder_decoder
    train, validation = (examples(pairs, config, split, codec, joined=joined) for split in ("train", "validation"))
    if not train:
        raise BylostaloError(f"{config.sentences}: нет ни одной пары для обучения")
    if config.gradient_checkpointing:
        checkpoint_activations(base)
    task = TaskType.CAUSAL_LM if joined else TaskType.SEQ_2_SEQ_LM
    fresh = lora_config(config, base, task_type=task, trainable_token_indices=list(codec.reserved))
    model = with_adapter(base, config.adapter) if config.adapter else get_peft_model(base, fresh)

    return Job(
        model=model,
        train=train,
        validation=by_length(validation),
        collate=lambda rows: collate(rows, codec.pad),
        terms=lambda model, batch: sequence_terms(model, batch, base=base, label_smoothing=config.label_smoothing),
        save=saving(model),
        facts={
            "corpus_sha256": corpus_hash(Path(config.sentences)),
            "train_examples": len(train),
            "train_tokens": sum(len(row["input_ids"]) for row in train),
        },
    )


def train_rewriter(config: RewriterConfig, *, resume: bool = False) -> dict[str, Any]:
    """Train and write the adapter into `config.output`; returns the figures of the run."""
    with advice_on_memory(config):
        return run(config, prepare_rewriter(config), resume=resume)
