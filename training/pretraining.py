"""Masked language modelling (Devlin et al., 2018): a small BERT over the trimmed vocabulary, from plain texts."""

from collections.abc import Iterator, Sequence
from importlib.resources import as_file, files
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import BertConfig, BertForMaskedLM, PreTrainedTokenizerFast

from bylostalo.data.chunks import chunks
from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import read_replies
from bylostalo.data.splits import effective_split
from bylostalo.data.synthesis.sources import lines, text_files
from bylostalo.inference.engine.base import read_rows
from bylostalo.inference.engine.vocabulary import embedded_vocabulary
from bylostalo.training.config import EncoderConfig
from bylostalo.training.folders import filled
from bylostalo.training.job import Batch, Job, Row, checkpoint_activations
from bylostalo.training.memory import advice_on_memory
from bylostalo.training.run import begin, run
from bylostalo.training.targets import IGNORED, target_terms

MASKED_SHARE = 0.15
SPREAD = 0.02
"""BERT's own deviation of fresh embeddings."""


def embedded_tokenizer() -> PreTrainedTokenizerFast:
    """The trimmed vocabulary in the hub's format, with BERT's roles given to its special tokens."""
    with as_file(files("bylostalo.inference").joinpath("weights", "tokenizer", "tokenizer.json")) as path:
        return PreTrainedTokenizerFast(
            tokenizer_file=str(path), pad_token="<pad>", cls_token="<bos>", sep_token="<eos>", mask_token="<mask>"
        )


def texts(config: EncoderConfig) -> Iterator[str]:
    """Lines of the text files, then what the train split of the corpus says."""
    if config.texts:
        for path in text_files(Path(config.texts)):
            yield from (line.strip() for line in lines(path) if line.strip())
    if config.corpus:
        for reply in read_replies(Path(config.corpus))[0]:
            if effective_split(reply) == "train":
                yield "\n".join(filter(None, (reply.client_message, reply.before)))
                yield reply.after


def rows(found: Iterator[str], tokenizer: PreTrainedTokenizerFast, *, max_tokens: int) -> list[list[int]]:
    """Texts one after another, cut into rows of the same length; a short rest is left out."""
    batches = (tokenizer(list(batch), add_special_tokens=False)["input_ids"] for batch in chunks(found, 1000))
    stream = chain.from_iterable([*ids, tokenizer.sep_token_id] for batch in batches for ids in batch)
    pieces = chunks(stream, max_tokens - 1)
    return [[tokenizer.cls_token_id, *piece] for piece in pieces if len(piece) == max_tokens - 1]


def stacked(batch: Sequence[Row]) -> Batch:
    return {key: torch.tensor([row[key] for row in batch]) for key in batch[0]}


def masked(ids: torch.Tensor, tokenizer: PreTrainedTokenizerFast) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids with 15 % of the tokens hidden (of them 80 % masked, 10 % random, 10 % as they were), and the labels."""
    special = torch.isin(ids, torch.tensor(tokenizer.all_special_ids, device=ids.device))
    chosen = (torch.rand(ids.shape, device=ids.device) < MASKED_SHARE) & ~special
    labels = torch.where(chosen, ids, IGNORED)
    fate = torch.rand(ids.shape, device=ids.device)
    shown = torch.where(chosen & (fate < 0.8), tokenizer.mask_token_id, ids)
    random = torch.randint(len(tokenizer), ids.shape, device=ids.device)
    return torch.where(chosen & (fate >= 0.9), random, shown), labels


def masked_once(rows: Sequence[list[int]], tokenizer: PreTrainedTokenizerFast) -> list[Row]:
    """Rows whose hidden tokens stay the same, so that evaluations can be compared."""
    pairs = (masked(torch.tensor(row), tokenizer) for row in rows)
    return [{"input_ids": shown.tolist(), "labels": labels.tolist()} for shown, labels in pairs]


def masked_terms(
    model: Any, batch: Batch, *, bert: BertForMaskedLM, tokenizer: PreTrainedTokenizerFast
) -> torch.Tensor:
    """Losses of the hidden tokens, `[rows, 1, 2]`; rows without labels are masked anew each time."""
    ids, labels = (batch["input_ids"], batch["labels"]) if "labels" in batch else masked(batch["input_ids"], tokenizer)
    return target_terms(model, bert.cls, labels, input_ids=ids)


def narrowed(rows: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    """Embeddings `[tokens, wide]` in their `width` principal directions, with BERT's usual spread."""
    centred = rows - rows.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    projected = centred @ directions[:, ::-1][:, :width]
    scaled: NDArray[np.float32] = (projected * (SPREAD / projected.std())).astype(np.float32)
    return scaled


def fresh_model(config: EncoderConfig, tokenizer: PreTrainedTokenizerFast) -> BertForMaskedLM:
    """A BERT of the config's size; `base_embeddings` starts its embeddings from those of the embedded base."""
    model = BertForMaskedLM(
        BertConfig(
            vocab_size=len(tokenizer),
            hidden_size=config.hidden,
            num_hidden_layers=config.layers,
            num_attention_heads=config.heads,
            intermediate_size=4 * config.hidden,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            pad_token_id=tokenizer.pad_token_id,
        )
    )
    if config.base_embeddings:
        known = embedded_vocabulary().base_rows[: tokenizer.vocab_size]
        start = torch.from_numpy(narrowed(read_rows("model.embed_tokens.weight", known), config.hidden))
        model.bert.embeddings.word_embeddings.weight.data[: len(start)] = start
    return model


def prepare_encoder(config: EncoderConfig) -> Job:
    """A fresh BERT and rows of text, one in a hundred held out."""
    if config.hidden % config.heads:
        raise BylostaloError(f"hidden={config.hidden} не делится на heads={config.heads}")
    begin(config)
    tokenizer = embedded_tokenizer()
    found = rows(texts(config), tokenizer, max_tokens=config.max_tokens)
    if len(found) < 2:
        raise BylostaloError("текстов не хватает и на две строки: укажите texts=папка")
    held = max(1, len(found) // 100)
    bert = fresh_model(config, tokenizer)
    if config.gradient_checkpointing:
        checkpoint_activations(bert)

    def save(output: Path, state: dict[str, torch.Tensor]) -> None:
        inner = {name.removeprefix("bert."): tensor for name, tensor in state.items() if name.startswith("bert.")}
        with filled(output) as folder:
            bert.bert.save_pretrained(folder, state_dict=inner)
            tokenizer.save_pretrained(folder)

    return Job(
        model=bert,
        train=[{"input_ids": row} for row in found[held:]],
        validation=masked_once(found[:held], tokenizer),
        collate=stacked,
        terms=lambda model, batch: masked_terms(model, batch, bert=bert, tokenizer=tokenizer),
        save=save,
        facts={"train_rows": len(found) - held, "train_tokens": (len(found) - held) * config.max_tokens},
    )


def train_encoder(config: EncoderConfig, *, resume: bool = False) -> dict[str, Any]:
    """Pre-train and write `config.output` in the hub's format, ready to be the `encoder` of a classifier config."""
    with advice_on_memory(config):
        return run(config, prepare_encoder(config), resume=resume)
