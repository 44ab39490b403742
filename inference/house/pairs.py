"""Pairs of sentences for training, out of drafts and the replies they became."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bylostalo.data.records import Kind, SentencePair
from bylostalo.data.similarity import normalise
from bylostalo.inference.choice import LOCKS, Source, addressed, keeps_facts, may_drop
from bylostalo.inference.templates.rules import Rules

from .alignment import Bead, aligned
from .parts import said, to_be_said
from .sent import Sent

OFTEN = 3
"""A sentence that editors threw out of so many replies says nothing, if hardly any kept it."""
MISTAKEN = 0.1
"""So many of those who seem to keep it are mistakes of the alignment."""


@dataclass
class Tally:
    """How many sentences of drafts became pairs, and why the others did not."""

    kept: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def lines(self) -> Iterator[str]:
        yield f"пар: {sum(self.kept.values())}"
        for what, found in (("взято", self.kept), ("не взято", self.refused)):
            yield from (f"  {what}, {why}: {count}" for why, count in found.most_common())


def pairs_of(replies: Sequence[Sent], house: Rules, tally: Tally) -> Iterator[SentencePair]:
    """Pairs whose facts agree and which no lock would refuse, each once and in the group of its reply; a sentence that
    says nothing has an empty other side."""
    alignments = [(one, aligned(to_be_said(one.draft), said(one.reply, house))) for one in replies if one.draft]
    dropped = idle([beads for _, beads in alignments])
    met: set[tuple[str, str]] = set()
    for one, beads in alignments:
        for number, bead in enumerate(bead for bead in beads if bead.draft):
            before, after = " ".join(bead.draft), " ".join(bead.reply)
            why = refusal(before, after, house, dropped) or ("повтор" if (before, after) in met else "")
            if why:
                tally.refused[why] += 1
                continue
            met.add((before, after))
            tally.kept["переписано" if after else "ничего не говорит"] += 1
            kind: Kind = "plain" if after else "cliche"
            yield SentencePair(id=f"{one.id}-{number}", kind=kind, before=before, after=after, group=one.group)


def idle(alignments: Iterable[Sequence[Bead]]) -> frozenset[str]:
    """Sentences that editors throw out whenever they meet them, and say nothing in their place."""
    gone: Counter[str] = Counter()
    stayed: Counter[str] = Counter()
    for beads in alignments:
        replaced = any(bead.reply and not bead.draft for bead in beads)
        for bead in beads:
            if bead.reply:
                stayed.update(map(normalise, bead.draft))
            elif not replaced:
                gone.update(map(normalise, bead.draft))
    return frozenset(text for text, count in gone.items() if count >= OFTEN and stayed[text] <= MISTAKEN * count)


def refusal(before: str, after: str, house: Rules, dropped: frozenset[str]) -> str:
    """Why sentences are no pair; empty where they are one."""
    source = Source(before, address=house.address)
    if not after:
        return "" if normalise(before) in dropped and may_drop(source) else "редактор выбросил"
    if before == after:
        return "без правки"
    if not keeps_facts(source, after):
        return "разошлись факты"
    if addressed(after, source) != after:
        return "не то обращение"
    return "" if all(lock(source, after) for lock in LOCKS) else "разошёлся смысл"
