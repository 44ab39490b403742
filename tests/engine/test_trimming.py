"""The trimmed base says what the full one says."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from bylostalo.inference.engine.base import read_tensor
from bylostalo.inference.engine.geometry import GEMMA_3_270M
from bylostalo.inference.engine.vocabulary import BOS, embedded_vocabulary
from bylostalo.training.base import embedded_model, gemma_config
from bylostalo.training.trimming import keep, merges, trim

CORPUS = Path(__file__).parents[2] / "data" / "sentences"
SENTENCES = 200
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
    """Ids of Russian sentences in the trimmed vocabulary, reserved tokens aside."""
    lines = (CORPUS / "plain.jsonl").read_text("utf-8").splitlines()[:SENTENCES]
    return [[BOS, *embedded_vocabulary().encode(json.loads(line)["before"])] for line in lines]


def test_trimmed_logits_equal_the_full_models(sentences):
    vocabulary = embedded_vocabulary()
    rows = vocabulary.base_rows
    trimmed = embedded_model(vocabulary, layers=18).eval()
    with torch.no_grad():
        states = [trimmed.model(torch.tensor([ids])).last_hidden_state[0, -1] for ids in sentences]
    embedding = torch.from_numpy(read_tensor("model.embed_tokens.weight"))
    inputs = [embedding[torch.from_numpy(rows[ids])] for ids in sentences]
    config = gemma_config(dataclasses.replace(GEMMA_3_270M, vocabulary=8))
    full = type(trimmed.model)(config).eval()
    full.load_state_dict({k: v for k, v in trimmed.model.state_dict().items() if "embed" not in k}, strict=False)
    scale = GEMMA_3_270M.embedding_scale
    with torch.no_grad():
        whole = [full(inputs_embeds=(one * scale)[None]).last_hidden_state[0, -1] for one in inputs]
        expected = torch.stack(whole) @ embedding.T
        found = trimmed.lm_head(torch.stack(states))
    assert embedding.shape[0] == GEMMA_3_270M.vocabulary
    np.testing.assert_allclose(found.numpy(), expected[:, torch.from_numpy(rows)].numpy(), atol=1e-3)
