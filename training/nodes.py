"""Nodes of an ONNX graph as they are added; every method returns the names of its outputs."""

from typing import Any

import numpy as np
import onnx
from onnx import helper, numpy_helper

from bylostalo.inference.engine.quantise import ZERO

FUSED = "com.microsoft"


class Nodes:
    """`initialisers` are the tensors that the graph knows beforehand."""

    def __init__(self, initialisers: list[onnx.TensorProto]) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initialisers = initialisers
        self._constants: dict[str, str] = {}

    def node(
        self,
        kind: str,
        inputs: list[str],
        *,
        outputs: list[str] | int = 1,
        domain: str = "",
        **attributes: Any,
    ) -> list[str]:
        names = [f"{kind}_{len(self.nodes)}_{i}" for i in range(outputs)] if isinstance(outputs, int) else outputs
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names

    def constant(self, values: Any, dtype: Any = np.int64) -> str:
        array = np.asarray(values, dtype=dtype)
        key = f"{array.dtype}:{array.tolist()}"
        if key not in self._constants:
            self._constants[key] = f"constant_{len(self._constants)}"
            self.initialisers.append(numpy_helper.from_array(array, self._constants[key]))
        return self._constants[key]

    def reshape(self, value: str, shape: list[int]) -> str:
        return self.node("Reshape", [value, self.constant(shape)])[0]

    def by_token(self, value: str) -> tuple[str, str]:
        """Codes of 8 bits and the largest value of every token, by which it is quantised, so that no other token of the
        batch can change it."""
        largest = self.node("ReduceMax", [self.node("Abs", [value])[0], self.constant([-1])], keepdims=1)[0]
        largest = self.node("Max", [largest, self.constant(1e-9, np.float32)])[0]
        step, zero = self.constant(1 / (ZERO - 1), np.float32), self.constant(ZERO, np.uint8)
        return self.node("QuantizeLinear", [self.node("Div", [value, largest])[0], step, zero])[0], largest

    def product(self, name: str, codes: str) -> str:
        """Of the codes and a matrix; what the tokens were divided by is still to be multiplied with."""
        step, zero = self.constant(1 / (ZERO - 1), np.float32), self.constant(ZERO, np.uint8)
        inputs = [codes, f"{name}.codes", step, f"{name}.scales", zero]
        return self.node("MatMulIntegerToFloat", inputs, domain=FUSED)[0]

    def integer_matmul(self, name: str, value: str) -> str:
        codes, largest = self.by_token(value)
        return self.node("Mul", [self.product(name, codes), largest])[0]

    def model(self, inputs: list[Any], outputs: list[Any]) -> onnx.ModelProto:
        read = {name for node in self.nodes for name in node.input}
        known = [tensor for tensor in self.initialisers if tensor.name in read]
        graph = helper.make_graph(self.nodes, "bylostalo", inputs, outputs, known)
        opsets = [helper.make_opsetid("", 21), helper.make_opsetid(FUSED, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10, producer_name="bylostalo")
