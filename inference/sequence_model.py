"""The sequence-to-sequence model as text in, text out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bylostalo.inference.artifacts import assembled, embedded_geometry
from bylostalo.inference.engine.decode import beam_search, score
from bylostalo.inference.engine.session import Decoder, open_graph
from bylostalo.inference.engine.vocabulary import BOS, Vocabulary, embedded_vocabulary

MAX_PROMPT_TOKENS = 250
"""The model was trained on rows of at most this many tokens; a longer source is not given to it."""
_MAX_NEW_TOKENS = 200


@dataclass(frozen=True)
class Generated:
    """A generated text and its mean log-probability a token."""

    text: str
    mean: float


@dataclass(frozen=True)
class SequenceModel:
    """Generates and scores; prompts and targets are texts with reserved characters."""

    decoder: Decoder = field(repr=False)
    vocabulary: Vocabulary = field(repr=False)

    def generate(self, prompts: Sequence[str], *, beams: int) -> list[list[Generated]]:
        """Up to `beams` different texts a prompt, the likeliest first; none where the prompt is too long."""
        encoded = [[BOS, *self.vocabulary.encode(prompt)] for prompt in prompts]
        fitting = [i for i, ids in enumerate(encoded) if len(ids) <= MAX_PROMPT_TOKENS]
        limits = [min(_MAX_NEW_TOKENS, len(encoded[i]) * 3 // 2 + 16) for i in fitting]
        found = beam_search(self.decoder, [encoded[i] for i in fitting], limits=limits, beams=beams)
        results: list[list[Generated]] = [[] for _ in prompts]
        for i, candidates in zip(fitting, found, strict=True):
            results[i] = [Generated(self.vocabulary.decode(c.ids), c.mean) for c in candidates]
        return results

    def score(self, prompts: Sequence[str], targets: Sequence[str]) -> list[float]:
        """Mean log-probability a token of each target after its prompt."""
        return score(
            self.decoder,
            [[BOS, *self.vocabulary.encode(prompt)] for prompt in prompts],
            [self.vocabulary.encode(target) for target in targets],
        )


def load_sequence_model(folder: Path, *, layers: int, threads: int) -> SequenceModel:
    session = open_graph(assembled(folder, layers=layers), threads=threads)
    return SequenceModel(Decoder(embedded_geometry(layers), session), embedded_vocabulary())
