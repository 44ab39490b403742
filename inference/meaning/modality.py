"""Modality: can, must, maybe, planned; and whether a thing is done, being done or still to be done."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from .flip import Flip
from .marks import Lexicon, names
from .words import Reading, Sentence, Word

LEXICON = Lexicon(
    {
        "idle": r"в возможно короткий срок|если это возможно|по возможности|не могли бы|не исключен[ао]",
        "needless": r"""не обязан[а-я]*|не долж[а-я]+|не требу[а-я]+|не нужн[а-я]+|не надо|не прид[её]тся|необязательн[а-я]+|не обязательн[а-я]+
            |не необходим[а-я]+|нет необходимости|без необходимости|можно не|можете не|может не""",
        "cannot": r"""не мо[жг][а-я]+|не смо[а-я]+|нельзя|невозможн[а-я]+|не вправе|не допуска[а-я]+|не разреш[а-я]+|не представ[а-я]+ возможн[а-я]+
            |не получ[а-я]+|не уда[а-я]+|запре[а-я]+|не име[а-я]+ (?:права|возможности)|нет (?:права|возможности)|не подлеж[а-я]+|не следует|не стоит
            |не предусм[а-я]+""",
        "maybe": r"вероятно|может быть, |скорее всего|видимо|предположительно|по всей вероятности|не исключен[ао]?|возможно,|, возможно|, вероятно,?|похоже|кажется|по-видимому",
        "can": r"""мо[жг]ет[а-я]*|могу[а-я]*|можем|можно|может|мог(?:ли|ла|ло)?|смо[жг][а-я]+|вправе|возможн[а-я]+|допуска[а-я]+|допустим[а-я]*|разреш[а-я]+|доступн[а-я]*|доступ
            |име[а-я]+ (?:право|возможность)|есть (?:право|возможность)|позволя[а-я]+|предусм[а-я]+|предоставля[а-я]+|способ[а-я]+|получится|удастся|прав[ао]|вари[а-я]+""",
        "must": r"""долж[а-я]+|обязан[а-я]*|обязател[а-я]+|обязуе[а-я]+|необходимо?|необходим[а-я]+|надлежит|требу[а-я]+|следует|нужн[а-я]+|надо|прид[её]тся|приш[а-я]+
            |вынужден[а-я]*|требован[а-я]+|подлеж[а-я]+""",
        "advice": r"рекоменд[а-я]+|советуем|желательн[а-я]+|лучше|прос[а-я]+|пожалуйста|предлага[а-я]+|стоит",
        "plan": r"планир[а-я]+|намерен[а-я]*|предполага[а-я]+|ожида[а-я]+|собира[а-я]+|ждем|запланир[а-я]+|предстоит|ориентировочн[а-я]+|примерн[а-я]+",
    }
)
OBLIGED = Lexicon({"must": r"долж[а-я]+|обязан[а-я]*|необходим[а-я]*|надлежит|нужно|надо|придется|следует|требуется"})
DONE, WILL, DOING = "done", "will", "doing"
IDLE = frozenset(
    """быть мочь иметь стать смочь хотеть следовать подлежать являться допускаться надлежать требоваться предусмотреть предусматривать
    обусловить вызвать связать воспрещаться запрещаться разрешаться составлять составить считаться находиться представляться исключить
    нести влечь содержать содержаться просить сообщать информировать уведомлять рекомендоваться означать значить зависеть позволять
    запретить ограничить запланировать намерить прийтись обязать получиться удаться""".split()
)
CLAUSE = re.compile(
    r"(?:^|[.;:—,]|\sи\s)\s*(?P<sub>(?:(?:в|на|по|с|о|об|для|за|из|от|до|у|к|при|без|только|лишь|а|но|после того,?|до тех пор,?|тем,?|того,?) )?"
    r"(?:если|когда|пока|котор[а-я]+|что|чтобы|как|так как|потому|поскольку|прежде|где|кто|кому|кого|чем|ли)(?![а-я]))?"
)


@lru_cache(maxsize=8192)
def modalities(sentence: Sentence) -> frozenset[str]:
    return names(LEXICON.marks(sentence.text)) | ({"order"} if any(map(is_order, sentence.words)) else set())


def is_order(word: Word) -> bool:
    return "impr" in word.best.grammemes and "excl" in word.best.grammemes


@dataclass(frozen=True)
class Predicate:
    """A finite verb or short participle of a main clause."""

    lemma: str
    tense: str


@lru_cache(maxsize=8192)
def predicates(sentence: Sentence) -> tuple[Predicate, ...]:
    """Verbs of main clauses with their tense; idle ones («является», «допускается») are left out."""
    words = main_words(sentence)
    future_be = any(word.lemma == "быть" and "futr" in word.best.grammemes for word in words)
    return tuple(
        Predicate(word.lemma, tense)
        for word in words
        if (tense := tense_of(word.best, future_be)) and word.lemma not in IDLE
    )


def main_words(sentence: Sentence) -> list[Word]:
    """The words outside «если …», «который …» and the like."""
    stops = [(match.start(), bool(match.group("sub"))) for match in CLAUSE.finditer(sentence.text)]
    return [word for word in sentence.words if not _is_subordinate(word.start, stops)]


def _is_subordinate(place: int, stops: list[tuple[int, bool]]) -> bool:
    return next((sub for start, sub in reversed(stops) if start <= place), False)


def tenses(sentence: Sentence) -> frozenset[str]:
    return frozenset(predicate.tense for predicate in predicates(sentence))


def tense_of(reading: Reading, future_be: bool) -> str:
    marks = reading.grammemes
    if reading.pos == "PRTS":
        return WILL if future_be else DONE
    if reading.pos == "INFN":
        return WILL if future_be and "impf" in marks else ""
    if reading.pos != "VERB" or "impr" in marks:
        return ""
    if "futr" in marks:
        return WILL
    return DONE if "past" in marks else DOING


Rule = Callable[[frozenset[str], frozenset[str]], bool]


def option_became_promise(there: frozenset[str], here: frozenset[str]) -> bool:
    return "can" in there and not there & {"will", "must"} and not here & {"can", "cannot", "maybe", "plan", "order", "advice", "doing"} and bool(here & {"will"})


def option_became_fact(there: frozenset[str], here: frozenset[str]) -> bool:
    return "can" in there and "done" not in there and not here & {"can", "cannot", "maybe", "will", "doing"} and "done" in here


def option_became_duty(there: frozenset[str], here: frozenset[str]) -> bool:
    return "can" in there and not there & {"must", "advice"} and "must" in here and not here & {"can", "cannot"}


def duty_became_option(there: frozenset[str], here: frozenset[str]) -> bool:
    return "must" in there and not there & {"can", "cannot", "needless"} and "can" in here and not here & {"must", "order", "cannot"}


def promise_became_option(there: frozenset[str], here: frozenset[str]) -> bool:
    return "will" in there and not there & {"can", "cannot", "maybe"} and "can" in here and "will" not in here


def doubt_lost(there: frozenset[str], here: frozenset[str]) -> bool:
    return bool(there & {"maybe"}) and not here & {"maybe", "can", "plan", "cannot"}


def doubt_added(there: frozenset[str], here: frozenset[str]) -> bool:
    return "maybe" in here and not there & {"maybe", "can", "plan", "cannot", "advice"}


def plan_became_fact(there: frozenset[str], here: frozenset[str]) -> bool:
    return "plan" in there and not here & {"plan", "maybe", "can", "must"} and bool(here & {"will", "done"})


def ban_became_freedom(there: frozenset[str], here: frozenset[str]) -> bool:
    return "cannot" in there and "needless" not in there and "needless" in here and "cannot" not in here


def freedom_became_ban(there: frozenset[str], here: frozenset[str]) -> bool:
    return ban_became_freedom(here, there)


def done_became_promise(there: frozenset[str], here: frozenset[str]) -> bool:
    return "done" in there and not there & {"will", "doing"} and "will" in here and not here & {"done"}


def promise_became_done(there: frozenset[str], here: frozenset[str]) -> bool:
    return "will" in there and not there & {"done"} and "done" in here and not here & {"will", "doing"}


def doing_became_done(there: frozenset[str], here: frozenset[str]) -> bool:
    return "doing" in there and not there & {"done", "will"} and "done" in here and not here & {"doing", "will"}


def done_became_doing(there: frozenset[str], here: frozenset[str]) -> bool:
    return "done" in there and not there & {"doing", "will"} and "doing" in here and not here & {"done", "will"}


RULES: tuple[Rule, ...] = (
    option_became_promise,
    option_became_fact,
    option_became_duty,
    duty_became_option,
    promise_became_option,
    doubt_lost,
    doubt_added,
    plan_became_fact,
    ban_became_freedom,
    freedom_became_ban,
    done_became_promise,
    promise_became_done,
    doing_became_done,
    done_became_doing,
)


def modality_flips(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    there = modalities(before) | tenses(before)
    here = modalities(rewrite) | tenses(rewrite)
    for rule in RULES:
        if rule(there, here):
            yield Flip("modality", rule.__name__)
    for old, new in ():#retimed(before, rewrite):
        yield Flip("modality", f"«{old.lemma}» ({old.tense}) → «{new.lemma}» ({new.tense})")
