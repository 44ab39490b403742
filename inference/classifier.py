"""What is wrong with a reply: one pass of the encoder, two heads, n-grams beside them, thresholds."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from bylostalo.data.errors import BylostaloError
from bylostalo.data.taxonomy import by_code
from bylostalo.inference.artifacts import model_folder, read_config
from bylostalo.inference.encoder import Encoder, load_encoder
from bylostalo.inference.engine.decode import batches, pad
from bylostalo.inference.framing import Offsets, Window, windows
from bylostalo.inference.heads import Heads
from bylostalo.inference.ngrams import Ngrams
from bylostalo.inference.questions import question
from bylostalo.inference.reserved import strip_reserved
from bylostalo.inference.results import STRICTNESS, Diagnosis, Problem, Span

TOKEN_BUDGET = 1_024
TOGETHER = 64
"""Replies whose states are held at once, about 0.4 MB each."""
REACH = 6.0
"""How far, in log-odds, the thresholds move between the strictness of nought and one."""
_MASKED = -1e4
Array = NDArray[np.float32]


@dataclass(frozen=True)
class Reading:
    """What the model says of one reply before any threshold: a probability a code, and for every token of the
    reply its characters and a probability a span code `[tokens, span codes]`."""

    codes: Array
    offsets: Offsets
    tokens: Array


def sigmoid(logits: Array) -> Array:
    result = 1 / (1 + np.exp(-logits.astype(np.float64)))
    return result.astype(np.float32)


def merged_spans(offsets: Offsets, marked: NDArray[np.bool_]) -> tuple[Span, ...]:
    """Runs of marked tokens as character spans; runs one token apart are one."""
    spans: list[Span] = []
    previous = -3
    for index in np.flatnonzero(marked):
        start, stop = offsets[index]
        if index - previous <= 2:
            spans[-1] = (spans[-1][0], stop)
        else:
            spans.append((start, stop))
        previous = int(index)
    return tuple(spans)


def trimmed(text: str, span: Span) -> Span:
    """The span widened to whole words and without surrounding spaces."""
    start, stop = span
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while stop < len(text) and text[stop - 1].isalnum() and text[stop].isalnum():
        stop += 1
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return start, stop


def joined(parts: Sequence[tuple[Window, Array]]) -> tuple[Offsets, Array]:
    """The windows of one reply as one: the mean of the states where they overlap."""
    if len(parts) == 1:
        return parts[0][0].offsets, parts[0][1]
    order = sorted({offset for part, _ in parts for offset in part.offsets})
    place = {offset: index for index, offset in enumerate(order)}
    total = np.zeros((len(order), parts[0][1].shape[1]), dtype=np.float32)
    count = np.zeros((len(order), 1), dtype=np.float32)
    for part, states in parts:
        rows = [place[offset] for offset in part.offsets]
        np.add.at(total, rows, states)
        np.add.at(count, rows, 1.0)
    return order, total / count


@dataclass(frozen=True)
class Classifier:
    """Diagnoses replies; safe to share between threads."""

    encoder: Encoder = field(repr=False)
    heads: Heads = field(repr=False)
    ngrams: Ngrams = field(repr=False)
    codes: tuple[str, ...]
    span_codes: tuple[str, ...]
    thresholds: Array
    span_thresholds: Array
    max_tokens: int

    @classmethod
    def from_pretrained(
        cls, name_or_path: str | None = None, *, threads: int = 0, strictness: float = STRICTNESS
    ) -> "Classifier":
        """The shipped classifier, or one from a local folder that `bylostalo train classifier` exported.

        `strictness` from 0 (hardly a false alarm) to 1 (hardly a miss); the thresholds were fitted at a half.
        """
        folder = model_folder(name_or_path, "classifier")
        config = read_config(folder)
        return with_strictness(load_classifier(folder, config, threads=threads), strictness)

    def states(self, replies: Sequence[str], client_messages: Sequence[str | None]) -> list[tuple[Offsets, Array]]:
        """Characters and encoder state of every token of every reply, `[tokens, hidden]`; a long reply is read in
        overlapping windows, whole."""
        parts: list[Window] = []
        owners: list[int] = []
        for owner, (reply, message) in enumerate(zip(replies, client_messages, strict=True)):
            found = windows(
                message,
                strip_reserved(reply),
                tokenize=self.encoder.tokenize,
                frame=self.encoder.frame,
                max_tokens=self.max_tokens,
            )
            parts.extend(found)
            owners.extend([owner] * len(found))
        seen: list[list[tuple[Window, Array]]] = [[] for _ in replies]
        for batch in batches([len(part.ids) for part in parts], budget=TOKEN_BUDGET):
            ids, lengths = pad([parts[index].ids for index in batch])
            bias = np.where(np.arange(ids.shape[1]) < lengths[:, None], 0.0, _MASKED).astype(np.float32)
            hidden = self.encoder.encode(ids, bias[:, None, None, :])
            for row, index in enumerate(batch):
                part = parts[index]
                seen[owners[index]].append((part, hidden[row, part.start : part.stop]))
        return [joined(found) for found in seen]

    def read(self, replies: Sequence[str], client_messages: Sequence[str | None]) -> list[Reading]:
        """Probabilities of every reply, in order."""
        parts = (slice(start, start + TOGETHER) for start in range(0, len(replies), TOGETHER))
        return [one for part in parts for one in self._read(replies[part], client_messages[part])]

    def _read(self, replies: Sequence[str], client_messages: Sequence[str | None]) -> list[Reading]:
        found = self.states(replies, client_messages)
        phrases = [
            self.ngrams.logits(strip_reserved(reply), strip_reserved(message or ""))
            for reply, message in zip(replies, client_messages, strict=True)
        ]
        return [self.reading(*known, said) for known, said in zip(found, phrases, strict=True)]

    def reading(self, offsets: Offsets, states: Array, phrases: Array) -> Reading:
        """Probabilities of a reply whose states and n-gram logits `[codes]` are known."""
        if not offsets:
            empty = np.zeros((0, len(self.span_codes)), dtype=np.float32)
            return Reading(np.zeros(len(self.codes), dtype=np.float32), [], empty)
        codes = sigmoid(self.heads.reply_logits(states) + phrases)
        return Reading(codes, offsets, sigmoid(self.heads.token_logits(states)))

    def judge(self, text: str, reading: Reading, client_message: str | None) -> Diagnosis:
        """The problems above their thresholds, with their spans and what a person has to add."""
        problems = []
        for index, code in enumerate(self.codes):
            if reading.codes[index] < self.thresholds[index]:
                continue
            known = by_code(code)
            if known.needs_client_message and not client_message:
                continue
            spans = self._spans(text, reading, code) if known.has_spans else ()
            problems.append(Problem(code=code, score=float(reading.codes[index]), spans=spans))
        problems.sort(key=lambda problem: -problem.score)
        asked = (question(problem.code, reply=text, client_message=client_message) for problem in problems)
        return Diagnosis(problems=tuple(problems), missing=tuple(dict.fromkeys(filter(None, asked))))

    def _spans(self, text: str, reading: Reading, code: str) -> tuple[Span, ...]:
        column = self.span_codes.index(code)
        probabilities = reading.tokens[:, column]
        marked = probabilities >= self.span_thresholds[column]
        if not marked.any():
            marked = probabilities >= probabilities.max()
        spans = (trimmed(text, span) for span in merged_spans(reading.offsets, marked))
        return tuple(dict.fromkeys(span for span in spans if span[0] < span[1]))

    def diagnose(self, replies: Sequence[str], client_messages: Sequence[str | None] | None = None) -> list[Diagnosis]:
        """One diagnosis a reply, in order."""
        messages = client_messages if client_messages is not None else [None] * len(replies)
        readings = self.read(replies, messages)
        return [
            self.judge(strip_reserved(reply), reading, message)
            for reply, reading, message in zip(replies, readings, messages, strict=True)
        ]


def with_strictness(classifier: Classifier, strictness: float) -> Classifier:
    """The same classifier with its thresholds moved by log-odds."""
    if not 0 <= strictness <= 1:
        raise BylostaloError(f"строгость {strictness}: ожидается число от 0 до 1")
    kept = classifier.thresholds.astype(np.float64)
    moved = np.log(kept / (1 - kept)) + REACH * (STRICTNESS - strictness)
    return dataclasses.replace(classifier, thresholds=sigmoid(moved.astype(np.float32)))


def load_classifier(folder: Path, config: dict[str, Any], *, threads: int) -> Classifier:
    return Classifier(
        encoder=load_encoder(folder, config, threads=threads),
        heads=Heads(**load_file(folder / "heads.safetensors")),
        ngrams=Ngrams(**load_file(folder / "ngrams.safetensors")),
        codes=tuple(config["codes"]),
        span_codes=tuple(config["span_codes"]),
        thresholds=np.array(config["thresholds"], dtype=np.float32),
        span_thresholds=np.array(config["span_thresholds"], dtype=np.float32),
        max_tokens=config["max_tokens"],
    )
