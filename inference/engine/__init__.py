"""Token-level inference engine on ONNX Runtime."""
