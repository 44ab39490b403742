"""What any processor must compute alike."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bylostalo.inference.engine.quantise import WHOLE, quantise_columns
from bylostalo.inference.engine.session import open_graph

INPUTS, OUTPUTS = 64, 16


def product_graph(weight):
    """`x` times the weight `[outputs, inputs]` in 8 bits, as decoder and encoder do it."""
    codes, scales = quantise_columns(weight)
    arrays = {"codes": codes, "scales": scales, "zero": np.int8(0)}
    nodes = [
        helper.make_node("DynamicQuantizeLinear", ["x"], ["bytes", "scale", "shift"]),
        helper.make_node(
            "MatMulIntegerToFloat",
            ["bytes", "codes", "scale", "scales", "shift", "zero"],
            ["y"],
            domain="com.microsoft",
        ),
    ]
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in "xy"]
    known = [numpy_helper.from_array(np.asarray(array), name) for name, array in arrays.items()]
    graph = helper.make_graph(nodes, "product", ends[:1], ends[1:], known)
    return helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)], ir_version=9
    )


def test_products_of_the_largest_codes_do_not_overflow(tmp_path):
    weight = np.ones((OUTPUTS, INPUTS), dtype=np.float32)
    assert quantise_columns(weight)[0].min() == WHOLE
    onnx.save(product_graph(weight), tmp_path / "graph.onnx")
    x = np.full((2, INPUTS), 3, dtype=np.float32)
    (y,) = open_graph(tmp_path / "graph.onnx", threads=1).run(["y"], {"x": x})
    np.testing.assert_allclose(y, x @ weight.T, rtol=0.01)
