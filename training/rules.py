"""A baseline without learning: word lists and the detectors of the frame, for the codes that they can tell."""

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from bylostalo.data.errors import BylostaloError
from bylostalo.data.records import Reply
from bylostalo.data.splits import effective_split
from bylostalo.inference.frame.detect import has_apology, has_greeting, has_open_door, impersonal_address_span
from bylostalo.inference.results import Span
from bylostalo.training.metrics import word_lists
from bylostalo.training.metrics.verdicts import Array, Judge, Mask, Spans, Verdicts, gold, judged, marked

PHRASES: Mapping[str, tuple[str, ...]] = {
    "vague_wording": (
        r"\bв\s+(?:ближайш|кратчайш|скор|установленн|разумн)\w+\s+(?:врем|срок)\w*",
        r"\bпо\s+(?:техническим|ряду|различным|некоторым)\s+причин\w*",
        r"\bсоответствующ\w+\s+(?:отдел|служб|специалист|подразделен)\w*",
        r"\bнаблюда\w+\s+\w+",
        r"\bтехническ\w+\s+(?:сложност|неполадк|проблем|сбо)\w*",
    ),
    "blame": (
        r"\bвы\s+(?:сами|неверно|неправильно|некорректно|невнимательно|допустили|нарушили|забыли|опоздали)\b",
        r"\bвы\s+не\s+(?:указали|оплатили|прочитали|проверили|учли|заметили|выполнили|соблюли|внесли|передали)\b",
        r"\b(?:указали|ввели|выбрали|заполнили)\s+неверн\w+",
        r"\bпо\s+вашей\s+(?:же\s+)?(?:вине|ошибке|невнимательности)",
    ),
    "excuse": (
        r"\b(?:не\s+завис\w+\s+от\s+нас|от\s+нас\s+(?:\w+\s+)?не\s+зависит)",
        r"\bне\s+(?:входит|находится)\s+в\s+(?:мо|наш)\w+\s+\w+",
        r"\bне\s+явля\w+\s+(?:продавц|перевозчик|исполнител|производител)\w*",
        r"\bне\s+на\s+нашей\s+стороне",
        r"\bответственност\w+\s+не\s+нес\w+|\bне\s+нес[её]\w+\s+ответственност\w+",
        r"\bне\s+(?:наша|моя)\s+(?:вина|ошибка|проблема)",
    ),
    "redirect": (
        r"\b(?:обратитесь|обращайтесь|обратиться|обращаться|свяжитесь)\s+(?:\w+\s+)?(?:во?|ко?|со?|на|по)\s+(?!нам)\w+",
    ),
}
REFUSAL = (
    r"\b(?:отказ\w*|нельзя|невозможн\w+|заблокирован\w*|отклон[её]н\w*|аннулирован\w*)\b",
    r"\bне\s+(?:мож(?:ем|ет)|предусмотр\w+|подлеж\w+|осуществля\w+|производ\w+|предоставля\w+|принима\w+)\b",
)
REASON = (r"\b(?:потому|так\s+как|из-за|поскольку|причин\w+|в\s+связи|ввиду|согласно|нарушен\w+|чтобы)\b",)
INSTEAD = (r"\b(?:можете|можно|можем|предлага\w+|вместо|зато|либо|вариант\w*)\b",)
WAITING = (r"\b(?:рассм[ао]тр\w+|провер\w+|ожида\w+|передан\w*|передали|в\s+работе|сообщим|уточн\w+|заявк\w+)\b",)
TIME = (
    r"\d+\s*(?:-?\w+\s+)?(?:мин|час|дн|ден|сут|недел|месяц|рабоч|январ|феврал|март|апрел|ма[яй]|ию[нл]|август)",
    r"\d+\s+(?:сентябр|октябр|ноябр|декабр)|\d{1,2}[:.]\d{2}",
    r"\b(?:сегодня|завтра|понедельник|вторник|сред[уы]|четверг|пятниц|суббот|воскресень|вечер|утр|недел|сутки|суток)",
)
TROUBLE = (
    r"\b(?:ждём|жду|опозд\w+|слома\w+|дважды|до\s+сих\s+пор|обеща\w+|брак\w*|пропал\w*|потеря\w+|перепутал\w*)\b",
    r"\bне\s+(?:приш|прив|работа|вернул|получ|отвеч|отправ|достав)\w*",
)


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_PHRASES = {code: _any(patterns) for code, patterns in PHRASES.items()}
_REFUSAL, _REASON, _INSTEAD = map(_any, (REFUSAL, REASON, INSTEAD))
_WAITING, _TIME, _TROUBLE = map(_any, (WAITING, TIME, TROUBLE))

LACKS: Mapping[str, Callable[[str, str], bool]] = {
    "no_greeting": lambda text, _: not has_greeting(text),
    "no_reason": lambda text, _: bool(_REFUSAL.search(text) and not _REASON.search(text)),
    "no_apology": lambda text, client: bool(_TROUBLE.search(client)) and not has_apology(text),
    "no_timeframe": lambda text, _: bool(_WAITING.search(text) and not _TIME.search(text)),
    "flat_refusal": lambda text, _: bool(_REFUSAL.search(text) and not _INSTEAD.search(text)),
    "dead_end": lambda text, _: not has_open_door(text),
}
"""What the reply lacks, told by the reply and the customer's message."""


def said(text: str) -> dict[str, tuple[Span, ...]]:
    """Codes that the words of the reply show, with their places."""
    address = impersonal_address_span(text)
    own = {code: tuple(match.span() for match in pattern.finditer(text)) for code, pattern in _PHRASES.items()}
    found = {**word_lists.places(text), **own, "impersonal_address": (address,) if address else ()}
    return {code: spans for code, spans in found.items() if spans}


def lacking(text: str, client: str | None) -> set[str]:
    return {code for code, lacks in LACKS.items() if lacks(text, client or "")}


def rules(corpus: Sequence[Reply]) -> Judge:
    """A rule says yes or no; its probability is how often the code is there after each in the train split."""
    train = [reply for reply in corpus if effective_split(reply) == "train"]
    if not train:
        raise BylostaloError("в корпусе нет обучающих ответов: правилам не на чем узнать, как часто они правы")
    found = judged(_fired, train).found
    there = gold(train)
    silent, fired = (_share(there.codes, there.known & (found == state)) for state in (False, True))

    def judge(texts: Sequence[str], clients: Sequence[str | None]) -> Verdicts:
        verdicts = _fired(texts, clients)
        return Verdicts(np.where(verdicts.found, fired, silent), verdicts.found, verdicts.spans)

    return judge


def _fired(texts: Sequence[str], clients: Sequence[str | None]) -> Verdicts:
    spans: tuple[Spans, ...] = tuple(map(said, texts))
    found = marked(
        [shown.keys() | lacking(text, client) for shown, text, client in zip(spans, texts, clients, strict=True)]
    )
    return Verdicts(found.astype(np.float64), found, spans)


def _share(present: Mask, among: Mask) -> Array:
    """The share of each code `[codes]`, by the rule of succession."""
    return np.asarray(((present & among).sum(axis=0) + 1.0) / (among.sum(axis=0) + 2.0))
