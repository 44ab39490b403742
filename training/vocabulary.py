"""Makes the shipped vocabulary: the trimmed pieces of the embedded base plus the reserved tokens."""

from pathlib import Path

import gguf
import numpy as np
from safetensors.numpy import save_file

from bylostalo.inference.engine.base import chunk_paths
from bylostalo.inference.reserved import RESERVED
from bylostalo.training.trimming import trim

# A slot stands for a name or a number: capital letters are the pieces whose use comes nearest to that.
_FIRST_EMBEDDINGS = "ABCDEFGHIJKLMNOPQRSTUVWXYZΑΒΓΔΕΖΗΘΙΚΛΜΝΞ"


def read_pieces(path: Path) -> tuple[list[str], list[float]]:
    """Pieces and scores of the full vocabulary of a GGUF file."""
    fields = gguf.GGUFReader(path).fields
    return fields["tokenizer.ggml.tokens"].contents(), fields["tokenizer.ggml.scores"].contents()


def make_vocabulary(folder: Path) -> None:
    """Write `tokenizer.json` and `vocabulary.safetensors` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "base.gguf"
    whole.write_bytes(b"".join(path.read_bytes() for path in chunk_paths()))
    try:
        pieces, scores = read_pieces(whole)
    finally:
        whole.unlink()
    trimmed = trim(pieces, scores)
    reserved = [pieces.index(letter) for letter in _FIRST_EMBEDDINGS[: len(RESERVED)]]
    trimmed.tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    rows = np.array([*trimmed.kept, *reserved], dtype=np.int64)
    save_file({"base_rows": rows}, folder / "vocabulary.safetensors")
