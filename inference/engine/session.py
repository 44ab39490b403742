"""One step of a decoder graph: token ids in, logits out, the key-value cache kept in place."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.engine.geometry import Geometry
from bylostalo.inference.engine.layout import POSITIONS

Ids = NDArray[np.int64]
Logits = NDArray[np.float32]


@dataclass(frozen=True)
class Session:
    """An ONNX Runtime session of this very process: in a fork its threads are missing and it would wait for ever."""

    opened: ort.InferenceSession = field(repr=False)
    process: int = field(default_factory=os.getpid)

    def run(self, outputs: Sequence[str], inputs: Mapping[str, Any]) -> list[Any]:
        self._at_home()
        return list(self.opened.run(outputs, inputs))

    def io_binding(self) -> ort.IOBinding:
        return self.opened.io_binding()

    def run_with_iobinding(self, binding: ort.IOBinding) -> None:
        self._at_home()
        self.opened.run_with_iobinding(binding)

    def _at_home(self) -> None:
        if os.getpid() != self.process:
            raise BylostaloError(
                "модель загружена в другом процессе и в его копии (fork) не работает: "
                "загрузите её после fork или запускайте процессы через spawn"
            )

    def __getstate__(self) -> Any:
        raise BylostaloError(
            "загруженную модель нельзя сериализовать: загрузите её в самом процессе "
            "или передайте туда bylostalo.inference.mapping.Rewriting"
        )


def open_graph(path: Path, *, threads: int) -> Session:
    """An ONNX Runtime session on the CPU; its weights are mapped from the file beside the graph."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return Session(ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"]))


@dataclass
class Cache:
    """Keys and values of every layer, each float32 `[rows, kv_heads, capacity, dim]`; `lengths` `[rows]` are filled."""

    arrays: list[NDArray[np.float32]]
    lengths: NDArray[np.int64]

    def take(self, rows: NDArray[np.int64]) -> None:
        """Keep the given rows in the given order; a row may be repeated (prefill once, decode many)."""
        if len(rows) == len(self.lengths) and np.array_equal(rows, np.arange(len(rows))):
            return
        used = int(self.lengths.max(initial=0))
        if len(rows) > len(self.lengths):
            self.arrays = [_grown(array, rows, used) for array in self.arrays]
        else:
            for array in self.arrays:
                array[: len(rows), :, :used] = array[rows, :, :used]
            self.arrays = [array[: len(rows)] for array in self.arrays]
        self.lengths = self.lengths[rows]


def _grown(array: NDArray[np.float32], rows: NDArray[np.int64], used: int) -> NDArray[np.float32]:
    grown = np.empty((len(rows), *array.shape[1:]), dtype=np.float32)
    grown[:, :, :used] = array[rows, :, :used]
    return grown


@dataclass(frozen=True)
class Decoder:
    """A causal model; every call extends a cache and returns the logits asked for."""

    geometry: Geometry
    session: Session = field(repr=False)

    @property
    def capacity(self) -> int:
        return POSITIONS

    def empty_cache(self, rows: int, capacity: int) -> Cache:
        g = self.geometry
        shape = (rows, g.kv_heads, capacity, g.head_dim)
        arrays = [np.empty(shape, dtype=np.float32) for _ in range(2 * g.layers)]
        return Cache(arrays, np.zeros(rows, dtype=np.int64))

    def step(self, ids: Ids, lengths: Ids, cache: Cache, positions: Ids) -> Logits:
        """Read `ids` `[rows, length]` (right-padded, `lengths` real ones in each row) and extend the cache.

        Returns logits `[wanted, vocabulary]` at `positions` `[wanted, 2]`, (row, position within `ids`).
        More than one token a row is read only into an empty cache.
        """
        after = cache.lengths + lengths
        binding = self.session.io_binding()
        binding.bind_cpu_input("input_ids", np.ascontiguousarray(ids))
        binding.bind_cpu_input("positions", np.ascontiguousarray(positions))
        binding.bind_cpu_input("last", (after - 1).astype(np.int32))
        # Prefill counts the padding: every row is read to the width of the batch.
        total = int(ids.shape[1]) if ids.shape[1] > 1 else int(after.max())
        binding.bind_cpu_input("total", np.array([total], dtype=np.int32))
        binding.bind_output("logits", "cpu")
        for index, array in enumerate(cache.arrays):
            kind, layer = ("key", "value")[index % 2], index // 2
            value = ort.OrtValue.ortvalue_from_numpy(array)
            binding.bind_ortvalue_input(f"past_{kind}.{layer}", value)
            binding.bind_ortvalue_output(f"present_{kind}.{layer}", value)
        self.session.run_with_iobinding(binding)
        cache.lengths = after
        logits: Logits = binding.get_outputs()[0].numpy()
        return logits
