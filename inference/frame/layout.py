"""Where prose begins and ends in plain, Markdown and HTML text; how a sentence is put at either end."""

import re

BLOCK_NAME = r"(?:p|div|td|tr|table|tbody|body|html|section|article|center|blockquote|span|h[1-6])"
OPENING = re.compile(rf"(?:\s|<{BLOCK_NAME}\b[^>]*>|<br\s*/?>|<!--.*?-->|#{{1,6}} )*", re.I | re.S)
CLOSING = re.compile(rf"(?:\s|</?{BLOCK_NAME}\b[^>]*>|<br\s*/?>|</?[bi]>)*$", re.I)
SALUTATION = r"(?:здра|добр|уважа|дорог|привет|внимание,)"
HEADING = re.compile(
    rf"\s*(?:#{{1,6}} (?!{SALUTATION})[^\n]*\n|"
    rf"\*\*(?!{SALUTATION})[^*\n]*[^*\s!,][^\S\n]*\*\*[^\S\n]*\n|"
    rf"<h[1-6]\b[^>]*>(?!{SALUTATION}).*?</h[1-6]>)",
    re.I | re.S,
)
INLINE_OPENING = re.compile(r"(?:<(?:b|strong|i|em|u|font|span)\b[^>]*>|\*{1,3}|_{1,2})*", re.I)
INLINE_CLOSING = re.compile(r"(?:</(?:b|strong|i|em|u|font|span)>|\*{1,3}|_{1,2})*", re.I)
EMPTIED = re.compile(r"(?P<mark>\*\*|__)(?=(?P=mark)(?:\s|$))|<(?P<tag>b|strong|i|em|u)>(?=</(?P=tag)>)", re.I)
"""Markup whose words are gone: «**Уважаемые коллеги!**» without them."""
AFTER_GREETING = re.compile(
    rf"(?:</(?:b|strong|i|em|u|font|span)>|\*{{1,3}}(?=\s|$)|_{{1,2}}(?=\s|$))*(?:\s|</?{BLOCK_NAME}\b[^>]*>|<br\s*/?>)*",
    re.I,
)
BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
LIST_ITEM = re.compile(r"\s*(?:[-*•–—+]|\d{1,2}[.)])\s|<(?:li|ul|ol)\b", re.I)
LIST_END = re.compile(r"</(?:li|ul|ol|table|pre)>\s*$", re.I)
ENDED = re.compile(r"[.!?…][)»\"*_]*$|[)»]?[^\w\s)»\"%\]}*_`>:;,]$")
UNBREAKABLE = re.compile(r"(?:https?://\S+|www\.\S+|\S+@\S+|[}\]%`>:;,])$")


def prose_start(text: str) -> int:
    """Offset of the first word: after headings, white space and opening tags of blocks."""
    position = 0
    while heading := HEADING.match(text, position):
        position = heading.end()
    opening = OPENING.match(text, position)
    return opening.end() if opening else position


def words_start(text: str, position: int) -> int:
    """Offset after the inline markup that opens at `position`."""
    inline = INLINE_OPENING.match(text, position)
    return inline.end() if inline else position


def has_paragraphs(text: str) -> bool:
    return bool(BLANK_LINE.search(text.strip()))


def insert_first(text: str, sentence: str) -> str:
    """The text with a sentence before its prose: a paragraph of its own where blank lines part paragraphs, or in the
    markup of what stood there."""
    start = prose_start(text)
    rest = text[start:]
    if emptied := EMPTIED.match(rest):
        start += emptied.end()
        return f"{text[:start]}{sentence}{text[start:]}"
    if not rest:
        return f"{text[:start]}{sentence}"
    inline = "\n" if LIST_ITEM.match(rest) else " "
    gap = "\n\n" if has_paragraphs(rest) else inline
    return f"{text[:start]}{sentence}{gap}{rest}"


def insert_after(text: str, position: int, sentence: str) -> str:
    """The text with a sentence after the greeting that ends at `position`, in front of what follows it."""
    gap = AFTER_GREETING.match(text, position)
    start = gap.end() if gap else position
    if start == len(text):
        return f"{text[:position]} {sentence}{text[position:]}"
    before = text[:start] if start > position and text[start - 1] in " \t\n>" else f"{text[:start]} "
    gap_after = "\n" if LIST_ITEM.match(text, start) else " "
    return f"{before}{sentence}{gap_after}{text[start:]}"


def insert_last(text: str, stop: int, sentence: str) -> str:
    """The text with a sentence at the end of `text[:stop]`, inside its last block."""
    body, rest = text[:stop], text[stop:]
    closing = CLOSING.search(body)
    end = closing.start() if closing else len(body)
    prose, tail = body[:end], body[end:]
    shared = bool(rest) and not re.search(r"[\n<]", tail)
    return f"{prose}{' ' if shared else joint(prose)}{sentence}{tail}{rest}"


def joint(prose: str) -> str:
    """What stands between the last words and a sentence added to them."""
    last = BLANK_LINE.split(prose)[-1]
    paragraph = "\n\n" if BLANK_LINE.search(prose) else "\n"
    if not prose.strip():
        return ""
    if LIST_END.search(prose):
        return "\n" if "\n" in prose else ""
    if LIST_ITEM.match(last.rsplit("\n", 1)[-1]):
        return paragraph
    if len(BLANK_LINE.findall(prose)) > 1:
        return paragraph if ended(last) or UNBREAKABLE.search(last) else f".{paragraph}"
    if ended(last):
        return " "
    return "\n" if UNBREAKABLE.search(last) else ". "


def ended(prose: str) -> bool:
    return bool(ENDED.search(prose))
