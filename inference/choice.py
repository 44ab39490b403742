"""Which candidate of a sentence is given out: the locks first, then what is likeliest in both directions."""

from collections.abc import Sequence
from dataclasses import dataclass

from bylostalo.inference.facts.compare import compare
from bylostalo.inference.facts.extract import extract
from bylostalo.inference.meaning import coverage, flips
from bylostalo.inference.prompts import DROPPED
from bylostalo.inference.reserved import RESERVED

REVERSE_WEIGHT = 1.0
KEPT_WEIGHT = 1.0
ADDED_WEIGHT = 1.0
NOTE_KEPT = 0.7


@dataclass(frozen=True)
class Source:
    """A sentence of the reply, and the note to be woven in where there is one; either may be empty."""

    sentence: str
    note: str = ""


@dataclass(frozen=True)
class Option:
    """A candidate text with its mean log-probability given the source (`forward`), and that of the source given
    it (`reverse`)."""

    text: str
    forward: float
    reverse: float


def keeps_facts(source: Source, text: str) -> bool:
    notes = [source.note] if source.note else []
    return compare(text, before=source.sentence, notes=notes).ok


def keeps_meaning(source: Source, text: str) -> bool:
    return not flips(source.sentence, text, note=source.note)


def is_whole(source: Source, text: str) -> bool:
    """Something is said, no reserved character is left, and it is no essay."""
    length = len(source.sentence) + len(source.note)
    return bool(text.strip()) and not RESERVED.keys() & set(text) and len(text) <= 1.6 * length + 30


def keeps_note(source: Source, text: str) -> bool:
    """Most words of the note are in the text in some form."""
    return not source.note or coverage(source.note, text).kept >= NOTE_KEPT


LOCKS = (is_whole, keeps_note, keeps_facts, keeps_meaning)


def may_drop(source: Source) -> bool:
    """A sentence may go only if it holds no fact and no note."""
    return not source.note and not extract(source.sentence)


def is_safe(source: Source, text: str) -> bool:
    if text == DROPPED:
        return may_drop(source)
    return all(lock(source, text) for lock in LOCKS)


def value(source: Source, option: Option) -> float:
    if option.text == DROPPED:
        return option.forward + REVERSE_WEIGHT * option.reverse
    covered = coverage(source.sentence, option.text, note=source.note)
    likely = option.forward + REVERSE_WEIGHT * option.reverse
    return likely + KEPT_WEIGHT * covered.kept - ADDED_WEIGHT * covered.added


def changes(source: Source, options: Sequence[Option]) -> list[Option]:
    """The candidates without the unchanged sentence, which any reverse score favours, unless the model itself
    puts it first."""
    if options and options[0].text == source.sentence:
        return list(options[:1])
    return [option for option in options if option.text != source.sentence]


def choose(source: Source, options: Sequence[Option]) -> str | None:
    """The best safe candidate, or None: then the sentence stays as it was."""
    safe = [option for option in changes(source, options) if is_safe(source, option.text)]
    return max(safe, key=lambda option: value(source, option)).text if safe else None
