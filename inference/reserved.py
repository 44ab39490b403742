"""Reserved characters: one private-use code point a control token.

Slots stand for protected facts; the tags say what the rewriter is asked for and where its answer begins.
"""

import re

SLOT_COUNT = 32
_FIRST = 0xE000

SLOTS = tuple(chr(_FIRST + index) for index in range(SLOT_COUNT))
SENTENCE, REPLY, REVERSE, NOTE, CLIENT, TARGET, DROP, SPARE = (chr(_FIRST + SLOT_COUNT + index) for index in range(8))
RESERVED = {chr(_FIRST + index): index for index in range(SLOT_COUNT + 8)}
_ANY = re.compile(f"[{''.join(RESERVED)}]")


def strip_reserved(text: str) -> str:
    """The text without reserved characters, as it must be before it is joined into a prompt."""
    return _ANY.sub("", text)
