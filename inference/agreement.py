"""Agreement that a small model breaks: «ваш обращение», «Карта выдают», «от сборах».

Named is only what no dictionary reading of the words allows; who reads word by word, without a parser, sees about one
broken sentence in ten, and almost never a sound one.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from bylostalo.data.morphology import morph
from bylostalo.inference.grammar import deed

WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*|[^\sА-Яа-яЁё]")
RUSSIAN = re.compile(r"[а-яё-]+")
CLAUSE_END = re.compile(r"[,.;:!?()—–«»\"\n]| (?:а|но|что|чтобы|если|когда|как) ")
NUMBER = re.compile(r"\d[\d.,:]*\d")
LIKELY = 0.001
NAMES = ("Name", "Surn", "Patr")
CASES = {"gen1": "gent", "gen2": "gent", "acc2": "accs", "loc2": "loct", "voct": "nomn"}
GOVERNMENT = {
    **dict.fromkeys(("от", "до", "из", "без", "для", "из-за", "после", "у", "против", "кроме", "вместо"), "gent"),
    **dict.fromkeys(("около", "сверх"), "gent"),
    **dict.fromkeys(("к", "ко", "согласно", "благодаря"), "datv"),
    **dict.fromkeys(("через", "про"), "accs"),
    **dict.fromkeys(("о", "об", "в", "во", "на"), "loct accs"),
    **dict.fromkeys(("под", "за"), "accs ablt"),
    **dict.fromkeys(("с", "со"), "gent ablt accs"),
    "над": "ablt",
    "перед": "ablt",
    "при": "loct",
    "между": "ablt gent",
    "по": "datv loct accs",
}
"""Cases that a preposition may stand with."""
PREDICATES = frozenset({"VERB", "PRTS", "ADJS"})
VERBAL = PREDICATES | {"INFN", "GRND"}
IMPERSONAL_ONLY = {"нет": {"nomn", "accs"}, "нельзя": {"nomn"}}
"""Predicates that have no subject, and the cases in which a noun beside them cannot be meant."""
NOMINALS = frozenset({"NOUN", "NPRO", "ADJF", "PRTF", "NUMR"})
UNCOUNTED = frozenset({"много", "мало", "несколько", "сколько", "часть", "половина", "большинство", "ряд"}) | {
    *("кто", "что", "это", "нет", "нельзя", "можно", "нужно", "надо", "все", "всё", "каждый", "оба", "обе", "бы"),
    *("который", "которая", "которое", "никто", "ничего", "сам", "сама", "один", "одна", "другой", "другая", "друг"),
    "ни",
}
"""Words beside which a subject agrees otherwise, or is not needed."""
IMPERSONAL = frozenset(
    {
        *("удастся", "удаётся", "хватает", "хватит", "придётся", "приходится", "следует", "требуется", "потребуется"),
        *("стоит", "остаётся", "останется", "достаточно", "бывает", "значит", "является"),
    }
)
NEEDED = {"нужен": "masc", "нужна": "femn", "нужно": "neut"}
NEED_MORE = frozenset({"INFN", "VERB", "PRED", "NUMR"})
JOINING = frozenset({"и", "или"})
CONDITIONS = frozenset({"если", "когда", "пока", "хотя"})

Pair = tuple[str, str]


@lru_cache(maxsize=4_096)
def disagreements(text: str) -> frozenset[Pair]:
    """Pairs of words, lower case, that cannot stand together as they do."""
    found = set(_neighbours(text))
    for clause in CLAUSE_END.split(NUMBER.sub("0", text)):
        words = [word.lower() for word in WORD.findall(clause)]
        found.update(_subjects(words))
        found.update(_objects(words))
        found.update(_missing(words))
        found.update(_needs(words))
        found.update(_tautologies(words))
        found.update(_repeated(words))
        found.update(_joined(words))
        found.update(_unparted(words))
    return frozenset(found)


@lru_cache(maxsize=16_384)
def _tags(word: str) -> tuple[Any, ...]:
    """The likely readings of a word, none of what is no Russian word; a name only where it can be nothing else."""
    if not RUSSIAN.fullmatch(word):
        return ()
    found = tuple(one.tag for one in morph().parse(word) if one.score > LIKELY)
    return tuple(tag for tag in found if not any(kind in tag for kind in NAMES)) or found


def _case(tag: Any) -> str:
    return CASES.get(tag.case, str(tag.case))


def _is(word: str, parts: frozenset[str] | set[str]) -> bool:
    """In every reading one of these parts of speech."""
    return bool(_tags(word)) and all(tag.POS in parts for tag in _tags(word))


def _neighbours(text: str) -> Iterator[Pair]:
    """An attribute before a noun, a preposition before what it governs."""
    for first, second in pairwise(WORD.findall(text)):
        left, right = first.lower(), second.lower()
        named = second[0].isupper() and not first[0].isupper()
        if not named and _is_attribute(left, right) and not _agree(left, right):
            yield left, right
        if left in GOVERNMENT and _is(right, NOMINALS - {"NUMR"}) and not _governed(left, right):
            yield left, right


def _is_attribute(word: str, noun: str) -> bool:
    """Not so a participle before what it governs («отправленные почтой»), nor «который»."""
    if not _is(noun, {"NOUN"}) or word.startswith("котор"):
        return False
    governs = not {*map(_case, _tags(noun))} <= {"nomn", "accs"} or any("actv" in tag for tag in _tags(word))
    return _is(word, {"ADJF"} if governs else {"ADJF", "PRTF"})


def _agree(attribute: str, noun: str) -> bool:
    return any(_alike(one, other) for one in _tags(attribute) for other in _tags(noun))


def _alike(attribute: Any, noun: Any) -> bool:
    if _case(attribute) != _case(noun) or attribute.number != noun.number:
        return False
    if _case(noun) == "accs" and attribute.animacy and noun.animacy and attribute.animacy != noun.animacy:
        return False
    return noun.number == "plur" or _same_gender(attribute, noun)


def _same_gender(one: Any, other: Any) -> bool:
    free = any(mark in tag for mark in ("ms-f", "GNdr") for tag in (one, other))
    return free or not one.gender or not other.gender or bool(one.gender == other.gender)


def _governed(preposition: str, word: str) -> bool:
    allowed = GOVERNMENT[preposition].split()
    return any("Fixd" in tag or "Abbr" in tag or _case(tag) in allowed for tag in _tags(word))


def _subjects(words: list[str]) -> Iterator[Pair]:
    """A subject beside the only predicate of a clause that nothing in it agrees with."""
    predicates = [word for word in words if _is(word, PREDICATES)]
    if len(predicates) != 1 or UNCOUNTED & set(words):
        return
    (predicate,) = predicates
    lacking = _asks_for_subject(predicate)
    if JOINING & set(words) and not lacking:
        return
    others = [word for place, word in enumerate(words) if word != predicate and not _belongs(words, place)]
    if all("impr" in tag for tag in _tags(predicate)) or any(_is_subject(word, predicate) for word in others):
        return
    # what follows a plural predicate may be the first of a list
    near = others if lacking else words[: words.index(predicate)]
    certain = [word for word in near if _is(word, {"NOUN", "NPRO"}) and {*map(_case, _tags(word))} == {"nomn"}]
    if certain:
        yield certain[0], predicate
    elif (
        lacking
        and ("не" not in words or _is(predicate, {"ADJS", "PRTS"}))
        and words[0] != predicate
        and _may_be_subject(words[0])
    ):
        yield words[0], predicate


def _belongs(words: list[str], place: int) -> bool:
    """«Порча имущества»: the noun after a noun is in the genitive."""
    before = words[place - 1] if place else ""
    return _is(before, {"NOUN"}) and _is(words[place], {"NOUN"}) and _may_be(words[place], "gent")


def _is_subject(word: str, predicate: str) -> bool:
    """A nominative that agrees with the predicate in some reading of both."""
    subjects = [tag for tag in _tags(word) if tag.POS in NOMINALS and _case(tag) == "nomn"]
    return any(_predicated(one, other) for one in subjects for other in _tags(predicate))


def _predicated(subject: Any, predicate: Any) -> bool:
    if "impr" in predicate:
        return False
    if predicate.number and subject.number and predicate.number != subject.number:
        return False
    woman = subject.animacy == "anim" and predicate.gender == "femn"  # «преподаватель ушла»
    if predicate.number == "sing" and not woman and not _same_gender(subject, predicate):
        return False
    if predicate.person in ("1per", "2per") and subject.POS != "NPRO":
        return False
    return not (predicate.person and subject.POS == "NPRO" and subject.person and predicate.person != subject.person)


def _asks_for_subject(predicate: str) -> bool:
    """Singular and not impersonal: somebody or something does it."""
    tags = [tag for tag in _tags(predicate) if "impr" not in tag]
    return predicate not in IMPERSONAL and all(
        tag.number == "sing" and (tag.gender in ("masc", "femn") or tag.person == "3per") for tag in tags
    )


def _may_be_subject(word: str) -> bool:
    return _is(word, {"NOUN"}) and any(_case(tag) == "nomn" for tag in _tags(word))


def _objects(words: list[str]) -> Iterator[Pair]:
    """A direct object in a clause where nothing takes one."""
    tags = [tag for word in words for tag in _tags(word)]
    predicates = [word for word in words if _is(word, VERBAL)]
    if not predicates or any(tag.POS in ("PRED", "COMP") or ("tran" in tag and tag.POS in VERBAL) for tag in tags):
        return
    for place, word in enumerate(words[:-1]):
        if _is(word, {"NOUN"}) and {*map(_case, _tags(word))} == {"accs"} and not _after_preposition(words[:place]):
            yield word, predicates[0]


def _missing(words: list[str]) -> Iterator[Pair]:
    """A nominative beside the only predicate «нет» or «нельзя»: «доступ нет», «дети нельзя»."""
    if JOINING & set(words) or any(tag.POS in VERBAL for word in words for tag in _tags(word)):
        return
    for predicate in IMPERSONAL_ONLY.keys() & set(words):
        for place, word in enumerate(words):
            alone = _is(word, {"NOUN"}) and not _after_preposition(words[:place])
            if alone and {*map(_case, _tags(word))} <= IMPERSONAL_ONLY[predicate]:
                yield word, predicate


def _needs(words: list[str]) -> Iterator[Pair]:
    """The only noun that can be needed is of another gender: «демонтаж не нужно», «нужен справка»."""
    needs = [word for word in words if word in NEEDED]
    others = {tag.POS for word in words if word not in NEEDED for tag in _tags(word)} & NEED_MORE
    if len(needs) != 1 or others or JOINING & set(words) or any(word.isdigit() for word in words):
        return
    found = [
        word
        for place, word in enumerate(words)
        if _may_be_subject(word) and not _after_preposition(words[:place]) and not _may_be(word, "gent")
    ]
    if len(found) == 1 and not any(_is_needed(tag, NEEDED[needs[0]]) for tag in _tags(found[0])):
        yield found[0], needs[0]


def _may_be(word: str, case: str) -> bool:
    return any(_case(tag) == case for tag in _tags(word))


def _is_needed(noun: Any, gender: str) -> bool:
    alike = not noun.gender or noun.gender == gender or "ms-f" in noun
    return _case(noun) == "nomn" and noun.number == "sing" and alike


def _tautologies(words: list[str]) -> Iterator[Pair]:
    """A verb beside the noun of its own action: «заменим замену»."""
    for verb, noun in pairwise(words):
        acted = {tag.aspect for tag in _tags(verb) if tag.POS in ("VERB", "INFN") and "tran" in tag}
        lemmas = {str(parse.normal_form) for parse in morph().parse(noun) if parse.tag.POS == "NOUN"}
        if acted and {deed(lemma, aspect) for lemma in lemmas for aspect in acted} & _lemmas(verb):
            yield verb, noun


def _repeated(words: list[str]) -> Iterator[Pair]:
    """An adverb said twice: «заранее можно заранее»."""
    adverbs = [word for word in words if _is(word, {"ADVB"})]
    yield from ((word, word) for place, word in enumerate(adverbs) if word in adverbs[:place])


def _joined(words: list[str]) -> Iterator[Pair]:
    """Two predicates joined by «и» of which one lacks the subject of the other: «хранится 30 дней и дают»."""
    places = [place for place, word in enumerate(words) if _is(word, {"VERB"})]
    if len(places) != 2 or UNCOUNTED & set(words) or not JOINING & set(words[places[0] : places[1]]):
        return
    first, second = (words[place] for place in places)
    cut = max(place for place in range(*places) if words[place] in JOINING)
    lonely = _is_plural(first) and _asks_for_subject(second) and not _may_be_nominative(words[:cut], "plur")
    if lonely and not _may_be_nominative(words[cut:], "sing"):
        yield first, second
    if _asks_for_subject(first) and _is_plural(second) and cut + 1 == places[1]:
        yield first, second


def _is_plural(verb: str) -> bool:
    return all(tag.number == "plur" and "impr" not in tag and tag.person in (None, "3per") for tag in _tags(verb))


def _may_be_nominative(words: list[str], number: str) -> bool:
    return any(_case(tag) == "nomn" and tag.number == number for word in words for tag in _tags(word))


def _unparted(words: list[str]) -> Iterator[Pair]:
    """A condition that runs into a request without a comma: «Если возникнут вопросы ответьте»."""
    verbs = [place for place, word in enumerate(words) if _is(word, {"VERB"})]
    if not words or words[0] not in CONDITIONS or len(verbs) != 2 or JOINING & set(words[verbs[0] : verbs[1]]):
        return
    first, second = (words[place] for place in verbs)
    if not _is_request(first) and _is_request(second):
        yield first, second


def _is_request(verb: str) -> bool:
    return all("impr" in tag and tag.number == "plur" for tag in _tags(verb))


def _lemmas(word: str) -> set[str]:
    return {str(parse.normal_form) for parse in morph().parse(word)}


def _after_preposition(words: list[str]) -> bool:
    """Of the words before a noun those next to it are its attributes and a preposition."""
    rest = next((word for word in reversed(words) if not _is(word, {"ADJF", "PRTF"})), "")
    return rest in GOVERNMENT or rest in JOINING
