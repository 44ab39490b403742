"""The classifier's encoder without torch: the embedded base's lower layers, or a BERT exported with its tokenizer."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.artifacts import GRAPH_FILE, assembled
from bylostalo.inference.engine.session import Session, open_graph
from bylostalo.inference.engine.vocabulary import embedded_vocabulary
from bylostalo.inference.framing import Frame, Offsets, Tokenize, embedded_frame

EMBEDDED, BERT = "embedded", "bert"
TOKENIZER_FILE = "tokenizer.json"
Array = NDArray[np.float32]


@dataclass(frozen=True)
class Encoder:
    """`encode(ids, bias)` is `[rows, length, hidden]` for int64 ids `[rows, length]` and a bias `[rows, 1, 1, length]`
    of noughts, large and negative at padding."""

    encode: Callable[[NDArray[np.int64], Array], Array]
    tokenize: Tokenize
    frame: Frame


def load_encoder(folder: Path, config: dict[str, Any], *, threads: int) -> Encoder:
    """The encoder of a classifier's folder by its config."""
    if config["encoder"] == BERT:
        return _bert(folder, config["frame"], threads=threads)
    vocabulary = embedded_vocabulary()
    graph = assembled(folder, layers=config["layers"], packing="columns")
    return Encoder(_runner(graph, threads=threads), vocabulary.encode_with_offsets, embedded_frame(vocabulary))


def _runner(graph: Path, *, threads: int) -> Callable[[NDArray[np.int64], Array], Array]:
    return partial(_encode, open_graph(graph, threads=threads))


def _encode(session: Session, ids: NDArray[np.int64], bias: Array) -> Array:
    hidden: Array = session.run(["hidden"], {"input_ids": ids, "bias": bias})[0]
    return hidden


def _bert(folder: Path, frame: dict[str, int], *, threads: int) -> Encoder:
    for name in (GRAPH_FILE, TOKENIZER_FILE):
        if not (folder / name).is_file():
            raise BylostaloError(f"{folder}: не хватает {name}, вынесите модель заново (--export)")
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def tokenize(text: str) -> tuple[list[int], Offsets]:
        found = tokenizer.encode(text, add_special_tokens=False)
        return found.ids, found.offsets

    start, between = (frame["start"],), (frame["separator"],)
    return Encoder(_runner(folder / GRAPH_FILE, threads=threads), tokenize, Frame(start, between, between))
