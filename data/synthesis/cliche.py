"""Plain words → clichés that take the same place."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

from bylostalo.data.morphology import morph

from .change import Change
from .nominal import agrees_later
from .phrase import phrase_at
from .tables import cliches
from .words import Word, cased, inflected

CODE = "officialese"
LONGEST = 3
NOT_BEFORE_ONLY = frozenset(["как", "лишь", "не", "если", "один", "одна", "одно", "одни", "такой"])
CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
VERBAL = ("VERB", "INFN")


def fixed_phrases(words: Sequence[Word], rng: Random) -> Iterator[Change]:
    """«Если» → «в случае если», «сейчас» → «в настоящее время»."""
    table = cliches()["fixed"]
    for place in range(len(words)):
        for size in range(LONGEST, 0, -1):
            key = " ".join(word.lower for word in words[place : place + size])
            if key in table and not _belongs_elsewhere(key, words, place):
                text = cased(rng.choice(table[key]), words[place].text)
                yield Change(words[place].start, words[place + size - 1].stop, text, CODE)
                break


def _belongs_elsewhere(key: str, words: Sequence[Word], place: int) -> bool:
    """«Как только», «того чтобы», «хочу, чтобы» are no places for a cliché."""
    before = [word.lower for word in words[max(0, place - 2) : place]]
    if key == "если":
        return "случае" in before
    if key == "чтобы":
        return bool(before) and (
            before[-1] != "," or before[0] in {"так", "том"} or (place > 1 and _wishes(words[place - 2]))
        )
    return key == "только" and bool(before) and before[-1] in NOT_BEFORE_ONLY


def _wishes(word: Word) -> bool:
    return any(parse.normal_form in {"хотеть", "просить", "попросить", "желать", "требовать"} for parse in word.parses)


def before_infinitive(words: Sequence[Word], rng: Random) -> Iterator[Change]:
    """«Нужно заполнить» → «необходимо заполнить»."""
    table = cliches()["before_infinitive"]
    for place, (word, following) in enumerate(pairwise(words)):
        before = words[place - 1] if place else word
        if word.lower in table and following.is_mostly("INFN") and not (before.reading("datv") or before.lower == "не"):
            yield Change(word.start, word.stop, cased(rng.choice(table[word.lower]), word.text), CODE)


def verbs(words: Sequence[Word], rng: Random) -> Iterator[Change]:
    """«Отправим» → «направим»."""
    table = cliches()["verbs"]
    for word, following in zip(words, [*words[1:], None], strict=True):
        reading = word.parses[0] if word.parses else None
        if following is not None and following.is_mostly("INFN"):
            continue
        lemmas = {parse.normal_form for parse in word.parses if parse.tag.POS in VERBAL}
        if reading is None or reading.tag.POS not in VERBAL or lemmas != {reading.normal_form} & table.keys():
            continue
        target = morph().parse(table[reading.normal_form])[0]
        form = target.word if reading.tag.POS == "INFN" else inflected(target, *_features(reading))
        if form:
            yield Change(word.start, word.stop, cased(form, word.text), CODE)


def _features(verb: object) -> list[str]:
    tag = verb.tag  # type: ignore[attr-defined]
    values = (tag.tense, tag.person, tag.number, tag.gender, tag.mood, tag.involvement)
    return [str(value) for value in values if value is not None]


def demonstratives(words: Sequence[Word], rng: Random) -> Iterator[Change]:
    """«Эта ошибка» → «данная ошибка», in the case of its noun."""
    for place, word in enumerate(words[:-1]):
        if not (word.parses and word.parses[0].normal_form == "этот"):
            continue
        for case in CASES:
            phrase = phrase_at(words, place + 1, case)
            if phrase is None or phrase.readings[-1].normal_form == "данные":
                continue
            agreed = {case, phrase.number, *([phrase.gender] if phrase.gender else [])}
            if word.reading(*agreed):
                if case == "accs":
                    agreed.add("anim" if "anim" in phrase.readings[-1].tag else "inan")
                if form := inflected(morph().parse("данный")[0], *agreed):
                    yield Change(word.start, word.stop, cased(form, word.text), CODE)
                break


def prepositions(words: Sequence[Word], rng: Random) -> Iterator[Change]:
    """«Из-за сбоя» → «ввиду сбоя», «в связи со сбоем»."""
    table = cliches()["prepositions"]
    for place, word in enumerate(words):
        if word.lower not in table or not _asks_for_cliche(words, place):
            continue
        phrase = phrase_at(words, place + 1, "gent" if word.lower == "из-за" else "loct")
        preposition, case = rng.choice(table[word.lower])
        if phrase and not agrees_later(words, phrase.last) and (form := phrase.in_case(case)):
            text = f"{_vocalised(preposition, form)} {form}"
            yield Change(word.start, phrase.stop, cased(text, word.text), CODE, 0, len(_vocalised(preposition, form)))


def _asks_for_cliche(words: Sequence[Word], place: int) -> bool:
    if words[place].lower == "из-за":
        return True
    before = words[place - 1] if place else None
    return before is not None and any(parse.normal_form in cliches()["about"] for parse in before.parses)


def _vocalised(preposition: str, following: str) -> str:
    """«В связи с ошибкой», but «в связи со сбоем»."""
    hard = following[:1] in "сзшж" and following[1:2] not in "аеёиоуыэюя"
    return f"{preposition}о" if preposition.endswith(" с") and hard else preposition


FAMILY = (fixed_phrases, before_infinitive, verbs, demonstratives, prepositions)
