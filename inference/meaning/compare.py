"""The meaning lock: did a plain rewrite of a sentence keep its force?

A sentence and its note may say a thing twice: a flip against both together counts only where one of them
shows it too.
"""

from collections.abc import Callable, Iterable, Iterator

from .conditions import condition_flips
from .content import Coverage, content_coverage, content_flips, new_things
from .flip import Flip
from .limits import limit_flips
from .modality import modality_flips
from .negation import negation_flips, unnegated_flips
from .roles import role_flips
from .words import Sentence, read

Rule = Callable[[Sentence, Sentence], Iterable[Flip]]
RULES: tuple[Rule, ...] = (negation_flips, unnegated_flips, modality_flips, limit_flips, condition_flips, role_flips)


def flips(before: str, rewrite: str, *, note: str = "") -> tuple[Flip, ...]:
    """Changes of force between a sentence (with the note woven in, if any) and its rewrite."""
    source, written = read(before), read(rewrite)
    if not note:
        return (*_by_rules(source, written), *content_flips(source, written, source))
    sources = read(f"{before} {note}")
    suspects = {flip.kind for one in (source, read(note)) for flip in _by_rules(one, written)}
    turned = (flip for flip in _by_rules(sources, written) if flip.kind in suspects)
    return (*turned, *content_flips(source, written, sources))


def _by_rules(source: Sentence, written: Sentence) -> Iterator[Flip]:
    return (flip for rule in RULES for flip in rule(source, written))


def coverage(before: str, rewrite: str, *, note: str = "") -> Coverage:
    """How much of the sentence is kept, and how much of the rewrite has no source, for ranking candidates."""
    return content_coverage(read(before), read(rewrite), read(f"{before} {note}".strip()))


def things_added(before: str, rewrite: str, *, note: str = "") -> tuple[str, ...]:
    """Nouns that the rewrite brings in from nowhere."""
    return new_things(read(f"{before} {note}".strip()), read(rewrite))
