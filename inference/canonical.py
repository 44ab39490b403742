"""One spelling for what makes no difference to a diagnosis: quotes, «ё», spaces, and what people are called."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bylostalo.inference.results import Span
from bylostalo.inference.standins import standins

_SAME = str.maketrans({"ё": "е", "Ё": "Е", "«": '"', "»": '"', "„": '"', "“": '"', "”": '"', "–": "-", "—": "-"})
_YOU = re.compile(r"(?:(?<=\w )|(?<=\w, ))В(?=(?:ы|ас|ам|ами|аш(?:а|е|и|у|ей|его|ему|ем|им|их|ими)?)\b)")
_MARKS = {"\ufe0f", "\u200d", "\u20e3"}
_EDGE = re.compile(r"^\s+|[^\S\n]+(?=\n|$)|(?<=\n)[^\S\n]+|[^\S\n]+(?=[.,;:!?])")
_GAP = re.compile(r"[^\S\n]{2,}")


@dataclass(frozen=True)
class Canonical:
    """A text in its one spelling; `places`: where it differs in length from the original, and where that lies there."""

    text: str
    places: tuple[tuple[Span, Span], ...]

    def origin(self, span: Span) -> Span:
        """The characters of the original that a span of the text comes from; what was replaced comes whole."""
        return self._start(span[0]), self._stop(span[1])

    def _start(self, place: int) -> int:
        shift = 0
        for (start, stop), (old_start, old_stop) in self.places:
            if stop > place:
                return old_start if start <= place else place + shift
            shift = old_stop - stop
        return place + shift

    def _stop(self, place: int) -> int:
        shift = 0
        for (start, stop), (_, old_stop) in self.places:
            if start >= place:
                break
            if place < stop:
                return old_stop
            shift = old_stop - stop
        return place + shift


def _is_picture(character: str) -> bool:
    return character in _MARKS or (character > "\u2190" and unicodedata.category(character) in {"So", "Sk", "Cn"})


def with_small_you(text: str) -> str:
    """«Вы» within a sentence in small letters."""
    return _YOU.sub("в", text)


def spelled(text: str) -> str:
    """Of the same length: «ё» as «е», straight quotes, hyphens for dashes, a small «вы» within a sentence, spaces for
    emoji."""
    plain = with_small_you(text.translate(_SAME))
    return plain if plain.isascii() else "".join(" " if _is_picture(one) else one for one in plain)


def _changes(text: str) -> Iterator[tuple[Span, str]]:
    """Places to be said otherwise, in order; of two that overlap the first counts."""
    spaces = [*((match.span(), "") for match in _EDGE.finditer(text)), *((m.span(), " ") for m in _GAP.finditer(text))]
    last = 0
    for (start, stop), said in sorted([*spaces, *standins(text)]):
        if start >= last:
            yield (start, stop), said
            last = stop


def canonical(text: str) -> Canonical:
    """Spelled alike, single spaces and none at the edges of lines, stand-ins for the names of people."""
    text = spelled(text)
    pieces: list[str] = []
    places: list[tuple[Span, Span]] = []
    last = length = 0
    for (start, stop), said in _changes(text):
        length += start - last
        pieces += [text[last:start], said]
        places.append(((length, length + len(said)), (start, stop)))
        length += len(said)
        last = stop
    return Canonical("".join([*pieces, text[last:]]), tuple(places))
