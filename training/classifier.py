"""Training of the classifier: one encoder, a head for the codes of the reply and a head for their spans."""

import dataclasses
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn
from transformers import Trainer, set_seed

from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import read_replies, read_sentences
from bylostalo.data.splits import effective_split
from bylostalo.training.config import ClassifierConfig
from bylostalo.training.corpus_hash import corpus_hash
from bylostalo.training.encoder import Encoder, load_encoder
from bylostalo.training.labels import CODES, SPAN_CODES, UNKNOWN, Labelled, Row, labelled, rows, said, varied
from bylostalo.training.schedule import half_precision, training_arguments

SPAN_POSITIVE_WEIGHT = 2.0
HEADS_FILE = "heads.safetensors"
Batch = dict[str, torch.Tensor]


class TwoHeads(nn.Module):
    """Mean and maximum of the reply's states → codes; every state → span codes."""

    def __init__(self, encoder: Encoder, *, span_weight: float) -> None:
        super().__init__()
        self.encoder = encoder.model
        self.hidden = encoder.hidden
        self.codes = nn.Linear(2 * encoder.size, len(CODES))
        self.spans = nn.Linear(encoder.size, len(SPAN_CODES))
        self.span_weight = span_weight

    def logits(
        self, input_ids: torch.Tensor, mask: torch.Tensor, inside: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """`inside` marks reply tokens; returns `[rows, codes]` and `[rows, length, span codes]`."""
        with half_precision(input_ids.device.type):
            states = self.hidden(input_ids, mask)
        states = states.float()
        here = inside[..., None].bool()
        mean = (states * here).sum(1) / here.sum(1).clamp(min=1)
        highest = states.masked_fill(~here, -1e4).amax(1)
        return self.codes(torch.cat([mean, highest], dim=-1)), self.spans(states)

    def forward(
        self,
        input_ids: torch.Tensor,
        mask: torch.Tensor,
        inside: torch.Tensor,
        codes: torch.Tensor,
        spans: torch.Tensor,
    ) -> dict[str, torch.Tensor]:
        code_logits, span_logits = self.logits(input_ids, mask, inside)
        loss = mean_loss(code_logits, codes, codes != UNKNOWN, positive_weight=1.0)
        here = inside[..., None].bool() & (spans != UNKNOWN)
        span_loss = mean_loss(span_logits, spans, here, positive_weight=SPAN_POSITIVE_WEIGHT)
        return {"loss": loss + self.span_weight * span_loss}


def mean_loss(
    logits: torch.Tensor, targets: torch.Tensor, known: torch.Tensor, *, positive_weight: float
) -> torch.Tensor:
    """Mean log-loss over the known targets, 0 where there are none."""
    weight = torch.full((), positive_weight, device=logits.device)
    total = F.binary_cross_entropy_with_logits(logits[known], targets[known], pos_weight=weight, reduction="sum")
    return total / known.sum().clamp(min=1)


def sized(found: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows as the Trainer wants them to group by length."""
    return [{"input_ids": row.window.ids, "row": row} for row in found]


def collate(items: Sequence[dict[str, Any]], pad: int) -> Batch:
    """Right-padded tensors for `TwoHeads.forward`."""
    batch: list[Row] = [item["row"] for item in items]
    longest = max(len(row.window.ids) for row in batch)
    ids = torch.full((len(batch), longest), pad)
    mask, inside = torch.zeros(len(batch), longest), torch.zeros(len(batch), longest)
    spans = torch.zeros(len(batch), longest, len(SPAN_CODES))
    for index, row in enumerate(batch):
        window = row.window
        ids[index, : len(window.ids)] = torch.tensor(window.ids)
        mask[index, : len(window.ids)] = 1
        inside[index, window.start : window.stop] = 1
        spans[index, window.start : window.stop] = torch.from_numpy(row.spans)
    codes = torch.from_numpy(np.stack([row.codes for row in batch]))
    return {"input_ids": ids, "mask": mask, "inside": inside, "codes": codes, "spans": spans}


def optimizer(model: TwoHeads, config: ClassifierConfig) -> torch.optim.Optimizer:
    """AdamW; the new heads learn faster than the encoder."""
    heads = [*model.codes.parameters(), *model.spans.parameters()]
    encoder = [parameter for parameter in model.encoder.parameters() if parameter.requires_grad]
    groups = [
        {"params": encoder, "lr": config.learning_rate},
        {"params": heads, "lr": config.head_learning_rate},
    ]
    return torch.optim.AdamW(groups, weight_decay=config.weight_decay)


def labelled_items(config: ClassifierConfig, split: str) -> list[Labelled]:
    """Replies of a split, and for training the labelled sentences too."""
    replies, defects = read_replies(Path(config.corpus))
    pairs, more = read_sentences(Path(config.sentences)) if config.sentences and split == "train" else ([], [])
    if defects or more:
        raise BylostaloError(f"в данных есть ошибки, первая: {[*defects, *more][0]} (все: bylostalo data validate)")
    items = list(labelled(reply for reply in replies if effective_split(reply) == split))
    return [*items, *said(pair for pair in pairs if effective_split(pair) == split)]


def train_classifier(config: ClassifierConfig, *, resume: bool = False) -> dict[str, Any]:
    """Train and write encoder adapter (or BERT) and heads into `config.output`; returns the figures of the run."""
    if config.threads:
        torch.set_num_threads(config.threads)
    set_seed(config.seed)
    train, validation = labelled_items(config, "train"), labelled_items(config, "validation")
    if not train:
        raise BylostaloError(f"{config.corpus}: нет ни одного ответа для обучения")
    encoder = load_encoder(
        config.encoder,
        adapter=config.adapter,
        layers=config.layers,
        rank=config.rank,
        alpha=config.alpha,
        dropout=config.dropout,
    )
    rng = random.Random(config.seed)
    train_rows = rows([varied(item, rng) for item in train], encoder, max_tokens=config.max_tokens)
    validation_rows = rows(validation, encoder, max_tokens=config.max_tokens)
    model = TwoHeads(encoder, span_weight=config.span_weight)
    trainer = Trainer(
        model=model,
        args=training_arguments(config, train_sampling_strategy="group_by_length"),
        train_dataset=sized(train_rows),
        eval_dataset=sized(validation_rows) or None,
        data_collator=lambda batch: collate(batch, encoder.pad),
        optimizers=(optimizer(model, config), None),
    )
    started = time.monotonic()
    trainer.train(resume_from_checkpoint=resume)
    figures = {
        "config": dataclasses.asdict(config),
        "corpus_sha256": corpus_hash(Path(config.corpus)),
        "train_rows": len(train_rows),
        "train_tokens": sum(len(row.window.ids) for row in train_rows),
        "hours": round((time.monotonic() - started) / 3600, 3),
        "log": trainer.state.log_history,
    }
    output = Path(config.output)
    save(model, output)
    (output / "run.json").write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")
    return figures


def save(model: TwoHeads, output: Path) -> None:
    """The encoder in its own format and the heads as float32 safetensors (the span logits unused so far)."""
    model.encoder.save_pretrained(output / "encoder")  # type: ignore[operator]
    heads = {
        "codes": F.pad(model.codes.weight, (0, len(SPAN_CODES))),
        "codes_bias": model.codes.bias,
        "spans": model.spans.weight,
        "spans_bias": model.spans.bias,
    }
    save_file({name: tensor.detach().float().contiguous() for name, tensor in heads.items()}, output / HEADS_FILE)
