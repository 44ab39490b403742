"""Who does what: the doer of a deed must not change place with another participant.

Conservative: a flip is reported only where both texts name the doer of related verbs.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .flip import Flip
from .relatives import related
from .words import Sentence, Word

WE, YOU = "мы", "вы"
COMPANY = frozenset(
    """банк компания организация магазин оператор служба поддержка провайдер страховщик клиника отель гостиница брокер площадка школа
    университет ресторан авиакомпания агентство администрация сервис исполнитель учреждение управление хостинг техподдержка
    отдел редакция студия клуб центр управляющая сторона мы специалист сотрудник менеджер комиссия разработчик кафе фирма
    маркетплейс регистратор перевозчик застройщик арендодатель предприятие библиотека деканат кафедра музей театр""".split()
)
CLIENT = frozenset(
    """клиент абонент гость заявитель покупатель пользователь пассажир страхователь вкладчик заемщик потребитель заказчик игрок
    подписчик студент пациент владелец собственник получатель отправитель арендатор держатель житель участник инвестор родитель
    водитель турист учащийся ученик гражданин лицо потерпевший администратор налогоплательщик плательщик продавец автор читатель
    слушатель посетитель жилец дольщик наниматель человек представитель плательщица заемщица арендаторша""".split()
)
OUTSIDER = frozenset({"курьер", "продавец", "водитель", "отправитель", "подрядчик", "перевозчик", "поставщик", "производитель", "мастер"})
PARTICIPANTS = COMPANY | CLIENT | OUTSIDER
BOUNDARY = re.compile(r"[,;:.!?—]|\s(?:и|а|но)\s")
PREPOSITIONS = frozenset("в во на к ко по от до у из с со за о об для через между при без над под про перед".split())
MODAL = frozenset("надлежать необходимый необходимо нужно надо следовать требоваться можно прийтись нельзя нужный".split())
SHELL_VERBS = frozenset(
    "осуществить осуществлять осуществляться произвести производиться произвести провести проводиться принять приниматься выполнить выполняться быть".split()
)
ABLE = frozenset({"мочь", "смочь"})
ASKING = frozenset("просить рекомендовать советовать предлагать обращать надеяться благодарить сообщать приносить".split())


@dataclass(frozen=True)
class Deed:
    """Related verbs of one clause, their doer and the other participants."""

    verbs: frozenset[str]
    doer: str
    others: frozenset[str]


@lru_cache(maxsize=8192)
def deeds(sentence: Sentence) -> tuple[Deed, ...]:
    """The deeds of a sentence whose doer is named."""
    found = []
    for words in _clauses(sentence):
        everyone = frozenset(name for word in words if (name := person(word)))
        for rule in DOERS:
            if named := rule(words):
                doer, verbs = named
                found.append(Deed(verbs, doer, everyone - {doer}))
                break
    return tuple(found)


def _clauses(sentence: Sentence) -> Iterator[list[Word]]:
    edges = [match.start() for match in BOUNDARY.finditer(sentence.text)]
    clause: list[Word] = []
    for word in sentence.words:
        if clause and edges and edges[0] < word.start:
            yield clause
            clause = []
        while edges and edges[0] < word.start:
            edges.pop(0)
        clause.append(word)
    yield clause


def person(word: Word) -> str:
    """«мы», «вы», or the lemma of a noun that names a participant; else an empty string."""
    lemma = word.lemma
    if lemma in (WE, YOU):
        return lemma
    if word.pos == "NOUN" and (lemma in PARTICIPANTS or {"anim"} <= word.best.grammemes):
        return lemma
    return ""


Named = tuple[str, frozenset[str]]


def passive_doer(words: Sequence[Word]) -> Named | None:
    """«передано продавцом», «нами проводится», «заявленная вами»."""
    for index, word in enumerate(words):
        if word.may_be("ablt") and not word.may_be("nomn") and (name := person(word)) and not _has_preposition(words, index):
            before = words[index - 1] if index else None
            if before and before.pos == "PRTF":
                return name, frozenset({before.lemma})
            verbs = [other for other in words if _is_passive(other)]
            return (name, _deed_words(verbs, words)) if verbs else None
    return None


def active_doer(words: Sequence[Word]) -> Named | None:
    """«мы передали», «продавец передал», «клиент должен предоставить»."""
    verbs = [word for word in words if word.pos in ("VERB", "INFN") and not _is_passive(word) and word.lemma != "быть"]
    if not verbs or any(_is_passive(word) for word in words) or any(word.lemma in MODAL for word in words):
        return None
    for index, word in enumerate(words):
        if "nomn" in word.best.grammemes and (name := person(word)) and not _has_preposition(words, index):
            return name, _deed_words(verbs, words)
    return None


def obliged_doer(words: Sequence[Word]) -> Named | None:
    """«вам надлежит предоставить»."""
    verbs = [word for word in words if word.pos == "INFN"]
    if not verbs or not any(word.lemma in MODAL for word in words):
        return None
    for index, word in enumerate(words):
        if word.may_be("datv") and not word.may_be("nomn") and (name := person(word)) and not _has_preposition(words, index):
            return name, _deed_words(verbs, words)
    return None


def told_by_verb(words: Sequence[Word]) -> Named | None:
    """«вернём», «пришлите», «можем вернуть»."""
    for word in words:
        doer = _doer_in_ending(word)
        if doer and word.lemma in ABLE:
            return doer, frozenset(other.lemma for other in words if other.pos == "INFN")
        if doer and word.lemma not in ASKING:
            return doer, frozenset({word.lemma})
    return None


def _doer_in_ending(word: Word) -> str:
    if word.pos != "VERB":
        return ""
    if "1per" in word.best.grammemes:
        return WE
    return YOU if word.best.grammemes & {"2per", "excl"} else ""


def _is_passive(word: Word) -> bool:
    return word.pos == "PRTS" or (word.pos == "VERB" and word.text.endswith(("ся", "сь")))


def _has_preposition(words: Sequence[Word], index: int) -> bool:
    return any(word.text in PREPOSITIONS for word in words[max(index - 2, 0) : index])


def _deed_words(verbs: Sequence[Word], words: Sequence[Word]) -> frozenset[str]:
    """The verbs; for a shell verb («осуществлён») the noun that names the deed."""
    real = frozenset(word.lemma for word in verbs if word.lemma not in SHELL_VERBS)
    if real:
        return real
    for index, word in enumerate(words):
        if word.pos == "NOUN" and word.best.grammemes & {"nomn", "accs"} and not _has_preposition(words, index) and not person(word):
            return frozenset({word.lemma})
    return frozenset()


DOERS: tuple[Callable[[Sequence[Word]], Named | None], ...] = (passive_doer, active_doer, obliged_doer, told_by_verb)


def role_flips(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    for old in deeds(before):
        for new in deeds(rewrite):
            if is_swapped(old, new) and _same_deed(old, new):
                yield Flip("roles", f"делает «{old.doer}» → «{new.doer}»")


def is_swapped(old: Deed, new: Deed) -> bool:
    """The new doer is another participant of the old deed, or stands on the other side of the counter."""
    if may_be(old.doer, new.doer):
        return False
    return any(may_be(other, new.doer) for other in old.others) or are_opposed(old.doer, new.doer)


def may_be(one: str, other: str) -> bool:
    """Whether two names may mean the same participant: «банк» is «мы», «клиент» is «вы»."""
    return one == other or _speaks_as(one, other) or _speaks_as(other, one)


def _speaks_as(noun: str, pronoun: str) -> bool:
    if pronoun == WE:
        return noun in COMPANY
    return pronoun == YOU and noun in CLIENT


def are_opposed(one: str, other: str) -> bool:
    pair = {one, other}
    return pair == {WE, YOU} or (WE in pair and bool(pair & OUTSIDER)) or (YOU in pair and bool(pair & COMPANY))


def _same_deed(old: Deed, new: Deed) -> bool:
    return any(related(one, other) for one in old.verbs for other in new.verbs)
