"""The sequence-to-sequence model as text in, text out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from bylostalo.inference.artifacts import embedded_geometry
from bylostalo.inference.engine.decode import beam_search, score
from bylostalo.inference.engine.session import Decoder, load_decoder
from bylostalo.inference.engine.vocabulary import BOS, Vocabulary, embedded_vocabulary
from bylostalo.inference.memory import Memory

MAX_PROMPT_TOKENS = 250
"""The model was trained on rows of at most this many tokens; a longer source is not given to it."""
_MAX_NEW_TOKENS = 200
REMEMBERED = 4_096
"""Prompts whose candidates are remembered: about 10 MB."""


class Likelihood(NamedTuple):
    """Log-probability of a text, end included: the mean of its tokens and that of the whole."""

    mean: float
    whole: float


class Generated(NamedTuple):
    text: str
    likelihood: Likelihood


Beam = tuple[Generated, ...]


@dataclass(frozen=True)
class SequenceModel:
    """Generates and scores; prompts and targets are texts with reserved characters. What was asked lately is not
    computed again. Safe to share between threads."""

    decoder: Decoder = field(repr=False)
    vocabulary: Vocabulary = field(repr=False)
    generated: Memory[tuple[str, int], Beam] = field(default_factory=lambda: Memory(REMEMBERED), repr=False)
    scored: Memory[tuple[str, str], Likelihood] = field(default_factory=lambda: Memory(4 * REMEMBERED), repr=False)

    def generate(self, prompts: Sequence[str], *, beams: int) -> list[Beam]:
        """Up to `beams` different texts a prompt, the likeliest first; none where the prompt is too long."""
        asked = [(prompt, beams) for prompt in prompts]
        return self.generated.answers(asked, lambda new: self._generate([prompt for prompt, _ in new], beams))

    def score(self, prompts: Sequence[str], targets: Sequence[str]) -> list[Likelihood]:
        """How likely each target is after its prompt."""
        return self.scored.answers(list(zip(prompts, targets, strict=True)), self._score)

    def watched(self, halt: Callable[[], None]) -> "SequenceModel":
        """The same model; what `halt` raises, asked before every step, ends the work."""
        return replace(self, decoder=replace(self.decoder, halt=halt))

    def forgetful(self) -> "SequenceModel":
        """The same model, but nothing is remembered."""
        return replace(self, generated=Memory(0), scored=Memory(0))

    def _generate(self, prompts: Sequence[str], beams: int) -> list[Beam]:
        encoded = [[BOS, *self.vocabulary.encode(prompt)] for prompt in prompts]
        fitting = [i for i, ids in enumerate(encoded) if len(ids) <= MAX_PROMPT_TOKENS]
        limits = [min(_MAX_NEW_TOKENS, len(encoded[i]) * 3 // 2 + 16) for i in fitting]
        found = beam_search(self.decoder, [encoded[i] for i in fitting], limits=limits, beams=beams)
        results: list[Beam] = [() for _ in prompts]
        for i, candidates in zip(fitting, found, strict=True):
            results[i] = tuple(
                Generated(self.vocabulary.decode(c.ids), Likelihood(c.mean, c.log_probability)) for c in candidates
            )
        return results

    def _score(self, pairs: Sequence[tuple[str, str]]) -> list[Likelihood]:
        targets = [self.vocabulary.encode(target) for _, target in pairs]
        means = score(self.decoder, [[BOS, *self.vocabulary.encode(prompt)] for prompt, _ in pairs], targets)
        return [Likelihood(mean, mean * (len(ids) + 1)) for mean, ids in zip(means, targets, strict=True)]


def load_sequence_model(graph: Path, *, layers: int, threads: int) -> SequenceModel:
    """From an assembled graph with its weights beside it."""
    decoder = load_decoder(graph, embedded_geometry(layers), threads=threads)
    return SequenceModel(decoder, embedded_vocabulary())
