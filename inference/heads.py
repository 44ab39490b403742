"""The classifier's two heads over the encoder's states, in numpy."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Heads:
    """`codes` `[codes, 2·hidden]` reads mean and maximum of the reply's states, `spans` `[span codes, hidden]` each
    state; a bias each."""

    codes: Array
    codes_bias: Array
    spans: Array
    spans_bias: Array

    def reply_logits(self, states: Array) -> Array:
        """States of one reply's tokens `[length, hidden]` → `[codes]`."""
        pooled = np.concatenate([states.mean(axis=0), states.max(axis=0)])
        logits: Array = self.codes @ pooled + self.codes_bias
        return logits

    def token_logits(self, states: Array) -> Array:
        """`[length, hidden]` → `[length, span codes]`."""
        logits: Array = states @ self.spans.T + self.spans_bias
        return logits
