"""The ONNX graph of a BERT against the torch model it was made from."""

import numpy as np
import onnxruntime
import pytest
import torch
from transformers import BertConfig, BertModel

from bylostalo.training.bert_graph import bert_graph

IDS = np.array([[5, 9, 301, 2, 8], [7, 12, 80, 0, 0]])
MASK = np.array([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]])


@pytest.fixture(scope="module")
def bert():
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=320, hidden_size=64, num_hidden_layers=2, num_attention_heads=4, intermediate_size=96
    )
    model = BertModel(config, add_pooling_layer=False).eval()
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    return model


def hidden(bert, ids, mask, *, quantised):
    weights = {name: tensor.numpy() for name, tensor in bert.state_dict().items()}
    graph = bert_graph(weights, bert.config, quantised=quantised).SerializeToString()
    bias = np.where(mask, 0.0, -1e4).astype(np.float32)[:, None, None, :]
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    return session.run(["hidden"], {"input_ids": ids, "bias": bias})[0]


def test_equals_torch(bert):
    with torch.no_grad():
        expected = bert(input_ids=torch.tensor(IDS), attention_mask=torch.tensor(MASK)).last_hidden_state.numpy()
    found = hidden(bert, IDS, MASK, quantised=False)
    np.testing.assert_allclose(found[MASK == 1], expected[MASK == 1], atol=2e-2)


def test_int8_stays_near_and_no_row_depends_on_its_neighbours(bert):
    exact, found = hidden(bert, IDS, MASK, quantised=False), hidden(bert, IDS, MASK, quantised=True)
    assert np.corrcoef(exact[MASK == 1].ravel(), found[MASK == 1].ravel())[0, 1] > 0.99
    alone = hidden(bert, IDS[1:, :3], MASK[1:, :3], quantised=True)
    np.testing.assert_allclose(found[1, :3], alone[0], atol=1e-4)
