"""ONNX graph of a BERT (Devlin et al., 2018) with its weights inside; the interface is that of `encoder_graph`."""

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from bylostalo.inference.engine.quantise import quantise_columns
from bylostalo.training.nodes import Nodes

Array = NDArray[np.float32]


class _Bert(Nodes):
    """Matrices are 8-bit by output where `quantised`; embeddings are half-precision."""

    def __init__(self, weights: dict[str, Array], *, quantised: bool) -> None:
        super().__init__([])
        self.weights = weights
        self.quantised = quantised

    def tensor(self, name: str, array: NDArray[Any]) -> str:
        self.initialisers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def known(self, name: str) -> str:
        return self.tensor(name, self.weights[name])

    def dense(self, value: str, *names: str) -> str:
        """One or several linear layers that read the same input, joined."""
        weight = np.concatenate([self.weights[f"{name}.weight"] for name in names])
        bias = np.concatenate([self.weights[f"{name}.bias"] for name in names])
        if self.quantised:
            codes, scales = quantise_columns(weight)
            self.tensor(f"{names[0]}.codes", codes)
            self.tensor(f"{names[0]}.scales", scales)
            product = self.integer_matmul(names[0], value)
        else:
            product = self.node("MatMul", [value, self.tensor(f"{names[0]}.transposed", weight.T)])[0]
        return self.node("Add", [product, self.tensor(f"{names[0]}.joined_bias", bias)])[0]

    def norm(self, value: str, name: str, epsilon: float) -> str:
        inputs = [value, self.known(f"{name}.weight"), self.known(f"{name}.bias")]
        return self.node("LayerNormalization", inputs, epsilon=epsilon)[0]

    def embedded(self, ids: str, epsilon: float) -> str:
        """Words, places and the only token type, normalised."""
        words = self.tensor("words", self.weights["embeddings.word_embeddings.weight"].astype(np.float16))
        rows = self.node("Cast", [self.node("Gather", [words, ids])[0]], to=TensorProto.FLOAT)[0]
        places = self.weights["embeddings.position_embeddings.weight"]
        places = places + self.weights["embeddings.token_type_embeddings.weight"][0]
        length = self.node("Shape", [ids], start=1, end=2)[0]
        here = self.node("Slice", [self.tensor("places", places), self.constant([0]), length])[0]
        return self.norm(self.node("Add", [rows, here])[0], "embeddings.LayerNorm", epsilon)

    def attention(self, value: str, layer: str, *, heads: int, width: int) -> str:
        names = [f"{layer}.attention.self.{part}" for part in ("query", "key", "value")]
        parts = self.node("Split", [self.dense(value, *names)], outputs=3, axis=-1, num_outputs=3)

        def split(flat: str, order: list[int]) -> str:
            return self.node("Transpose", [self.reshape(flat, [0, 0, heads, width // heads])], perm=order)[0]

        scores = self.node("MatMul", [split(parts[0], [0, 2, 1, 3]), split(parts[1], [0, 2, 3, 1])])[0]
        scores = self.node("Mul", [scores, self.constant((width // heads) ** -0.5, np.float32)])[0]
        seen = self.node("Softmax", [self.node("Add", [scores, "bias"])[0]], axis=-1)[0]
        mixed = self.node("MatMul", [seen, split(parts[2], [0, 2, 1, 3])])[0]
        flat = self.reshape(self.node("Transpose", [mixed], perm=[0, 2, 1, 3])[0], [0, 0, width])
        return self.dense(flat, f"{layer}.attention.output.dense")

    def layer(self, value: str, layer: str, *, heads: int, width: int, epsilon: float) -> str:
        attended = self.node("Add", [value, self.attention(value, layer, heads=heads, width=width)])[0]
        attended = self.norm(attended, f"{layer}.attention.output.LayerNorm", epsilon)
        inner = self.node("Gelu", [self.dense(attended, f"{layer}.intermediate.dense")])[0]
        found = self.node("Add", [attended, self.dense(inner, f"{layer}.output.dense")])[0]
        return self.norm(found, f"{layer}.output.LayerNorm", epsilon)


def bert_graph(weights: dict[str, Array], config: Any, *, quantised: bool = True) -> onnx.ModelProto:
    """Weights by their names in transformers' `BertModel`, and its config → `input_ids` int64 `[rows, length]` and
    `bias` float32 `[rows, 1, 1, length]` in, `hidden` float32 `[rows, length, hidden]` out."""
    graph = _Bert(weights, quantised=quantised)
    width, epsilon = config.hidden_size, config.layer_norm_eps
    value = graph.embedded("input_ids", epsilon)
    for layer in range(config.num_hidden_layers):
        heads = config.num_attention_heads
        value = graph.layer(value, f"encoder.layer.{layer}", heads=heads, width=width, epsilon=epsilon)
    graph.node("Identity", [value], outputs=["hidden"])
    inputs = [
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["rows", "length"]),
        helper.make_tensor_value_info("bias", TensorProto.FLOAT, ["rows", 1, 1, "length"]),
    ]
    return graph.model(inputs, [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["rows", "length", width])])
