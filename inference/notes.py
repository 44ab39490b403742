"""Where a note goes: into the sentence it speaks of, or into a sentence of its own."""

import re
from collections.abc import Sequence

from bylostalo.inference.meaning.content import content
from bylostalo.inference.meaning.words import read

_NAME = re.compile(
    r"^(?:клиент(?:а|ку)?|покупател[яь]\w*|заявител\w+|гост[яь]\w*|абонент\w*)\s+(?:зовут|звать)\s",
    re.IGNORECASE,
)
_SHARED = 2


def note_of_name(note: str) -> bool:
    """«Клиента зовут Ирина»: the greeting uses it."""
    return _NAME.match(note) is not None


def as_sentence(note: str) -> str:
    """The note itself with a capital and a full stop: plain, but always true."""
    note = note.strip()
    return note[:1].upper() + note[1:] + ("" if note[-1:] in ".!?…" else ".")


def _lemmas(text: str) -> set[str]:
    return {word.lemma for word in content(read(text))}


def attach(sentences: Sequence[str | None], notes: Sequence[str]) -> dict[int, str]:
    """Index of a sentence → the note it takes, one at most: the one with which it shares the most content words, two
    at least."""
    taken: dict[int, str] = {}
    for note in notes:
        words = _lemmas(note)
        shared = {
            index: len(words & _lemmas(sentence))
            for index, sentence in enumerate(sentences)
            if sentence and index not in taken
        }
        best = max(shared, key=lambda index: shared[index], default=None)
        if best is not None and shared[best] >= _SHARED:
            taken[best] = note
    return taken
