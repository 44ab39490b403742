"""What instead? Of the thing that the reply refuses, or of what the customer asks for."""

from collections.abc import Sequence

from bylostalo.data.morphology import morph
from bylostalo.data.synthesis.phrase import Phrase, phrase_at
from bylostalo.data.synthesis.tables import verbal_nouns
from bylostalo.data.synthesis.words import Word, inflected
from bylostalo.inference.grammar import (
    after_preposition,
    bare,
    completed,
    is_one_of,
    is_transitive,
    participle,
    phrase_of,
    small,
    subject,
    tail,
)
from bylostalo.inference.lists import listed
from bylostalo.inference.passive import passive_at

from .acts import NO, NONE, REFUSING, acts, listed_words, refuses
from .customer import quoted, wish

OURS = listed("bylostalo.inference.explanations", "voice", "ours")


def of_thing(reply: str, message: str) -> str | None:
    """«Скидку предоставить не можем» → «Что можно предложить вместо скидки?»."""
    for clause in acts(reply):
        if refuses(clause.words):
            for rule in (_not_subject_to, _refused_in, _not_provided, _there_is_none, _not_done):
                if thing := rule(clause.words):
                    return f"Что можно предложить вместо {thing}?"
    return None


def of_wish(reply: str, message: str) -> str | None:
    said = wish(message)
    return f"Клиент просит: {quoted(said)}. Что предложить взамен?" if said else None


def _not_subject_to(words: Sequence[Word]) -> str | None:
    """«Билет возврату не подлежит» → «возврата»."""
    if not any(word.lower in {"подлежит", "подлежат"} for word in words):
        return None
    nouns = [place for place, word in enumerate(words) if word.is_mostly("NOUN", "datv")]
    return _in_genitive(words, phrase_of(words, nouns[0], "datv")) if nouns else None


def _refused_in(words: Sequence[Word]) -> str | None:
    """«В замене стекла отказано» → «замены стекла»."""
    if not any(is_one_of(word, REFUSING) for word in words):
        return None
    phrases = (phrase_at(words, place + 1, "loct") for place, word in enumerate(words) if word.lower == "в")
    return next((thing for phrase in phrases if (thing := _in_genitive(words, phrase))), None)


def _not_provided(words: Sequence[Word]) -> str | None:
    """«Рассрочка не предоставляется», «ранний заезд невозможен» → «рассрочки», «раннего заезда»."""
    for place, word in enumerate(words):
        impossible = (participle(word) or word.reading("ADJS")) if NO.fullmatch(word.lower) else None
        passive = passive_at(words, place)
        if impossible:
            return _in_genitive(words, subject(words, place, impossible))
        if passive and passive.negated and passive.infinitive in listed_words("hollow"):
            return _in_genitive(words, passive.subject)
    return None


def _there_is_none(words: Sequence[Word]) -> str | None:
    """«Тёмной темы не будет», «скидок нет» → «тёмной темы», «скидок»."""
    if not NONE.search(" ".join(word.lower for word in words)):
        return None
    places = (
        at for at, word in enumerate(words) if word.is_mostly("NOUN", "gent") and not after_preposition(words, at)
    )
    return next((thing for at in places if (thing := _in_genitive(words, phrase_of(words, at, "gent")))), None)


def _not_done(words: Sequence[Word]) -> str | None:
    """«Лимит повысить нельзя», «задаток не возвращается» → «повышения лимита», «возврата задатка»."""
    for place, word in enumerate(words):
        passive = passive_at(words, place)
        if passive and passive.negated and passive.infinitive in OURS:
            infinitive, phrase = passive.infinitive, passive.subject
        elif word.is_mostly("INFN") or _declined(words, place):
            infinitive, phrase = str(word.parses[0].normal_form), _object(words, place)
        else:
            continue
        what = _in_genitive(words, phrase) if is_transitive(infinitive) else None
        if infinitive in listed_words("hollow"):
            return what
        noun = verbal_nouns().get(infinitive)
        if noun and (what or noun in listed_words("wanted")):
            return " ".join(part for part in (_genitive(noun), what) if part)
    return None


def _declined(words: Sequence[Word], place: int) -> bool:
    """«Не возвращаем»."""
    return place > 0 and words[place - 1].lower == "не" and words[place].is_mostly("VERB", "1per")


def _object(words: Sequence[Word], place: int) -> Phrase | None:
    """The noun phrase right after a verb, or right before it and its «не»."""
    before = place - 2 if place and words[place - 1].lower == "не" else place - 1
    for case in ("accs", "gent"):
        found = phrase_at(words, place + 1, case) or (phrase_of(words, before, case) if before >= 0 else None)
        if found and not after_preposition(words, found.last - 1):
            return found
    return None


def _in_genitive(words: Sequence[Word], phrase: Phrase | None) -> str | None:
    """«Скидку» → «скидки», «предоставление скидки» → «скидки»; None for what is no thing to want."""
    noun = str(phrase.readings[-1].normal_form) if phrase else ""
    if phrase is None or noun in listed_words("abstract"):
        return None
    if noun in listed_words("hollow_nouns"):
        return " ".join(small(word.text) for word in tail(words, phrase)) or None
    return completed(words, bare(phrase), "gent")


def _genitive(noun: str) -> str | None:
    reading = next((one for one in morph().parse(noun) if {"NOUN", "nomn"} in one.tag), None)
    return inflected(reading, "gent", "sing") if reading else None
