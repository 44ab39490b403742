"""One step of a decoder graph: token ids in, the likeliest tokens out, the key-value cache kept in place."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.engine.cache import Cache, Ids
from bylostalo.inference.engine.geometry import Geometry
from bylostalo.inference.engine.layout import POSITIONS
from bylostalo.inference.engine.processor import has_dot_products

Floats = NDArray[np.float32]
UNSIGNED_WEIGHTS = ("session.x64quantprecision", "1")
"""On x86 processors without 8-bit dot products the kernel for signed weights adds pairs of products in 16 bits, which
overflow; that for unsigned ones is exact, and a third slower."""
OUTPUTS = ("log_probabilities", "best", "tokens", "chosen")


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
    """An ONNX Runtime session on the CPU; its weights are mapped from the file beside the graph. An arena would keep
    what the largest batch took."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    if not has_dot_products():
        options.add_session_config_entry(*UNSIGNED_WEIGHTS)
    return Session(ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"]))


def load_decoder(graph: Path, geometry: Geometry, *, threads: int) -> "Decoder":
    """The decoder of a graph."""
    return Decoder(geometry, open_graph(graph, threads=threads))


@dataclass(frozen=True)
class Best:
    """The likeliest next tokens, int64 `[wanted, count]`, the likeliest first, and their log-probabilities."""

    tokens: Ids
    log_probabilities: Floats


@dataclass(frozen=True)
class Decoder:
    """A causal model; every call extends a cache. `halt` is called before every step; what it raises ends the
    decoding."""

    geometry: Geometry
    session: Session = field(repr=False)
    halt: Callable[[], None] = field(default=lambda: None, repr=False)

    @property
    def capacity(self) -> int:
        return POSITIONS

    def empty_cache(self, rows: int, capacity: int, *, places: int | None = None) -> Cache:
        """For prompts of `rows` rows, each of which may go on in many ways: in `places` in all."""
        g = self.geometry
        order = np.arange(rows)
        whole = np.empty((2 * g.layers, places or rows, g.kv_heads, capacity, g.head_dim), dtype=np.float32)
        origins = np.full(places or rows, rows)
        origins[:rows] = order
        return Cache(whole, order, 0 * order, origins, 0 * order)

    def step(self, ids: Ids, lengths: Ids, cache: Cache, positions: Ids, *, count: int = 1) -> Best:
        """Read `ids` `[rows, length]` (right-padded, `lengths` real ones in each row) and extend the cache; the `count`
        likeliest tokens after each of `positions` `[wanted, 2]`, (row, position within `ids`).

        More than one token a row is read only into an empty cache.
        """
        tokens, found = self._run(["tokens", "best"], ids, lengths, cache, positions, count=count)
        return Best(tokens, found)

    def chosen(self, ids: Ids, lengths: Ids, positions: Ids, tokens: Ids) -> Floats:
        """Log-probabilities `[wanted]` of `tokens` `[wanted]` after `positions`; `ids` are read as in a first step."""
        cache = self.empty_cache(*ids.shape)
        found: list[Floats] = self._run(["chosen"], ids, lengths, cache, positions, tokens=tokens)
        return found[0][:, 0]

    def log_probabilities(self, ids: Ids, lengths: Ids, cache: Cache, positions: Ids) -> Floats:
        """A step that tells of every token, `[wanted, vocabulary]`."""
        found: list[Floats] = self._run(["log_probabilities"], ids, lengths, cache, positions)
        return found[0]

    def _run(
        self,
        outputs: Sequence[str],
        ids: Ids,
        lengths: Ids,
        cache: Cache,
        positions: Ids,
        *,
        count: int = 1,
        tokens: Ids | None = None,
    ) -> list[Any]:
        self.halt()
        if not cache.lengths.any():
            cache.beginnings = lengths
        after = cache.lengths + lengths
        # Prefill counts the padding: every row is read to the width of the batch.
        total = int(ids.shape[1]) if ids.shape[1] > 1 else int(after.max())
        rows = np.argsort(cache.places)
        binding = _binding(self.session, cache)
        inputs = {
            "input_ids": ids[rows],
            "positions": np.stack([cache.places[positions[:, 0]], positions[:, 1]], axis=1),
            "last": (after[rows] - 1).astype(np.int32),
            "total": np.array([total], dtype=np.int32),
            "count": np.array([count]),
            "chosen_tokens": np.zeros((len(positions), 1), dtype=np.int64) if tokens is None else tokens[:, None],
        }
        for name, value in inputs.items():
            binding.bind_cpu_input(name, np.ascontiguousarray(value))
        for name in OUTPUTS:
            binding.bind_output(name, "cpu")
        self.session.run_with_iobinding(binding)
        cache.lengths = after
        found = binding.get_outputs()
        return [found[OUTPUTS.index(name)].numpy() for name in outputs]


def _binding(session: Session, cache: Cache) -> ort.IOBinding:
    """Of the session to the places where the rows lie, made anew when their number has changed."""
    rows = len(cache.places)
    if cache.binding is None or cache.bound != rows:
        cache.binding, cache.bound = session.io_binding(), rows
        for name in OUTPUTS:  # bound first, they are the first of its outputs
            cache.binding.bind_output(name, "cpu")
        for index, array in enumerate(cache.whole):
            kind, layer = ("key", "value")[index % 2], index // 2
            value = ort.OrtValue.ortvalue_from_numpy(array[:rows])
            cache.binding.bind_ortvalue_input(f"past_{kind}.{layer}", value)
            cache.binding.bind_ortvalue_output(f"present_{kind}.{layer}", value)
    return cache.binding
