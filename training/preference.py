"""Preference training of the rewriter: of two candidates for a sentence the better one is to become likelier."""

from collections.abc import Sequence
from dataclasses import asdict, astuple
from json import dumps
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from filelock import FileLock

from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import read_judgements
from bylostalo.data.records import Judgement, SentencePair
from bylostalo.data.splits import effective_split
from bylostalo.data.writing import write_atomically
from bylostalo.inference.templates.journal import Journal
from bylostalo.training import precision
from bylostalo.training.base import Codec, load_base, with_adapter
from bylostalo.training.candidates import candidates, journal_of
from bylostalo.training.choosing import sample
from bylostalo.training.config import PreferenceConfig
from bylostalo.training.corpus_hash import corpus_hash
from bylostalo.training.examples import Example
from bylostalo.training.job import Batch, Job, Row, by_length, checkpoint_activations
from bylostalo.training.memory import advice_on_memory
from bylostalo.training.process import is_first
from bylostalo.training.proposing import proposing, quietly
from bylostalo.training.rankings import Preference, judged_by_editor, preference
from bylostalo.training.rewriter import collate, encode, fitting, saving, sentence_pairs, sequence_terms
from bylostalo.training.run import begin, run

PAIRS = "pairs.jsonl"
STAGE = "references"
VALIDATION_SHARE = 10
REFERENCES_AT_ONCE = 16


def row_of(preferred: Preference, codec: Codec, *, joined: bool) -> Row:
    """Both answers; `input_ids` and `labels` are those of the longer one, to sort and to measure by."""
    texts = (preferred.chosen, preferred.rejected)
    answers = [encode(Example(preferred.prompt, text), codec, joined=joined) for text in texts]
    longer = {key: max((answer[key] for answer in answers), key=len) for key in ("input_ids", "labels")}
    return {**longer, "answers": answers, "key": "\n".join(astuple(preferred))}


def collate_answers(rows: Sequence[Row], pad: int) -> Batch:
    """Ids, mask and labels `[rows, 2, longest]`, the chosen answer first; the margins at the start `[rows]`."""
    batch = collate([answer for row in rows for answer in row["answers"]], pad)
    answers = {name: tensor.view(len(rows), 2, -1) for name, tensor in batch.items()}
    return {**answers, "reference": torch.tensor([row.get("reference", 0.0) for row in rows])}


def answer_terms(model: Any, batch: Batch, *, base: Any) -> torch.Tensor:
    """Summed losses and lengths of both answers, `[rows, 2, 2]`."""
    answers = {name: batch[name].flatten(0, 1) for name in ("input_ids", "attention_mask", "labels")}
    return sequence_terms(model, answers, base=base, label_smoothing=0.0)[:, 0].view(-1, 2, 2)


def margins(terms: torch.Tensor) -> torch.Tensor:
    """By how much the chosen answer's mean log-probability a token is the greater one, `[rows]`."""
    losses = terms[..., 0] / terms[..., 1]
    return losses[:, 1] - losses[:, 0]


def preference_terms(model: Any, batch: Batch, *, base: Any, beta: float) -> torch.Tensor:
    """Direct preference optimisation (Rafailov et al., 2023) and the chosen answer's own loss, `[rows, 2, 2]`.

    The log-probabilities are means over tokens (Meng et al., 2024), as the beam search compares them, so that neither
    answer gains by its length; the second term keeps the chosen answer's likelihood from falling together with the
    other's (Pang et al., 2024).
    """
    terms = answer_terms(model, batch, base=base)
    lost = -F.logsigmoid(beta * (margins(terms) - batch["reference"]))
    return torch.stack([torch.stack([lost, torch.ones_like(lost)], dim=-1), terms[:, 0]], dim=1)


def add_references(rows: Sequence[Row], journal: Journal, model: Any, *, base: Any, pad: int) -> None:
    """Gives every row the margin of the untrained model, from the journal where it is known."""
    known = journal.stage(STAGE)
    missing = by_length([row for row in rows if row["key"] not in known])
    for start in range(0, len(missing), REFERENCES_AT_ONCE):
        some = missing[start : start + REFERENCES_AT_ONCE]
        with quietly(model) as device:
            batch = {name: tensor.to(device) for name, tensor in collate_answers(some, pad).items()}
            found = margins(answer_terms(model, batch, base=base)).tolist()
        journal.add(STAGE, {row["key"]: margin for row, margin in zip(some, found, strict=True)})
    for row in rows:
        row["reference"] = known[row["key"]]


def held(pairs: Sequence[SentencePair], split: str, count: int) -> list[SentencePair]:
    return sample([pair for pair in pairs if effective_split(pair) == split], count)


def judgements(config: PreferenceConfig) -> list[Judgement]:
    """Those of editors, where there are any."""
    found, defects = read_judgements(Path(config.judgements)) if config.judgements else ([], [])
    if defects:
        raise BylostaloError(f"в оценках есть ошибки, первая: {defects[0]}")
    return found


def preferred_rows(
    config: PreferenceConfig, pairs: Sequence[SentencePair], model: Any, base: Any, codec: Codec
) -> tuple[list[Row], list[Row]]:
    """Rows of the train and the validation split; of several processes one makes them and the others wait."""
    train = held(pairs, "train", config.sources)
    validation = held(pairs, "validation", -(-config.sources // VALIDATION_SHARE))
    joined = not base.config.is_encoder_decoder
    output = Path(config.output)
    output.mkdir(parents=True, exist_ok=True)
    with FileLock(output / "candidates.lock"):
        journal = journal_of(config)
        found = candidates(
            journal, [*train, *validation], proposing=lambda: proposing(config, model, codec), threads=config.threads
        )
        chosen = [preference(one, margin=config.margin) for one in found]
        rows = []
        judged = judgements(config)
        for split, part in (("train", chosen[: len(train)]), ("validation", chosen[len(train) :])):
            part += [judged_by_editor(one) for one in judged if effective_split(one) == split]
            encoded = [row_of(one, codec, joined=joined) for one in part if one]
            rows.append(fitting(encoded, max_tokens=config.max_tokens))
            add_references(rows[-1], journal, model, base=base, pad=codec.pad)
        if is_first():
            write_atomically(output / PAIRS, [dumps(asdict(one), ensure_ascii=False) for one in chosen if one])
    return rows[0], rows[1]


def prepare_preference(config: PreferenceConfig) -> Job:
    """The base with its trained adapter, and pairs of its own candidates as rows."""
    if not (Path(config.adapter) / "adapter_config.json").is_file():
        raise BylostaloError(
            f"adapter={config.adapter or '«»'}: здесь нет адаптера, а предпочтениям нужен обученный: "
            "задайте adapter=папка (output/adapter после bylostalo train rewriter)"
        )
    begin(config)
    pairs = sentence_pairs(config)
    base, codec = load_base(config.base, dtype=precision.working_dtype())
    if config.gradient_checkpointing:
        checkpoint_activations(base)
    model = with_adapter(base, config.adapter)
    train, validation = preferred_rows(config, pairs, model, base, codec)
    if not train:
        raise BylostaloError(f"{config.sentences}: среди вариантов нет ни одной ясной разницы; margin меньше?")
    return Job(
        model=model,
        train=train,
        validation=by_length(validation),
        collate=lambda rows: collate_answers(rows, codec.pad),
        terms=lambda model, batch: preference_terms(model, batch, base=base, beta=config.beta),
        weights=(1.0, config.supervised_weight),
        save=saving(model),
        facts={
            "corpus_sha256": corpus_hash(Path(config.sentences)),
            "train_examples": len(train),
            "train_tokens": sum(len(answer["input_ids"]) for row in train for answer in row["answers"]),
        },
    )


def train_preference(config: PreferenceConfig, *, resume: bool = False) -> dict[str, Any]:
    """Train and write the adapter into `config.output`; returns the figures of the run."""
    with advice_on_memory(config):
        return run(config, prepare_preference(config), resume=resume)
