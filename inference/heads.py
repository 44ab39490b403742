"""The classifier's two heads over the encoder's states, in numpy."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
_CERTAIN = 8.0


def pooled(states: Array) -> Array:
    """Mean and maximum over the tokens of a reply: `[length, hidden]` → `[2·hidden]`."""
    both: Array = np.concatenate([states.mean(axis=0), states.max(axis=0)])
    return both


@dataclass(frozen=True)
class Heads:
    """`spans` `[span codes, hidden]` reads every state; `codes` `[codes, 2·hidden + span codes]` reads mean and
    maximum of the reply's states and the highest span logit of each code; a bias each."""

    codes: Array
    codes_bias: Array
    spans: Array
    spans_bias: Array

    def features(self, states: Array) -> Array:
        """What the code head reads, `[2·hidden + span codes]`."""
        highest = np.clip(self.token_logits(states).max(axis=0), -_CERTAIN, _CERTAIN)
        joined: Array = np.concatenate([pooled(states), highest])
        return joined

    def reply_logits(self, states: Array) -> Array:
        """States of one reply's tokens `[length, hidden]` → `[codes]`."""
        logits: Array = self.codes @ self.features(states) + self.codes_bias
        return logits

    def token_logits(self, states: Array) -> Array:
        """`[length, hidden]` → `[length, span codes]`."""
        logits: Array = states @ self.spans.T + self.spans_bias
        return logits
