"""ONNX graphs of a Gemma model over ONNX Runtime's fused operators; weights stay outside, placed by `layout`.

`decoder_graph` is the rewriter (causal, key-value cache), `encoder_graph` the classifier's encoder
(attention in both directions, no cache).
"""

from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper

from bylostalo.inference.artifacts import WEIGHTS_FILE
from bylostalo.inference.engine.geometry import Geometry
from bylostalo.inference.engine.layout import BLOCK, Packing, Tensor, head, layout, packing_of
from bylostalo.training.nodes import FUSED, Nodes

_DTYPES = {"float32": TensorProto.FLOAT, "uint8": TensorProto.UINT8, "int8": TensorProto.INT8}


class _Graph(Nodes):
    """The parts of a Gemma model."""

    def __init__(self, geometry: Geometry, *, packing: Packing) -> None:
        super().__init__([_external(tensor) for tensor in layout(geometry, packing=packing)])
        self.geometry = geometry
        self.packing = packing

    def matmul(self, name: str, value: str, rows: int, columns: int) -> str:
        packed = packing_of(name, self.packing)
        if packed == "exact":
            return self.node("MatMul", [value, f"{name}.weight"])[0]
        if packed == "columns":
            return self.integer_matmul(name, value)
        inputs = [value, f"{name}.codes", f"{name}.scales"]
        options = {"K": columns, "N": rows, "bits": 4, "block_size": BLOCK, "accuracy_level": 4}
        return self.node("MatMulNBits", inputs, domain=FUSED, **options)[0]

    def embed(self, ids: str) -> str:
        if self.packing == "exact":
            rows = self.node("Gather", ["embedding.rows", ids])[0]
            return self.node("Mul", [rows, self.constant(self.geometry.embedding_scale, np.float32)])[0]
        inputs = ["embedding.flat_codes", ids, "embedding.scaled_scales"]
        options = {"bits": 8, "block_size": BLOCK, "gather_axis": 0, "quantize_axis": 1}
        return self.node("GatherBlockQuantized", inputs, domain=FUSED, **options)[0]

    def norm(self, value: str, weight: str) -> str:
        return self.node(
            "SimplifiedLayerNormalization",
            [value, weight],
            axis=-1,
            epsilon=self.geometry.epsilon,
            stash_type=1,
        )[0]

    def add_and_norm(self, value: str, residual: str, weight: str) -> tuple[str, str]:
        """The normalised sum and the sum itself."""
        name = f"skip_{len(self.nodes)}"
        self.node(
            "SkipSimplifiedLayerNormalization",
            [value, residual, weight],
            outputs=[f"{name}_normed", "", "", f"{name}_sum"],
            domain=FUSED,
            epsilon=self.geometry.epsilon,
        )
        return f"{name}_normed", f"{name}_sum"

    def queries_keys_values(self, value: str, layer: int) -> tuple[str, str, str]:
        """Normalised queries `[rows, length, heads·dim]`, normalised keys and values `[…, kv_heads·dim]`."""
        g = self.geometry
        width, side = g.heads * g.head_dim, g.kv_heads * g.head_dim
        joined = self.matmul(f"layers.{layer}.qkv", value, width + 2 * side, g.hidden)
        queries, keys, values = self.node("Split", [joined, self.constant([width, side, side])], outputs=3, axis=-1)

        def normed(flat: str, weight: str, heads: int) -> str:
            split = self.reshape(flat, [0, 0, heads, g.head_dim])
            return self.reshape(self.norm(split, weight), [0, 0, heads * g.head_dim])

        queries = normed(queries, f"layers.{layer}.query_norm", g.heads)
        return queries, normed(keys, f"layers.{layer}.key_norm", g.kv_heads), values

    def feed_forward(self, value: str, layer: int) -> str:
        g = self.geometry
        gate, up, down = (f"layers.{layer}.{kind}" for kind in ("gate", "up", "down"))
        if self.packing == "columns":
            return self.integer_feed_forward(value, gate, up, down)
        opened, linear = (self.matmul(name, value, g.intermediate, g.hidden) for name in (gate, up))
        return self.matmul(down, self.gated(opened, linear), g.hidden, g.intermediate)

    def gated(self, opened: str, linear: str) -> str:
        return self.node("Mul", [self.node("Gelu", [opened], approximate="tanh")[0], linear])[0]

    def integer_feed_forward(self, value: str, gate: str, up: str, down: str) -> str:
        """The linear half is multiplied with what its tokens were divided by at the very end, where there is less of
        it."""
        codes, largest = self.by_token(value)
        opened = self.node("Mul", [self.product(gate, codes), largest])[0]
        codes, again = self.by_token(self.gated(opened, self.product(up, codes)))
        return self.node("Mul", [self.product(down, codes), self.node("Mul", [largest, again])[0]])[0]

    def rope(self, layer: int) -> tuple[str, str]:
        reach = "global" if self.geometry.attends_fully(layer) else "local"
        return f"rope.{reach}.cos", f"rope.{reach}.sin"

    def layer(self, residual: str, normed: str, layer: int, attend: Any) -> tuple[str, str]:
        """One transformer layer: residual stream and its normalised form in, the same after the layer out."""
        g = self.geometry
        attended = attend(*self.queries_keys_values(normed, layer), layer)
        projected = self.matmul(f"layers.{layer}.output", attended, g.hidden, g.heads * g.head_dim)
        projected = self.norm(projected, f"layers.{layer}.attended_norm")
        normed, residual = self.add_and_norm(projected, residual, f"layers.{layer}.forward_norm")
        forwarded = self.norm(self.feed_forward(normed, layer), f"layers.{layer}.forwarded_norm")
        following = "final_norm" if layer + 1 == g.layers else f"layers.{layer + 1}.input_norm"
        normed, residual = self.add_and_norm(forwarded, residual, following)
        return residual, normed

    def model(self, inputs: list[Any], outputs: list[Any]) -> onnx.ModelProto:
        if self.packing != "exact":
            codes = next(t for t in layout(self.geometry, packing=self.packing) if t.name == "embedding.codes")
            flat = Tensor("embedding.flat_codes", "uint8", (codes.shape[0], self.geometry.hidden), codes.offset)
            self.initialisers.append(_external(flat))
        return super().model(inputs, outputs)


def _external(tensor: Tensor) -> onnx.TensorProto:
    proto = TensorProto()
    proto.name, proto.data_type = tensor.name, _DTYPES[tensor.dtype]
    proto.dims.extend(tensor.shape)
    proto.data_location = TensorProto.EXTERNAL
    for key, value in (("location", WEIGHTS_FILE), ("offset", tensor.offset), ("length", tensor.size)):
        proto.external_data.add(key=key, value=str(value))
    return proto


def decoder_graph(geometry: Geometry, *, packing: Packing) -> onnx.ModelProto:
    """Inputs: `input_ids` int64 `[rows, length]`; `positions` int64 `[wanted, 2]`, (row, position) pairs whose next
    tokens are wanted; `last` int32 `[rows]`, index of each row's last real token counted from the start of its cache;
    `total` int32, longest length after this step; `count` int64, how many of the likeliest tokens; `chosen_tokens`
    int64 `[wanted, 1]`; `past_key.i`, `past_value.i` `[rows, kv_heads, past, dim]`.
    Outputs: `log_probabilities` `[wanted, vocabulary]`; `best` and `tokens` `[wanted, count]`, the likeliest ones, in
    order; `chosen` `[wanted, 1]`, those of the chosen tokens; `present_key.i`, `present_value.i`.
    """
    g = geometry
    graph = _Graph(g, packing=packing)
    cache = [g.kv_heads, "past", g.head_dim]
    inputs = [
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["rows", "length"]),
        helper.make_tensor_value_info("positions", TensorProto.INT64, ["wanted", 2]),
        helper.make_tensor_value_info("last", TensorProto.INT32, ["rows"]),
        helper.make_tensor_value_info("total", TensorProto.INT32, [1]),
        helper.make_tensor_value_info("count", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("chosen_tokens", TensorProto.INT64, ["wanted", 1]),
    ]
    outputs = [
        helper.make_tensor_value_info("log_probabilities", TensorProto.FLOAT, ["wanted", g.vocabulary]),
        helper.make_tensor_value_info("best", TensorProto.FLOAT, ["wanted", "found"]),
        helper.make_tensor_value_info("tokens", TensorProto.INT64, ["wanted", "found"]),
        helper.make_tensor_value_info("chosen", TensorProto.FLOAT, ["wanted", 1]),
    ]

    def attend(queries: str, keys: str, values: str, layer: int) -> str:
        past = [f"past_key.{layer}", f"past_value.{layer}"]
        present = [f"present_key.{layer}", f"present_value.{layer}"]
        for name in past:
            inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["rows", *cache]))
        for name in present:
            shape = ["rows", g.kv_heads, "present", g.head_dim]
            outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        window = -1 if g.attends_fully(layer) else g.window
        return graph.node(
            "GroupQueryAttention",
            [queries, keys, values, *past, "last", "total", *graph.rope(layer)],
            outputs=[f"attended.{layer}", *present],
            domain=FUSED,
            num_heads=g.heads,
            kv_num_heads=g.kv_heads,
            scale=g.query_scale,
            local_window_size=window,
            do_rotary=1,
        )[0]

    residual = graph.embed("input_ids")
    normed = graph.norm(residual, "layers.0.input_norm")
    for layer in range(g.layers):
        residual, normed = graph.layer(residual, normed, layer, attend)
    wanted = graph.node("GatherND", [normed, "positions"])[0]
    logits = graph.matmul(head(g)[0], wanted, g.vocabulary, g.hidden)
    graph.node("LogSoftmax", [logits], outputs=["log_probabilities"], axis=-1)
    graph.node("TopK", ["log_probabilities", "count"], outputs=["best", "tokens"], axis=-1)
    graph.node("GatherElements", ["log_probabilities", "chosen_tokens"], outputs=["chosen"], axis=-1)
    return graph.model(inputs, outputs)


def encoder_graph(geometry: Geometry, *, packing: Packing) -> onnx.ModelProto:
    """Inputs: `input_ids` int64 `[rows, length]`, `bias` float32 `[rows, 1, 1, length]` (0 for a token, a large
    negative number for padding). Output: `hidden` float32 `[rows, length, hidden]` after the final norm."""
    g = geometry
    graph = _Graph(g, packing=packing)
    inputs = [
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["rows", "length"]),
        helper.make_tensor_value_info("bias", TensorProto.FLOAT, ["rows", 1, 1, "length"]),
    ]
    outputs = [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["rows", "length", g.hidden])]
    zero = graph.constant([0])

    def heads(flat: str, count: int) -> str:
        split = graph.reshape(flat, [0, 0, count, g.head_dim])
        return graph.node("Transpose", [split], perm=[0, 2, 1, 3])[0]

    def attend(queries: str, keys: str, values: str, layer: int) -> str:
        def rotated(flat: str, count: int) -> str:
            split = heads(flat, count)
            return graph.node("RotaryEmbedding", [split, zero, *graph.rope(layer)], domain=FUSED)[0]

        turned = graph.node("Transpose", [rotated(keys, g.kv_heads)], perm=[0, 1, 3, 2])[0]
        scores = graph.node("MatMul", [rotated(queries, g.heads), turned])[0]
        scores = graph.node("Mul", [scores, graph.constant(g.query_scale, np.float32)])[0]
        weights = graph.node("Softmax", [graph.node("Add", [scores, "bias"])[0]], axis=-1)[0]
        mixed = graph.node("MatMul", [weights, heads(values, g.kv_heads)])[0]
        back = graph.node("Transpose", [mixed], perm=[0, 2, 1, 3])[0]
        return graph.reshape(back, [0, 0, g.heads * g.head_dim])

    residual = graph.embed("input_ids")
    normed = graph.norm(residual, "layers.0.input_norm")
    for layer in range(g.layers):
        residual, normed = graph.layer(residual, normed, layer, attend)
    graph.node("Identity", [normed], outputs=["hidden"])
    return graph.model(inputs, outputs)
