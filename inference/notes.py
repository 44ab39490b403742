"""Where a note goes: instead of the sentence it restates, into the one it speaks of, or into a sentence of its own."""

import re
from collections.abc import Sequence

from bylostalo.data.synthesis.words import Word, words
from bylostalo.inference.facts.extract import extract
from bylostalo.inference.grammar import is_one_of
from bylostalo.inference.meaning.content import content
from bylostalo.inference.meaning.words import read
from bylostalo.inference.orders import asks
from bylostalo.inference.passive import BE

_NAME = re.compile(
    r"^(?:клиент(?:а|ку)?|покупател[яь]\w*|заявител\w+|гост[яь]\w*|абонент\w*)\s+(?:зовут|звать)\s",
    re.IGNORECASE,
)
_SHARED = 2
_WORD = re.compile(r"\w+")
_TOLD = ("VERB", "PRTS")
_BOUNDARY = r"(?:^|[.,:;!?—–]|(?<!\w)(?:но|а|и|поэтому|потому что))"
_ENDS = frozenset(".!?…")
_NOT = re.compile(r"(?<!\w)(?:не|нет|нельзя|никак\w*|ни)(?!\w)", re.IGNORECASE)
_VAGUE = frozenset({"время", "близкий", "ближний", "ближайший", "порядок", "установить", "срок", "скоро", "скорый"}) | {
    *("краткий", "непродолжительный", "короткий", "возможный", "соответствующий", "течение", "уже", "вскоре"),
}
"""What says nothing that a note could not say better."""


def note_of_name(note: str) -> bool:
    """«Клиента зовут Ирина»: the greeting uses it."""
    return _NAME.match(note) is not None


def as_sentence(note: str) -> str:
    """The note itself with a capital and a full stop: plain, but always true."""
    note = note.strip()
    return note[:1].upper() + note[1:] + ("" if note[-1:] in ".!?…" else ".")


def _lemmas(text: str) -> set[str]:
    return {word.lemma for word in content(read(text))}


def restates(note: str, sentence: str) -> bool:
    """Whether the note says all that the sentence does, which has no fact: «деньги вернутся до 16 ноября» after «Деньги
    вернутся в ближайшее время»."""
    said = _lemmas(sentence) - _VAGUE
    alike = len(said) >= _SHARED and said <= _lemmas(note) and _verbs(sentence)[:1] == _verbs(note)[:1]
    return alike and not (_NOT.search(sentence) or extract(sentence) or asks(sentence))


def _verbs(text: str) -> list[str]:
    """Dictionary forms of what is told, in order; «рассмотрена» and «рассмотрим» are the same."""
    return [str(word.parses[0].normal_form) for word in words(text) if _tells(word)]


def _tells(word: Word) -> bool:
    return any(word.is_mostly(part) for part in _TOLD) and not is_one_of(word, BE)


def holds(text: str, note: str) -> bool:
    """Whether the words of the note stand in the text as they are, one after another, as a clause of their own."""
    said = r"\W+".join(re.escape(word) for word in _WORD.findall(_plain(note)))
    return bool(said) and re.search(rf"{_BOUNDARY}\W*{said}(?!\w)", _plain(text)) is not None


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")


def attach(sentences: Sequence[str | None], notes: Sequence[str]) -> dict[int, str]:
    """Index of a sentence → the note it takes, one at most: the one with which it shares the most content words, two
    at least. None, and what does not end like a sentence, takes none."""
    taken: dict[int, str] = {}
    for note in notes:
        words = _lemmas(note)
        shared = {
            index: len(words & _lemmas(sentence))
            for index, sentence in enumerate(sentences)
            if sentence and sentence.rstrip()[-1:] in _ENDS and index not in taken
        }
        best = max(shared, key=lambda index: shared[index], default=None)
        if best is not None and shared[best] >= _SHARED:
            taken[best] = note
    return taken
