"""Training of the classifier: one encoder, a head for the codes of the reply and a head for their spans."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import nn

from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import read_judged, read_replies, read_sentences
from bylostalo.data.splits import effective_split
from bylostalo.training.config import ClassifierConfig
from bylostalo.training.corpus_hash import corpus_hash
from bylostalo.training.encoder import Encoder, load_encoder
from bylostalo.training.folders import filled
from bylostalo.training.job import Batch, Job, by_length
from bylostalo.training.job import Row as Sized
from bylostalo.training.labels import CODES, SPAN_CODES, UNKNOWN, Labelled, Row, labelled, rows, said
from bylostalo.training.memory import advice_on_memory
from bylostalo.training.run import begin, run
from bylostalo.training.varying import varied

SPAN_POSITIVE_WEIGHT = 2.0
HEADS_FILE = "heads.safetensors"


class TwoHeads(nn.Module):
    """Mean and maximum of the reply's states → codes; every state → span codes."""

    def __init__(self, encoder: Encoder, *, code_weights: torch.Tensor) -> None:
        super().__init__()
        self.encoder = encoder.model
        self.hidden = encoder.hidden
        self.codes = nn.Linear(2 * encoder.size, len(CODES))
        self.spans = nn.Linear(encoder.size, len(SPAN_CODES))
        self.register_buffer("code_weights", code_weights, persistent=False)
        self.register_buffer("span_weight", torch.tensor(SPAN_POSITIVE_WEIGHT), persistent=False)

    def logits(
        self, input_ids: torch.Tensor, mask: torch.Tensor, inside: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """`inside` marks reply tokens; returns `[rows, codes]` and `[rows, length, span codes]`."""
        states = self.hidden(input_ids, mask).float()
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
    ) -> torch.Tensor:
        """The terms of the loss, `[rows, 2, 2]`: of the codes and of the spans."""
        code_logits, span_logits = self.logits(input_ids, mask, inside)
        here = inside[..., None].bool() & (spans != UNKNOWN)
        code_terms = summed_losses(code_logits, codes, codes != UNKNOWN, self.code_weights)
        return torch.stack([code_terms, summed_losses(span_logits, spans, here, self.span_weight)], dim=1)


def summed_losses(
    logits: torch.Tensor, targets: torch.Tensor, known: torch.Tensor, positive_weight: Any
) -> torch.Tensor:
    """Log-losses over the known targets of each row, summed, and how many they are: `[rows, 2]`."""
    losses = F.binary_cross_entropy_with_logits(logits, targets, pos_weight=positive_weight, reduction="none")
    return torch.stack([(losses * known).flatten(1).sum(1), known.flatten(1).sum(1)], dim=-1)


def code_weights(found: Sequence[Row], power: float) -> torch.Tensor:
    """How much a positive of each code weighs, `(negatives / positives) ** power`; 1 where either is missing."""
    targets = np.stack([row.codes for row in found])
    positives, negatives = (targets == 1).sum(0), (targets == 0).sum(0)
    both = (positives > 0) & (negatives > 0)
    weights = np.where(both, negatives / positives.clip(1), 1.0) ** power
    return torch.from_numpy(weights.astype(np.float32))


def sized(found: Sequence[Row]) -> list[Sized]:
    """Rows with what tells their length."""
    return [{"input_ids": row.window.ids, "row": row} for row in found]


def collate(items: Sequence[Sized], pad: int) -> Batch:
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
    """Replies of a split, and for training the contrast sets and the labelled sentences too."""
    replies, defects = read_replies(Path(config.corpus))
    contrasts, others = read_judged(Path(config.contrasts)) if config.contrasts and split == "train" else ([], [])
    pairs, more = read_sentences(Path(config.sentences)) if config.sentences and split == "train" else ([], [])
    if found := [*defects, *others, *more]:
        raise BylostaloError(f"в данных есть ошибки, первая: {found[0]} (все: bylostalo data validate)")
    items = labelled(reply for reply in (*replies, *contrasts) if effective_split(reply) == split)
    return [*items, *said(pair for pair in pairs if effective_split(pair) == split)]


def continue_heads(model: TwoHeads, config: ClassifierConfig) -> None:
    """The heads that lie with the encoder to be trained on, a run's or an exported one's; fresh ones stay where there
    are none of these codes. What the code head reads of the spans is left out: training does not have it."""
    place = Path(config.adapter or config.encoder)
    files = (place / HEADS_FILE, place.parent / HEADS_FILE) if place.is_dir() else ()
    found = next((file for file in files if file.is_file()), None)
    if found is None:
        return
    known = load_file(found)
    for layer, name in ((model.codes, "codes"), (model.spans, "spans")):
        weight, bias = known[name][:, : layer.in_features], known[f"{name}_bias"]
        if weight.shape == layer.weight.shape:
            with torch.no_grad():
                layer.weight.copy_(weight)
                layer.bias.copy_(bias)


def prepare_classifier(config: ClassifierConfig) -> Job:
    """The encoder under its two heads, and the labelled texts as windows."""
    begin(config)
    train, validation = labelled_items(config, "train"), labelled_items(config, "validation")
    if not train:
        raise BylostaloError(f"{config.corpus}: нет ни одного ответа для обучения")
    encoder = load_encoder(config)
    rng = random.Random(config.seed)
    train_rows = rows([varied(item, rng) for item in train], encoder, max_tokens=config.max_tokens)
    validation_rows = rows(validation, encoder, max_tokens=config.max_tokens)
    model = TwoHeads(encoder, code_weights=code_weights(train_rows, config.positive_weight))
    continue_heads(model, config)
    return Job(
        model=model,
        train=sized(train_rows),
        validation=by_length(sized(validation_rows)),
        collate=lambda rows: collate(rows, encoder.pad),
        terms=lambda model, batch: model(**batch),
        weights=(1.0, config.span_weight),
        optimizer=optimizer(model, config),
        save=lambda output, state: save(model, output, state),
        facts={
            "corpus_sha256": corpus_hash(Path(config.corpus)),
            "train_rows": len(train_rows),
            "train_tokens": sum(len(row.window.ids) for row in train_rows),
        },
    )


def train_classifier(config: ClassifierConfig, *, resume: bool = False) -> dict[str, Any]:
    """Train and write encoder adapter (or BERT) and heads into `config.output`; returns the figures of the run."""
    with advice_on_memory(config):
        return run(config, prepare_classifier(config), resume=resume)


def save(model: TwoHeads, output: Path, state: dict[str, torch.Tensor]) -> None:
    """The encoder in its own format and the heads as float32 safetensors (the span logits unused so far)."""
    inner = {name.removeprefix("encoder."): tensor for name, tensor in state.items() if name.startswith("encoder.")}
    with filled(output / "encoder") as folder:
        model.encoder.save_pretrained(folder, state_dict=inner)  # type: ignore[operator]
    heads = {
        "codes": F.pad(state["codes.weight"], (0, len(SPAN_CODES))),
        "codes_bias": state["codes.bias"],
        "spans": state["spans.weight"],
        "spans_bias": state["spans.bias"],
    }
    exact = {name: tensor.detach().float().contiguous() for name, tensor in heads.items()}
    with filled(output) as folder:
        save_file(exact, folder / HEADS_FILE)
