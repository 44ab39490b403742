"""The meaning lock: did a plain rewrite of a sentence keep its force?"""

from collections.abc import Callable, Iterable

from .conditions import condition_flips
from .content import Coverage, content_coverage, content_flips
from .flip import Flip
from .limits import limit_flips
from .modality import modality_flips
from .negation import negation_flips
from .roles import role_flips
from .words import Sentence, read

Rule = Callable[[Sentence, Sentence], Iterable[Flip]]
RULES: tuple[Rule, ...] = (negation_flips, modality_flips, limit_flips, condition_flips, role_flips)


def flips(before: str, rewrite: str, *, note: str = "") -> tuple[Flip, ...]:
    """Changes of force between a sentence (with the note woven in, if any) and its rewrite."""
    source, sources, written = read(before), read(f"{before} {note}".strip()), read(rewrite)
    by_rules = (flip for rule in RULES for flip in rule(sources, written))
    return (*by_rules, *content_flips(source, written, sources))


def coverage(before: str, rewrite: str, *, note: str = "") -> Coverage:
    """How much of the sentence is kept, and how much of the rewrite has no source, for ranking candidates."""
    return content_coverage(read(before), read(rewrite), read(f"{before} {note}".strip()))
