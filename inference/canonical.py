"""One spelling for what makes no difference to a diagnosis, character for character, so that offsets stay."""

import re
import unicodedata

_SAME = str.maketrans({"ё": "е", "Ё": "Е", "«": '"', "»": '"', "„": '"', "“": '"', "”": '"', "–": "-", "—": "-"})
_YOU = re.compile(r"(?:(?<=\w )|(?<=\w, ))В(?=(?:ы|ас|ам|ами|аш(?:а|е|и|у|ей|его|ему|ем|им|их|ими)?)\b)")
_MARKS = {"\ufe0f", "\u200d", "\u20e3"}


def _is_picture(character: str) -> bool:
    return character in _MARKS or (character > "\u2190" and unicodedata.category(character) in {"So", "Sk", "Cn"})


def canonical(text: str) -> str:
    """Of the same length: «ё» as «е», straight quotes, hyphens for dashes, a small «вы» within a sentence, spaces for
    emoji."""
    plain = _YOU.sub("в", text.translate(_SAME))
    return plain if plain.isascii() else "".join(" " if _is_picture(one) else one for one in plain)
