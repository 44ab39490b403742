"""«Вы», «вы» or «ты»."""

import re
from collections.abc import Iterator, Sequence

from bylostalo.inference.branches import layout, prose, ties
from bylostalo.inference.facts.fact import BLANK
from bylostalo.inference.facts.markup import EMOJI
from bylostalo.inference.reserved import SPARE
from bylostalo.inference.thou import to_thou

from .formats.splicing import Splice, spliced
from .phrases import without
from .prose import solids

REST = r"(?:ы|ас|ам|ами|аш(?:а|е|и|его|ей|ею|ему|им|ем|у|ими|их)?)(?![\w-])"
SMALL_YOU = re.compile(rf"(?<![\w-])в{REST}")
CAPITAL_YOU = re.compile(rf"(?<![\w-])В{REST}")
STOP = r"(?<!\bт\.е)(?<!\bт\. е)(?<!\bт\.к)(?<!\bт\. к)[.!?…]"
DECORATION = rf"(?:\s|{SPARE}|[»«\"“”„()\[*_~#>•·▪●◦‣+–—-]|{EMOJI.pattern}|\d{{1,3}}[.)]\s|{BLANK}+(?=\s))*"
SENTENCE_START = re.compile(rf"(?:^|\n|\||:\s*(?=[«\"“„])|{STOP}){DECORATION}\Z")
TRANSPARENT = re.compile(r"<[^<>]*>|&#?\w+;|\[|\[/?\w+\]")
REACH = 200


def addressed(text: str, address: str, *, keep: Sequence[str] = ()) -> str:
    """The text with every «вы» of its prose as `address` says; sentences go on beginning with a capital."""
    if address == "ты":
        small = addressed(text, "вы", keep=keep)
        return spliced(small, [Splice(one.start, one.stop, one.said) for one in to_thou(without(keep, small))])
    said = without(keep, text)
    if address == "Вы":
        places = [found.start() for found in SMALL_YOU.finditer(said)]
    elif address == "вы":
        places = list(_needless_capitals(text, said))
    else:
        return text
    characters = list(text)
    for place in places:
        characters[place] = characters[place].swapcase()
    return "".join(characters)


def _needless_capitals(text: str, said: str) -> Iterator[int]:
    """Where «Вы» stands in the middle of a sentence, also of one that a statement cuts."""
    marks = layout(text).marks
    tied = ties(text, marks).starts
    clear = _without_transparent(text, said)
    for start, stop in prose(text, marks):
        for found in CAPITAL_YOU.finditer(said, start, stop):
            before = clear[max(start, found.start() - REACH) : found.start()]
            cut = start in tied or found.start() - REACH > start
            if not SENTENCE_START.search(f",{before}" if cut else before):
                yield found.start()


def _without_transparent(text: str, said: str) -> str:
    """Tags and entities as spaces: a sentence may begin behind them."""
    for start, stop in solids(text):
        if TRANSPARENT.fullmatch(text, start, stop):
            said = said[:start] + " " * (stop - start) + said[stop:]
    return said
