"""A reply settled piece by piece: what is given out is never taken back.

A new sentence is taken only if the whole reply with it, the sentences after it still as they were, passes the fact
lock and begins with all that was given out before, white space apart; else that sentence alone stays as it was. So the
text given out is at every moment the beginning of a reply that holds every fact, and the last of these replies is the
answer. `settle` goes the same way with everything said beforehand: the pieces joined are its text, whatever the model
says.
"""

import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence

from bylostalo.inference.choice import Source
from bylostalo.inference.drafts import MARK, Draft, Said, marked, sources_of, worded
from bylostalo.inference.facts.compare import FactCheck, compare
from bylostalo.inference.halting import DeadlineError
from bylostalo.inference.results import Request, Rewrite

NOTHING_SAFE = "не нашлось переписанного текста, который сохраняет все факты"
NEEDS_PERSON = "текст в порядке, но чего-то не хватает: ответьте на вопросы из missing заметками"
GROUP = 8
"""So many sentences are said at once: a batch that fills two cores, and is soon done."""

Say = Callable[[Sequence[Source]], Mapping[Source, str | None]]


class Settling:
    """A reply on its way. `text` is the safe text so far (None before there is one), `given` its part given out."""

    def __init__(self, plan: Draft) -> None:
        self.plan = plan
        self.said: dict[Source, str | None] = {}
        self.text: str | None = None
        self.given = ""
        self.reason = NOTHING_SAFE if any(plan.sources) else NEEDS_PERSON
        self._accept({})

    def take(self, sources: Sequence[Source], answers: Said) -> None:
        """Take as many of the answers as are safe together: all, else by halves."""
        new = {source: answers[source] for source in sources}
        if not self._accept(new) and len(sources) > 1:
            half = len(sources) // 2
            self.take(sources[:half], answers)
            self.take(sources[half:], answers)

    def give(self, source: Source) -> str:
        """What can be given out now that all before the sentence of this source is settled; white space waits for what
        follows it. Nothing where the frame reaches into the sentence."""
        if self.text is None or source.is_message:
            return ""
        settled, mark, rest = continued(self.given, marked(self.plan, self.said, source)).partition(MARK)
        if not mark or settled + rest != self.text:
            return ""
        piece = settled.rstrip()[len(self.given) :]
        self.given += piece
        return piece

    def rewrite(self, unsaid: Sequence[Source]) -> Rewrite:
        """The answer, `unsaid` being what nobody had time to say."""
        before = self.plan.request.before
        after = before if self.text is None else self.text
        late = too_late(sum(not source.is_message for source in unsaid))
        if after == before:
            return Rewrite(after=before, status="kept", reason=late or self.reason)
        return Rewrite(after=after, status="rewritten", reason=late)

    def _accept(self, new: Said) -> bool:
        said = {**self.said, **new}
        text = continued(self.given, worded(self.plan, said))
        if not text:
            return False
        if text != self.text:
            request = self.plan.request
            found = compare(text, before=request.before, client_message=told(self.plan), notes=request.notes)
            if not found.ok:
                self.reason = broken(found)
                return False
        self.said, self.text = said, text
        return True


def told(plan: Draft) -> str | None:
    """What a reply may tell beside its own facts: those of the customer's words and of the phrases of the house."""
    return "\n".join(filter(None, (plan.request.client_message, *plan.house.wordings))) or None


def continued(given: str, text: str) -> str:
    """The text with its beginning as it was given out, where that differs in white space alone; else nothing."""
    begins = re.match(r"\s+".join(map(re.escape, given.split())), text)
    return given + text[begins.end() :] if begins else ""


def broken(found: FactCheck) -> str:
    """Why a rewrite was refused, in one line without any text of the customer but the facts themselves."""
    parts = []
    if found.lost:
        parts.append("потерялось: " + ", ".join(fact.text for fact in found.lost[:3]))
    if found.invented:
        parts.append("взялось ниоткуда: " + ", ".join(fact.text for fact in found.invented[:3]))
    return f"{NOTHING_SAFE} ({'; '.join(parts)})"


def too_late(count: int) -> str:
    """Why so many sentences are as they were; empty for none."""
    if not count:
        return ""
    if count % 10 == 1 and count % 100 != 11:
        return f"не успели: {count} предложение осталось прежним"
    few = count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14)
    return f"не успели: {count} {'предложения' if few else 'предложений'} остались прежними"


def not_begun(request: Request) -> Rewrite:
    return Rewrite(after=request.before, status="kept", reason="не успели: ответ остался прежним")


def groups(sources: Sequence[Source]) -> Iterator[Sequence[Source]]:
    """One sentence first, so that it is there soon; then twice as many each time, up to `GROUP`."""
    start, size = 0, 1
    while start < len(sources):
        yield sources[start : start + size]
        start, size = start + size, min(2 * size, GROUP)


def settling(plan: Draft, say: Say) -> Generator[str, None, Rewrite]:
    """Yields the reply in pieces as they are settled and returns the whole; `say` is asked for some sources at a time.

    Where it raises `DeadlineError`, sentences that are not settled stay as they were.
    """
    state = Settling(plan)
    left = list(dict.fromkeys(sources_of(plan)))
    for group in list(groups(left)):
        if piece := state.give(group[0]):
            yield piece
        try:
            answers = say(group)
        except DeadlineError:
            break
        state.take(group, answers)
        left = left[len(group) :]
    rewrite = state.rewrite(left)
    if piece := rewrite.after[len(state.given) :]:
        yield piece
    return rewrite


def drained(pieces: Generator[str, None, Rewrite]) -> Rewrite:
    """What comes of it all."""
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def settle(plan: Draft, said: Said) -> Rewrite:
    """The safest form that is still a rewrite: every new sentence with which the reply keeps its facts.

    `said` holds the chosen text of each of `sources_of(plan)`.
    """
    return drained(settling(plan, lambda _: said))
