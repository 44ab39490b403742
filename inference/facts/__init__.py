"""Facts of a text: find them, compare them, keep them safe."""
