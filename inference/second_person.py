"""What a note says of the customer, said to the customer: «если клиент напишет» → «если вы напишете»."""

from collections.abc import Iterator, Sequence

from bylostalo.data.morphology import morph
from bylostalo.data.synthesis.words import Word, cased, inflected, words
from bylostalo.inference.grammar import is_one_of, is_quoted

CUSTOMER = frozenset({"клиент", "клиентка"})
PRONOUNS = frozenset(("он", "она", "ему", "ей", "нему", "ней", "ним", "нею"))
"""Words that may stand for the customer too."""
YOU = {"gent": "вас", "accs": "вас", "datv": "вам", "ablt": "вами", "loct": "вас"}
LET = "пусть"
AND = frozenset({"и", "или", "либо"})
ENDS = frozenset(",.;:!?()—–")

Edit = tuple[int, int, str]


def to_customer(note: str) -> str:
    """The note with «вы» for the customer and a request for «пусть»; as it was where that takes more than words
    changed in place."""
    found = words(note)
    customers = [place for place, word in enumerate(found) if is_one_of(word, CUSTOMER)]
    wishes = [place for place, word in enumerate(found) if word.lower == LET]
    if not (customers or wishes) or any(word.lower in PRONOUNS for word in found):
        return note
    asked = [_request(found, place) for place in wishes]
    named = [_you(found, place) for place in customers if place - 1 not in wishes]
    if any(edits is None for edits in (*asked, *named)):
        return note
    for start, stop, said in sorted((edit for edits in (*asked, *named) for edit in edits or ()), reverse=True):
        note = f"{note[:start]}{said}{note[stop:]}"
    return note


def _request(found: Sequence[Word], place: int) -> list[Edit] | None:
    """«Пусть пришлёт чек» → «пришлите чек»; None where somebody else may be meant."""
    others = [word for word in found if word.is_mostly("NOUN", "anim", "nomn") and not is_one_of(word, CUSTOMER)]
    first = place + 2 if place + 1 < len(found) and is_one_of(found[place + 1], CUSTOMER) else place + 1
    verb = found[first].reading("VERB", "3per") if first < len(found) else None
    ask = inflected(verb, "impr", "plur", "excl") if verb else None
    return None if others or ask is None else [(found[place].start, found[first].stop, cased(ask, found[place].text))]


def _you(found: Sequence[Word], place: int) -> list[Edit] | None:
    word, before = found[place], found[place - 1] if place else None
    parse = next((one for one in word.parses if one.normal_form in CUSTOMER and "sing" in one.tag), None)
    if parse is None or _is_described(before) or _is_named(found, place):
        return None
    if parse.tag.case == "nomn":
        return _subject(found, place)
    if before and before.is_mostly("NOUN") and parse.tag.case in ("gent", "accs"):
        return _your(found, place)
    return [(word.start, word.stop, cased(YOU[parse.tag.case], word.text))]


def _is_described(before: Word | None) -> bool:
    """«Другим клиентом», «в NDA клиента»: a word that agrees, or one that nothing is known of."""
    if before is None or before.text in ENDS:
        return False
    return not before.parses or any(before.is_mostly(part) for part in ("ADJF", "PRTF"))


def _is_named(found: Sequence[Word], place: int) -> bool:
    """«Клиент Иванов» is called by name."""
    return place + 1 < len(found) and found[place + 1].text[:1].isupper()


def _your(found: Sequence[Word], place: int) -> list[Edit] | None:
    """«По адресу клиента» → «по вашему адресу»; None where the customer may belong to a verb that follows."""
    noun, word = found[place - 1], found[place]
    tag = noun.parses[0].tag
    following = found[place + 1] if place + 1 < len(found) else None
    if "Fixd" in tag or (following and (following.lower == "не" or following.is_mostly("VERB"))):
        return None
    form = (tag.case, tag.number, tag.gender if tag.number == "sing" else None)
    your = morph().parse("ваш")[0].inflect({str(mark) for mark in form if mark})
    return [(noun.start, noun.start, f"{your.word} "), (noun.stop, word.stop, "")] if your else None


def _subject(found: Sequence[Word], place: int) -> list[Edit] | None:
    """«Клиент напишет и пришлёт» → «вы напишете и пришлёте»: what agrees stands after the subject to the end of its
    clause, or else right before it; None where another clause may leave the subject out."""
    clause = list(_clause(found, place + 1))
    after = [edit for at in clause if (edit := _agreeing(found[at], beside=at == place + 1))]
    before = _agreeing(found[place - 1]) if place else None
    said = after or ([before] if before else [])
    first = _start(found, place)
    others = [*found[:first], *found[clause[-1] + 1 if clause else place + 1 :]]
    return None if not said or _omits_subject(others) else [(found[place].start, found[place].stop, "вы"), *said]


def _start(found: Sequence[Word], place: int) -> int:
    return next((at + 1 for at in range(place - 1, -1, -1) if found[at].text in ENDS), 0)


def _clause(found: Sequence[Word], first: int) -> Iterator[int]:
    """Places of words up to a mark, or to an «и» that no verb follows; quoted words are passed over."""
    for place in range(first, len(found)):
        word, rest = found[place], [one for one in found[place + 1 : place + 3] if one.lower != "не"]
        if is_quoted(found, place):
            continue
        if word.text in ENDS or (word.lower in AND and not (rest and rest[0].is_mostly("VERB"))):
            return
        yield place


def _omits_subject(others: Sequence[Word]) -> bool:
    """Whether a verb in the singular stands before any word that could be its subject."""
    subject = False
    for word in others:
        named = word.lower == LET or any(word.reading(part, "nomn") for part in ("NOUN", "NPRO"))
        subject = named or (subject and word.text not in ENDS)
        if word.is_mostly("VERB", "sing", "3per") and not subject:
            return True
    return False


def _agreeing(word: Word, *, beside: bool = False) -> Edit | None:
    parse = word.reading("VERB", "sing") or word.reading("ADJS", "sing")
    if parse is None or "1per" in parse.tag or not (beside or word.is_mostly("VERB") or word.is_mostly("ADJS")):
        return None
    said = inflected(parse, *(("2per", "plur") if "3per" in parse.tag else ("plur",)))
    return (word.start, word.stop, said) if said else None
