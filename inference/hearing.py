"""An apology that has heard the customer: «Простите, что торт привезли смятый».

The model, made to begin with «простите, что», says it of the message alone, as it learnt from pairs of kind `heard`;
how likely the whole of it is tells whether there is anything to be sorry for. It is given out only if it `retells` the
message.
"""

from collections.abc import Sequence

from bylostalo.inference.facts.protect import Slots, protect, restore
from bylostalo.inference.opening import closed, opened
from bylostalo.inference.prompts import heard_prompt
from bylostalo.inference.retelling import retells
from bylostalo.inference.sequence_model import SequenceModel
from bylostalo.inference.turning import turned

BEAMS = 4
BEGINNING = opened("Простите, что")
SURE = -6.0
"""So likely as a whole (natural logarithm) what is said must be. Set by reading."""


def heard(model: SequenceModel, messages: Sequence[str]) -> list[str | None]:
    """For each message the likeliest sentence that may be said to it; None where there is none, or no sure one."""
    asked = [protect(message) for message in messages]
    prompts = [heard_prompt(masked) for masked, _ in asked]
    beams = model.generate([f"{prompt}{BEGINNING}" for prompt in prompts], beams=BEAMS) if asked else []
    rows = [(row, f"{BEGINNING}{one.text}") for row, beam in enumerate(beams) for one in beam]
    told = [(row, said, _told(said, asked[row][1], messages[row])) for row, said in rows]
    fitting = [(row, said, text) for row, said, text in told if retells(messages[row], text)]
    scores = model.score([prompts[row] for row, *_ in fitting], [said for _, said, _ in fitting]) if fitting else []
    sure = [(row, text) for (row, _, text), score in zip(fitting, scores, strict=True) if score.whole >= SURE]
    return [dict(reversed(sure)).get(row) for row in range(len(messages))]


def _told(said: str, slots: Slots, message: str) -> str:
    return turned(closed(restore(said, slots), like="А"), message)
