"""LoRA training of the rewriter on sentence pairs."""

import dataclasses
import json
import logging
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from peft import LoraConfig, TaskType, get_peft_model
from transformers import Trainer, set_seed

from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import read_sentences
from bylostalo.data.splits import effective_split
from bylostalo.training.base import Codec, load_base, with_adapter
from bylostalo.training.config import RewriterConfig
from bylostalo.training.corpus_hash import corpus_hash
from bylostalo.training.examples import Example, build
from bylostalo.training.schedule import half_precision, training_arguments

IGNORED = -100
log = logging.getLogger(__name__)
Row = dict[str, list[int]]


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


def collate(rows: Sequence[Row], pad: int) -> dict[str, torch.Tensor]:
    """Right-padded int64 `[rows, longest]` tensors."""

    def padded(key: str, value: int) -> torch.Tensor:
        longest = max(len(row[key]) for row in rows)
        return torch.tensor([row[key] + [value] * (longest - len(row[key])) for row in rows])

    ids = padded("input_ids", pad)
    lengths = torch.tensor([len(row["input_ids"]) for row in rows])
    mask = (torch.arange(ids.shape[1])[None, :] < lengths[:, None]).long()
    return {"input_ids": ids, "attention_mask": mask, "labels": padded("labels", IGNORED)}


class TargetOnlyTrainer(Trainer):  # type: ignore[misc]
    """Computes logits at target positions only: half the cost of the vocabulary projection is saved."""

    label_smoothing = 0.0

    def compute_loss(self, model: Any, inputs: Any, return_outputs: bool = False, **_: Any) -> Any:
        with half_precision(inputs["labels"].device.type):
            loss = self._loss(model, inputs)
        return (loss, {"loss": loss}) if return_outputs else loss

    def _loss(self, model: Any, inputs: Any) -> torch.Tensor:
        labels = inputs["labels"]
        inner = self.accelerator.unwrap_model(model).get_base_model()
        if inner.config.is_encoder_decoder:
            outputs = model(**inputs)
            logits, wanted = outputs.logits.flatten(0, 1), labels.flatten()
        else:
            outputs = inner.model(
                input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"], use_cache=False
            )
            here = labels[:, 1:] != IGNORED
            logits = inner.lm_head(outputs.last_hidden_state[:, :-1][here])
            wanted = labels[:, 1:][here]
        return F.cross_entropy(logits.float(), wanted, ignore_index=IGNORED, label_smoothing=self.label_smoothing)


def adapter_config(config: RewriterConfig, codec: Codec, *, encoder_decoder: bool) -> LoraConfig:
    return LoraConfig(
        r=config.rank,
        lora_alpha=config.alpha,
        lora_dropout=config.dropout,
        target_modules="all-linear",
        trainable_token_indices=list(codec.reserved),
        task_type=TaskType.SEQ_2_SEQ_LM if encoder_decoder else TaskType.CAUSAL_LM,
    )


def train_rewriter(config: RewriterConfig, *, resume: bool = False) -> dict[str, Any]:
    """Train and write the adapter into `config.output`; returns the figures of the run."""
    if config.threads:
        torch.set_num_threads(config.threads)
    set_seed(config.seed)
    pairs, defects = read_sentences(Path(config.sentences))
    if defects:
        raise BylostaloError(f"в данных есть ошибки, первая: {defects[0]} (все: bylostalo data validate)")
    model, codec = load_base(config.base, dtype=torch.bfloat16)
    encoder_decoder = bool(model.config.is_encoder_decoder)
    rows = {
        split: fitting(
            [
                encode(example, codec, joined=not encoder_decoder)
                for example in build(
                    [pair for pair in pairs if effective_split(pair) == split],
                    seed=config.seed,
                    reverse_share=config.reverse_share,
                )
            ],
            max_tokens=config.max_tokens,
        )
        for split in ("train", "validation")
    }
    if not rows["train"]:
        raise BylostaloError(f"{config.sentences}: нет ни одной пары для обучения")
    fresh = adapter_config(config, codec, encoder_decoder=encoder_decoder)
    peft_model = with_adapter(model, config.adapter) if config.adapter else get_peft_model(model, fresh)
    trainer = TargetOnlyTrainer(
        model=peft_model,
        args=training_arguments(config, train_sampling_strategy="group_by_length"),
        train_dataset=rows["train"],
        eval_dataset=rows["validation"] or None,
        data_collator=lambda batch: collate(batch, codec.pad),
    )
    trainer.label_smoothing = config.label_smoothing
    started = time.monotonic()
    trainer.train(resume_from_checkpoint=resume)
    figures = {
        "config": dataclasses.asdict(config),
        "corpus_sha256": corpus_hash(Path(config.sentences)),
        "train_examples": len(rows["train"]),
        "train_tokens": sum(len(row["input_ids"]) for row in rows["train"]),
        "hours": round((time.monotonic() - started) / 3600, 3),
        "log": trainer.state.log_history,
    }
    output = Path(config.output)
    peft_model.save_pretrained(output / "adapter")
    (output / "run.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")
    return figures
