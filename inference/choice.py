"""Which candidate of a sentence is given out: the locks first, then what is likeliest in both directions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import NamedTuple

from bylostalo.data.synthesis.words import words
from bylostalo.inference.agreement import disagreements
from bylostalo.inference.facts.compare import compare
from bylostalo.inference.facts.extract import extract
from bylostalo.inference.meaning import coverage, flips, things_added
from bylostalo.inference.mending.openings import without_opening
from bylostalo.inference.mending.waiting import ORDER
from bylostalo.inference.notes import holds
from bylostalo.inference.orders import PLEASE, asks, promises_please
from bylostalo.inference.prompts import DROPPED
from bylostalo.inference.reserved import RESERVED
from bylostalo.inference.sequence_model import Likelihood
from bylostalo.inference.spelling import invented_words
from bylostalo.inference.thou import THOU, as_thou, as_you

GAIN = 0.05
"""So much likelier (mean logarithm a token) than the sentence as it is a candidate must be: less likely edits mend
little and often shift the meaning, and a rewrite that is fed back in would change again."""
SURE = -9.0
"""So likely a candidate and the sentence given it must be as a whole (natural logarithms, the way back weighs by
`Weights.reverse`). Set by reading: of edits above it 3 % shift the meaning, of those below it 24 %."""
SURE_BESIDE_RULE = -6.0
"""So sure the model must be where a rule, which hardly errs, makes the sentence plain. Below it, of 24 edits of
validation 6 erred."""
SURE_OF_NOTE = -6.0
"""So likely (natural logarithm) a sentence with its note woven in must be, where there is no way back."""
DISMISSIBLE = -8.5
"""So likely (natural logarithm) the model must find it that an idle sentence is dropped. Set by reading: of 41
such sentences above it authors keep a content in 7, of 9 below it in 7."""
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
FORBIDDEN = re.compile(r"(?<!\w)не\s+\w+те(?:сь)?(?!\w)", re.IGNORECASE)
CONGRATULATION = re.compile(r"(?<!\w)поздравля", re.IGNORECASE)
BARE_CLAUSE = re.compile(r"(?:Если|Когда|Чтобы|Хотя|Поскольку|Так как|Потому что)\b[^,;:?–—]*")


@dataclass(frozen=True)
class Weights:
    """What counts for a candidate beside its own likelihood: that of the source given it, the share of the source's
    words that it keeps and of its own words that have no source; and how much likelier dropping must be.

    Fitted on the validation split by `bylostalo train choice`, but for `drop`: likeness alone would have it lower,
    yet a content that vanishes costs more than a phrase that stays.
    """

    reverse: float = 0.5
    kept: float = 0.5
    added: float = 0.5
    drop: float = 0.0


FITTED = Weights()


@dataclass(frozen=True)
class Source:
    """A sentence of the reply, and the note that belongs to it where there is one. `address`: «ты» where the house says
    so; `idle`: the sentence does nothing but lecture, offend or say a cliché; `is_message`: it is the customer's
    message, to be heard and not rewritten."""

    sentence: str
    note: str = ""
    address: str = ""
    idle: bool = False
    is_message: bool = False


def addressed(text: str, source: Source) -> str:
    """The text as the house of the source calls the reader."""
    return as_thou(text) if source.address == "ты" else text


def unchanged(source: Source) -> str:
    """The sentence as it stays."""
    return addressed(source.sentence, source)


@dataclass(frozen=True)
class Option:
    """A candidate text, how likely it is given the source (`forward`), and the source given it (`reverse`): None where
    there is no way back."""

    text: str
    forward: Likelihood
    reverse: Likelihood | None = None


def keeps_facts(source: Source, text: str) -> bool:
    notes = [source.note] if source.note else []
    return compare(text, before=source.sentence, notes=notes).ok


def keeps_meaning(source: Source, text: str) -> bool:
    """«Ты» means what «вы» means."""
    if source.address == "ты":
        return not flips(as_you(source.sentence), as_you(text), note=as_you(source.note))
    return not flips(source.sentence, text, note=source.note)


def keeps_address(source: Source, text: str) -> bool:
    """None but a house that says «ты» calls the reader so of itself."""
    said = f"{source.sentence} {source.note}"
    return source.address == "ты" or not THOU.search(text) or bool(THOU.search(said))


def adds_no_thing(source: Source, text: str) -> bool:
    return not things_added(source.sentence, text, note=source.note)


def spells_words(source: Source, text: str) -> bool:
    return not invented_words(f"{source.sentence} {source.note}", text)


def stands_alone(source: Source, text: str) -> bool:
    """No sentence of it is a subordinate clause that nothing follows («Если вы вправе отменить заказ.»)."""
    return not any(BARE_CLAUSE.fullmatch(one) for one in SENTENCE_END.split(text) if one not in source.sentence)


def agrees(source: Source, text: str) -> bool:
    return not disagreements(text) - disagreements(f"{source.sentence} {source.note}")


def is_whole(source: Source, text: str) -> bool:
    """Something is said, no reserved character is left, and it is no essay."""
    length = len(source.sentence) + len(source.note)
    return bool(text.strip()) and not RESERVED.keys() & set(text) and len(text) <= 1.6 * length + 30


def asks_once(source: Source, text: str) -> bool:
    """«Пожалуйста» is said once, of what is asked, and not to somebody who is scolded («Выбирайте, пожалуйста,
    выражения») rather than told to wait."""
    please = len(PLEASE.findall(text))
    scolded = source.idle and not ORDER.search(source.sentence)
    once = please <= max(0 if scolded else 1, len(PLEASE.findall(source.sentence)))
    return once and not promises_please(text)


def keeps_note(source: Source, text: str) -> bool:
    """The note is in the text word for word: in other words the model often turns it round."""
    return not source.note or holds(text, source.note)


LOCKS = (
    is_whole,
    stands_alone,
    spells_words,
    agrees,
    keeps_address,
    asks_once,
    keeps_note,
    keeps_facts,
    keeps_meaning,
    adds_no_thing,
)


def may_drop(source: Source) -> bool:
    """A sentence may go only if it holds no fact and no note, asks for nothing, opens no list and congratulates
    nobody."""
    sentence = source.sentence
    is_needed = sentence.rstrip().endswith(":") or CONGRATULATION.search(sentence)
    return not (source.note or is_needed or extract(sentence) or asks(sentence))


def may_dismiss(source: Source) -> bool:
    """An idle sentence may go if it may go at all but for its «не кричите», promises nothing and does not merely
    announce what it says («Вам следует знать, что…»)."""
    told = FORBIDDEN.sub("", source.sentence)
    promises = any(word.is_mostly("VERB", "futr") and not word.reading("VERB", "pres") for word in words(told))
    announces = without_opening(source.sentence) != source.sentence
    return source.idle and may_drop(replace(source, sentence=told)) and not promises and not announces


def is_safe(source: Source, text: str) -> bool:
    if text == DROPPED:
        return may_drop(source)
    return all(lock(source, text) for lock in LOCKS)


class Features(NamedTuple):
    """What is known of a candidate; `dropped` is 1 where it says nothing, and then nothing is kept or added."""

    forward: float
    reverse: float
    kept: float
    added: float
    dropped: float


def features(source: Source, option: Option) -> Features:
    forward, reverse = option.forward.mean, (option.reverse or option.forward).mean
    if option.text == DROPPED:
        return Features(forward, reverse, 0.0, 0.0, 1.0)
    covered = coverage(source.sentence, option.text, note=source.note)
    return Features(forward, reverse, covered.kept, covered.added, 0.0)


def value(known: Features, weights: Weights) -> float:
    likely = known.forward + weights.reverse * known.reverse
    return likely + weights.kept * known.kept - weights.added * known.added - weights.drop * known.dropped


def worthwhile(source: Source, options: Sequence[Option]) -> list[Option]:
    """The candidates that the model finds likelier by `GAIN` than the unchanged sentence, and that one alone where
    there are none. Dropping only where the model puts that first."""
    idle = [option for option in options if option.text == unchanged(source)]
    least = idle[0].forward.mean + GAIN if idle else -inf
    likelier = [option for option in options if option.forward.mean > least and option not in idle]
    return [option for option in likelier or idle if option.text != DROPPED or option == options[0]]


def admissible(source: Source, options: Sequence[Option]) -> list[Option]:
    """The candidates that may be given out, in order."""
    return [option for option in worthwhile(source, options) if is_safe(source, option.text)]


def is_sure(option: Option, *, least: float = SURE) -> bool:
    """Whether the model is sure enough that nothing was lost and nothing came from nowhere."""
    return option.reverse is None or option.forward.whole + FITTED.reverse * option.reverse.whole >= least


def is_woven(source: Source, option: Option) -> bool:
    """Whether the sentence was said with its note, and surely enough."""
    return option.text not in (DROPPED, unchanged(source)) and option.forward.whole >= SURE_OF_NOTE


def likeliest(source: Source, options: Sequence[Option], weights: Weights = FITTED) -> str | None:
    """The best of admissible candidates, or None: then the sentence stays as it was."""
    return max(options, key=lambda option: value(features(source, option), weights)).text if options else None
