"""What the rewriter is asked and how it answers: texts, each with its opening, joined by reserved characters."""

from bylostalo.inference import reserved
from bylostalo.inference.opening import opened

DROPPED = reserved.DROP


def target(text: str) -> str:
    """The answer that says this text; an empty one drops the sentence."""
    return opened(text) or DROPPED


def sentence_prompt(sentence: str, note: str = "") -> str:
    """Say this sentence plainly, a note woven in where there is one; an empty sentence: make the note a sentence."""
    woven = f"{reserved.NOTE}{opened(note)}" if note else ""
    return f"{woven}{reserved.SENTENCE}{opened(sentence)}{reserved.TARGET}"


def reverse_prompt(rewrite: str) -> str:
    """Which cold sentence did this plain one come from?"""
    return f"{reserved.REVERSE}{opened(rewrite)}{reserved.TARGET}"


def heard_prompt(message: str) -> str:
    """Say one sentence that shows the customer that this message was heard."""
    return f"{reserved.CLIENT}{opened(message)}{reserved.TARGET}"
