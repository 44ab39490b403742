"""The trimmed base says what the full one says."""

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn.utils.rnn import pad_sequence

from bylostalo.inference.engine.base import read_tensor
from bylostalo.inference.engine.geometry import GEMMA_3_270M
from bylostalo.inference.engine.vocabulary import BOS, embedded_vocabulary
from bylostalo.training.base import embedded_model, gemma_config
from bylostalo.training.trimming import keep, merges, trim

CORPUS = Path(__file__).parents[2] / "data" / "sentences"
SENTENCES = 200
BATCH = 25
PIECES = [
    "<pad>",
    "<eos>",
    "<bos>",
    "▁",
    "д",
    "а",
    "▁д",
    "да",
    "▁да",
    "the",
    "th",
    "<0x41>",
    "№",
    "нетthe",
    "。",
]


def test_keep_is_russian_short_ascii_symbols_bytes_and_control():
    kept = [PIECES[index] for index in keep(PIECES)]
    assert kept == ["<pad>", "<eos>", "<bos>", "▁", "д", "а", "▁д", "да", "▁да", "th", "<0x41>", "№"]


def test_merges_follow_the_scores():
    pieces = {piece: index for index, piece in enumerate(["▁", "д", "а", "да", "▁да"])}
    scores = {"▁": -9.0, "д": -9.0, "а": -9.0, "да": -1.0, "▁да": -2.0}
    assert merges(pieces, scores) == [("д", "а"), ("▁", "да")]


def test_trimmed_tokenizer_prefers_long_pieces():
    trimmed = trim(PIECES, [float(-index) for index in range(len(PIECES))])
    assert trimmed.tokenizer.encode(" да").tokens == ["▁да"]
    assert [PIECES[index] for index in trimmed.kept][:3] == ["<pad>", "<eos>", "<bos>"]


@pytest.fixture(scope="module")
def sentences() -> list[list[int]]:
    """Ids of short Russian sentences in the trimmed vocabulary, reserved tokens aside."""
    lines = (CORPUS / "plain.jsonl").read_text("utf-8").splitlines()[: 5 * SENTENCES]
    found = [[BOS, *embedded_vocabulary().encode(json.loads(line)["before"])] for line in lines]
    return sorted(found, key=len)[:SENTENCES]


def batches(rows: list[torch.Tensor]) -> Iterator[tuple[torch.Tensor, list[int]]]:
    """Rows padded at their end, which a causal model does not see, and where each ends."""
    for start in range(0, len(rows), BATCH):
        some = rows[start : start + BATCH]
        yield pad_sequence(some, batch_first=True), [len(row) - 1 for row in some]


def last_states(model: torch.nn.Module, given: str, rows: list[torch.Tensor]) -> torch.Tensor:
    with torch.no_grad():
        found = [model(**{given: padded}).last_hidden_state[range(len(ends)), ends] for padded, ends in batches(rows)]
    return torch.cat(found)


def test_trimmed_logits_equal_the_full_models(sentences):
    vocabulary = embedded_vocabulary()
    rows = vocabulary.base_rows
    trimmed = embedded_model(vocabulary, layers=18).eval()
    states = last_states(trimmed.model, "input_ids", [torch.tensor(ids) for ids in sentences])
    embedding = torch.from_numpy(read_tensor("model.embed_tokens.weight"))
    scale = GEMMA_3_270M.embedding_scale
    config = gemma_config(dataclasses.replace(GEMMA_3_270M, vocabulary=8))
    full = type(trimmed.model)(config).eval()
    full.load_state_dict({k: v for k, v in trimmed.model.state_dict().items() if "embed" not in k}, strict=False)
    whole = last_states(full, "inputs_embeds", [embedding[torch.from_numpy(rows[ids])] * scale for ids in sentences])
    with torch.no_grad():
        found, expected = trimmed.lm_head(states), whole @ embedding.T
    assert embedding.shape[0] == GEMMA_3_270M.vocabulary
    np.testing.assert_allclose(found.numpy(), expected[:, torch.from_numpy(rows)].numpy(), atol=1e-3)
