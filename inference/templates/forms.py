"""One phrase in the grammatical form of another."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from bylostalo.data.morphology import morph

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
TOKEN = re.compile(rf"{WORD.pattern}|\d+|[^\s\w]")
UP_TO_HERE = re.compile(r"[^.!?…\n]*\Z")
FROM_HERE = re.compile(r"[^.!?…\n]*")
GOVERNMENT = {
    "gent": "без для до из от с со у около после кроме вместо против ради среди из-за из-под",
    "datv": "к ко по благодаря согласно",
    "ablt": "с со за под над перед между",
    "accs": "в во на о об обо за под через про",
    "loct": "в во на о об обо при",
}
"""The prepositions of each case."""
MODIFIERS = frozenset({"ADJF", "PRTF"})
UNLIKELY = 8
"""So many times less likely than the first, a reading does not count."""
PREDICATES = frozenset({"PRTS", "ADJS"})


@lru_cache(maxsize=50_000)
def parses(word: str) -> tuple[Any, ...]:
    return tuple(morph().parse(word.lower()))


@lru_cache(maxsize=50_000)
def lemmas(word: str) -> frozenset[str]:
    return frozenset(parse.normal_form for parse in parses(word))


def head_of(words: Sequence[str]) -> int:
    """The word whose form is that of the phrase: its verb, else its first noun, else its last word."""
    for mark in ({"INFN"}, {"NOUN", "nomn"}):
        for place, word in enumerate(words):
            if any(mark <= parse.tag.grammemes for parse in parses(word)[:3]):
                return place
    return len(words) - 1


def in_form_of(other: str, found: str, phrase: str, *, before: str, after: str) -> str | None:
    """`other` in the form in which `found` says `phrase`, between what stands `before` and `after` it.

    None where that form, or what would have to agree with `other`, cannot be told.
    """
    words, place = WORD.findall(found), head_of(WORD.findall(phrase))
    known = lemmas(WORD.findall(phrase)[place])
    heads = [parse for parse in parses(words[place]) if parse.normal_form in known]
    heads = [head for head in heads if head.score >= heads[0].score / UNLIKELY]
    heads = _agreeing(heads, words[:place])
    heads = _agreeing(heads, _modifiers(before))
    if cases := _governed(before):
        heads = [head for head in heads if head.tag.case in cases] or heads
    said = {_inflected(other, head) for head in heads if not _is_tied(head, other, before, after)}
    tied = any(_is_tied(head, other, before, after) for head in heads)
    return said.pop() if len(said) == 1 and not tied else None


def _agreeing(heads: list[Any], modifiers: Sequence[str]) -> list[Any]:
    """The readings of a noun with which its modifiers agree; all where none does."""
    for word in modifiers:
        forms = {(one.tag.case, one.tag.number) for one in parses(word) if one.tag.POS in MODIFIERS}
        heads = [head for head in heads if (head.tag.case, head.tag.number) in forms] or heads
    return heads


def _modifiers(before: str) -> list[str]:
    """The words right before that say what kind of thing it is: «вашу новую …»."""
    found: list[str] = []
    for word in reversed(TOKEN.findall(before)):
        if not any(parse.tag.POS in MODIFIERS for parse in parses(word)[:1]):
            break
        found.append(word)
    return found


def _governed(before: str) -> set[str]:
    """The cases that what stands before asks for; none if it does not tell."""
    words = TOKEN.findall(_all(UP_TO_HERE.search(before)))
    words = words[: len(words) - len(_modifiers(before))]
    if not words:
        return {"nomn"}
    last = words[-1].lower()
    if cases := {case for case, prepositions in GOVERNMENT.items() if last in prepositions.split()}:
        return cases
    if last.isdigit():
        return {"gent"}
    tag = parses(last)[0].tag
    if tag.POS in ("VERB", "INFN", "GRND") and "tran" in tag:
        return {"accs"}
    return {"gent"} if tag.POS == "NOUN" else set()


def _all(found: re.Match[str] | None) -> str:
    return found.group() if found else ""


def _is_tied(head: Any, other: str, before: str, after: str) -> bool:
    """Whether other words agree with a noun whose gender or number would not be the same."""
    new = _head_parse(other, head)
    if head.tag.POS != "NOUN" or new is None:
        return False
    number = new.tag.number if "Pltm" in new.tag else head.tag.number
    if number == head.tag.number and (number == "plur" or new.tag.gender == head.tag.gender):
        return False
    if _modifiers(before):
        return True
    clause = f"{_all(UP_TO_HERE.search(before))} {_all(FROM_HERE.match(after))}"
    recounted = number != head.tag.number
    return any(_agrees(parse, head, recounted) for word in WORD.findall(clause) for parse in parses(word)[:1])


def _agrees(parse: Any, head: Any, recounted: bool) -> bool:
    """Whether a word may agree with a noun in its gender, or in its number where that changes (`recounted`)."""
    tag = parse.tag
    if tag.number != head.tag.number or tag.gender not in (None, head.tag.gender):
        return False
    if tag.POS in MODIFIERS:
        return bool(tag.case == head.tag.case)
    is_predicate = tag.POS in PREDICATES or tag.tense == "past" or (recounted and tag.person == "3per")
    return bool(is_predicate and head.tag.case == "nomn")


def _head_parse(phrase: str, like: Any) -> Any:
    words = WORD.findall(phrase)
    named = [parse for parse in parses(words[head_of(words)]) if parse.tag.case == "nomn" or parse.tag.POS == "INFN"]
    return next((parse for parse in named if parse.tag.POS == like.tag.POS), named[0] if named else None)


def _inflected(phrase: str, like: Any) -> str | None:
    """The phrase in the form of a reading of a word."""
    head = _head_parse(phrase, like)
    tag = like.tag
    if head is None or ("nomn" in tag and "sing" in tag) or tag.POS == "INFN":
        return phrase
    if head.tag.POS == "INFN":
        new = head.inflect({one for one in (tag.tense, tag.person, tag.number, tag.gender, tag.mood) if one})
    else:
        new = head.inflect({tag.case, tag.number}) or head.inflect({tag.case})
    if new is None:
        return None
    matches = list(WORD.finditer(phrase))
    place = head_of([match.group() for match in matches])
    pieces, end = [], 0
    for match in matches[: place + 1]:
        word = new.word if match is matches[place] else _modifier(match.group(), new)
        pieces += [phrase[end : match.start()], word.capitalize() if match.group()[0].isupper() else word]
        end = match.end()
    return "".join([*pieces, phrase[end:]])


def _modifier(word: str, noun: Any) -> str:
    """An adjective in agreement with a noun; any other word as it is."""
    form = next((parse for parse in parses(word) if parse.tag.POS in MODIFIERS and parse.tag.case == "nomn"), None)
    if form is None:
        return word
    wanted: Iterable[str | None] = (
        noun.tag.case,
        noun.tag.number,
        noun.tag.gender if noun.tag.number == "sing" else None,
        noun.tag.animacy if noun.tag.case == "accs" and noun.tag.gender != "femn" else None,
    )
    inflected = form.inflect({mark for mark in wanted if mark})
    return str(inflected.word) if inflected else word
