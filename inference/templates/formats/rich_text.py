"""Text with fonts of its own inside one spreadsheet cell."""

import difflib
import re
from itertools import groupby
from typing import Any

WORDS = re.compile(r"\w+|\s+|[^\w\s]")


def retold(rich: Any, text: str) -> Any:
    """`text` as a `CellRichText` of openpyxl: words that stay keep their font, new ones take that of the replaced."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    old = [(word, getattr(run, "font", None)) for run in rich for word in WORDS.findall(str(run))]
    new = WORDS.findall(text)
    fonts: list[Any] = []
    matcher = difflib.SequenceMatcher(None, [word for word, _ in old], new, autojunk=False)
    for kind, start, stop, left, right in matcher.get_opcodes():
        if kind == "equal":
            fonts += (font for _, font in old[start:stop])
        else:
            fonts += [old[min(start, len(old) - 1)][1]] * (right - left)
    runs = (list(run) for _, run in groupby(zip(new, fonts, strict=True), key=lambda pair: id(pair[1])))
    blocks = ((run[0][1], "".join(word for word, _ in run)) for run in runs)
    return CellRichText(*(TextBlock(font, words) if font else words for font, words in blocks))
