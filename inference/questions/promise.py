"""Promises of a reply that name no time: «пришлём справку», «диски будут заменены», «карта придёт»."""

from collections.abc import Sequence
from functools import partial

from bylostalo.data.synthesis.phrase import phrase_at
from bylostalo.data.synthesis.words import Word
from bylostalo.inference.grammar import bare, completed, conjugated, phrase_of, subject
from bylostalo.inference.lists import listed
from bylostalo.inference.passive import passive_at

from .pending import open_clauses

listed_words = partial(listed, __package__, "words")
MONEY = frozenset({"деньги", "деньга", "средство", "сумма", "возврат", "выплата", "стоимость"})
"""What has a question of its own: «Когда клиент получит деньги?»."""
ANSWERS = {
    "ответить": "клиенту",
    "перезвонить": "клиенту",
    "позвонить": "клиенту",
    "сообщить": "клиенту",
    "проинформировать": "клиента",
    "уведомить": "клиента",
    "связаться": "с клиентом",
    "починить": "",
    "исправить": "",
    "прислать": "",
    "выслать": "",
}
"""Verbs that need no object, and what follows them in a question."""


def of_promise(reply: str, message: str) -> str | None:
    """«Диски будут заменены» → «Когда заменят диски?»."""
    for clause in open_clauses(reply):
        for place, word in enumerate(clause.words):
            for rule in (_will_be_done, _we_shall, _they_will, _will_come):
                if word.parses and not _negated(clause.words, place) and (said := rule(clause.words, place)):
                    return f"Когда {said}?"
    return None


def _negated(words: Sequence[Word], place: int) -> bool:
    return "не" in {word.lower for word in words[max(0, place - 2) : place]}


def _will_be_done(words: Sequence[Word], place: int) -> str | None:
    passive = passive_at(words, place)
    if passive is None or passive.tense != "futr" or passive.subject is None or "PRTS" not in passive.reading.tag:
        return None
    if passive.infinitive not in listed_words("promised") or passive.noun in MONEY:
        return None
    verb = conjugated(passive.infinitive, "futr", "3per", "plur")
    what = completed(words, bare(passive.subject), "accs")
    return f"{verb} {what}" if verb and what else None


def _we_shall(words: Sequence[Word], place: int) -> str | None:
    """«Пришлём справку» → «пришлёте справку»."""
    reading = words[place].parses[0]
    if not {"VERB", "1per", "futr"} <= reading.tag.grammemes:
        return None
    infinitive = str(reading.normal_form)
    verb = conjugated(infinitive, "futr", "2per", "plur")
    what = _whom_or_what(words, place, infinitive)
    return f"{verb} {what}".strip() if verb and what is not None else None


def _they_will(words: Sequence[Word], place: int) -> str | None:
    """«С вами свяжутся» → «с клиентом свяжутся»."""
    reading = words[place].parses[0]
    if not {"VERB", "3per", "plur", "futr"} <= reading.tag.grammemes or subject(words, place, reading):
        return None
    what = _whom_or_what(words, place, str(reading.normal_form))
    return f"{words[place].lower} {what}".strip() if what is not None else None


def _will_come(words: Sequence[Word], place: int) -> str | None:
    """«Карта придёт» → «придёт карта»."""
    reading = words[place].parses[0]
    if not {"VERB", "3per", "futr"} <= reading.tag.grammemes or reading.normal_form not in listed_words("arriving"):
        return None
    who = subject(words, place, reading)
    if who is None or str(who.readings[-1].normal_form) in MONEY:
        return None
    name = completed(words, bare(who), "nomn")
    return f"{words[place].lower} {name}" if name else None


def _whom_or_what(words: Sequence[Word], place: int, infinitive: str) -> str | None:
    """The object of the promise, or what the verb takes instead; None for a verb that promises nothing."""
    what = _object(words, place) if infinitive in listed_words("promised") else None
    return what or ANSWERS.get(infinitive)


def _object(words: Sequence[Word], place: int) -> str | None:
    """The noun phrase in the accusative right after a verb or right before it."""
    after = phrase_at(words, place + 1, "accs")
    found = after or (phrase_of(words, place - 1, "accs") if place else None)
    return completed(words, bare(found), "accs") if found else None
