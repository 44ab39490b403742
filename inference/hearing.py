"""An apology that has heard the customer: «Простите, что торт привезли смятый».

The model says it of the message alone, as it learnt from pairs of kind `heard`; it is given out only if it `retells`
the message.
"""

from collections.abc import Sequence

from bylostalo.inference.facts.protect import protect, restore
from bylostalo.inference.opening import closed
from bylostalo.inference.prompts import heard_prompt
from bylostalo.inference.retelling import retells
from bylostalo.inference.sequence_model import SequenceModel

BEAMS = 4
SURE = -6.0
"""So likely as a whole (natural logarithm) what is said must be. Set by reading."""


def heard(model: SequenceModel, messages: Sequence[str]) -> list[str | None]:
    """For each message the likeliest sentence that may be said to it; None where there is none, or no sure one."""
    asked = [protect(message) for message in messages]
    beams = model.generate([heard_prompt(masked) for masked, _ in asked], beams=BEAMS) if asked else []
    said = []
    for message, (_, slots), beam in zip(messages, asked, beams, strict=True):
        sure = (one.text for one in beam if one.likelihood.whole >= SURE)
        texts = (closed(restore(text, slots), like="А") for text in sure)
        said.append(next((text for text in texts if retells(message, text)), None))
    return said
