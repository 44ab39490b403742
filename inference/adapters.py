"""Models of several adapters over one base, open side by side."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.artifacts import assembled, read_config
from bylostalo.inference.engine.layout import PACKED
from bylostalo.inference.engine.smoothing import embedded_smoothing
from bylostalo.inference.sequence_model import SequenceModel, load_sequence_model

KEPT = 8
Opener = Callable[[Path], SequenceModel]


def opener(*, threads: int = 0) -> Opener:
    """Opens the model of a folder; the last `KEPT` stay open, and one that is open is not read again.

    The base is read only when an adapter is first met on a machine: merged and quantised it goes into the cache. What
    is in the cache opens in 0.2-0.4 s and takes some 150 MB of memory of its own (ONNX Runtime packs the matrices
    anew); going back to one that is open takes 10-20 ms, to see that its files are the same
    (`python benchmarks/adapters.py`).
    """

    @lru_cache(maxsize=KEPT)
    def opened(graph: Path, layers: int) -> SequenceModel:
        return load_sequence_model(graph, layers=layers, threads=threads)

    def open_folder(folder: Path) -> SequenceModel:
        config = read_config(folder)
        if config.get("base") != "embedded":
            raise BylostaloError(f"{folder}: основу {config.get('base')!r} не умею загружать без torch")
        layers, packing = config["layers"], config.get("packing")
        if packing not in PACKED:
            raise BylostaloError(
                f"{folder}: модель вынесена прежней версией, вынесите её заново: bylostalo export rewriter"
            )
        graph = assembled(folder, layers=layers, packing=packing, smoothing=embedded_smoothing())
        return opened(graph, layers)

    return open_folder
