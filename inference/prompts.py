"""What the rewriter is asked: source texts joined by reserved characters."""

from bylostalo.inference import reserved

DROPPED = reserved.DROP
FAITHFUL, UNFAITHFUL = "да", "нет"


def sentence_prompt(sentence: str) -> str:
    """Say this sentence plainly."""
    return f"{reserved.SENTENCE}{sentence}{reserved.TARGET}"


def note_prompt(sentence: str, note: str) -> str:
    """Say this sentence plainly with the note woven in; an empty sentence: make the note a sentence."""
    return f"{reserved.NOTE}{note}{reserved.SENTENCE}{sentence}{reserved.TARGET}"


def reverse_prompt(rewrite: str) -> str:
    """Which cold sentence did this plain one come from?"""
    return f"{reserved.REVERSE}{rewrite}{reserved.TARGET}"


def judge_prompt(sentence: str, rewrite: str) -> str:
    """Does the rewrite say what the sentence says, no more and no less? The answer is `FAITHFUL` or `UNFAITHFUL`."""
    return f"{reserved.SENTENCE}{sentence}{reserved.REPLY}{rewrite}{reserved.TARGET}"
