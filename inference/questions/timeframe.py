"""When? By the customer's own question, or by what the reply has under way."""

import re
from collections.abc import Sequence

from bylostalo.data.synthesis.words import Word
from bylostalo.inference.frame.trouble import lexicon
from bylostalo.inference.grammar import (
    bare,
    clauses,
    completed,
    is_one_of,
    large,
    subject,
)
from bylostalo.inference.lists import entries, listed, met, table

from .customer import asked, quoted, repeated, trouble_told, wish
from .pending import open_clauses

WHEN = (
    r"когда|как скоро|сколько (?:ещё |еще )?(?:мне |нам )?ждать|через сколько|как долго|долго ли|в какой срок|до какого"
)
NOT_MEANT = re.compile(r"научит|переста|прекрат|кончит|совест|мож(?:но|ете) уже", re.I)
NEGATIVE = re.compile(
    r"(?<!\w)(?:не|нет|нельзя|отка[зж]\w*|отклон\w*|невозмож\w*|возмож\w*|обра[тщ]\w+тесь|вопрос о)(?!\w)", re.I
)
PENDING = re.compile(
    r"рассматрив|рассмотрении|буд(?:ет|ут) рассмотр|рассмотрим|зарегистрир|(?:принят|получен)[аоы]?(?!\w)|передан|"
    r"направлен|обработк|обрабатыв|контрол|решает|решаем|изуча",
    re.I,
)
WHERE = r"где|почему (?:до сих пор|так долго|ещё|еще)"
DOWN = frozenset({"работать", "открываться", "загружаться", "грузиться", "включаться", "запускаться", "греть"})
CLOSED = frozenset({"недоступный", "отключить"})


def as_asked(reply: str, message: str) -> str | None:
    question = asked(message, WHEN)
    if question is None or NOT_MEANT.search(question):
        return None
    return repeated(question, "Какой срок назвать?")


def as_awaited(reply: str, message: str) -> str | None:
    """«Где моя посылка?»: not a question of time, but to be answered by one."""
    question = asked(message, WHERE)
    return f"Клиент спрашивает: {quoted(large(question))} Какой срок назвать?" if question else None


def of_outage(reply: str, message: str) -> str | None:
    """«Лифт не работает» → «Когда снова заработает лифт?»."""
    for clause in (*clauses(reply), *clauses(message)):
        for place, word in enumerate(clause.words):
            if thing := _down(clause.words, place, word):
                return thing
    return None


def _down(words: Sequence[Word], place: int, word: Word) -> str | None:
    off = is_one_of(word, DOWN) and place > 0 and words[place - 1].lower == "не" and word.is_mostly("VERB", "pres")
    reading = word.parses[0] if off else word.reading("ADJS") if is_one_of(word, CLOSED) else None
    what = subject(words, place, reading) if reading else None
    noun = what.readings[-1].normal_form if what else ""
    if what is None or "anim" in what.readings[-1].tag or noun in lexicon().times:
        return None
    if not off and noun not in listed(__package__, "words", "services"):
        return None
    name = completed(words, bare(what), "nomn")
    verb = "заработает" if what.number == "sing" else "заработают"
    return f"Когда снова {verb} {name}?" if name else None


def of_theme(reply: str, message: str) -> str | None:
    """«Розыск продолжается» → «Когда закончится розыск?»."""
    themes = entries(__package__, "words", "awaited")
    hopeful = [clause.text for clause in open_clauses(reply) if not NEGATIVE.search(clause.text)]
    return next((say for triggers, say in themes if any(met(triggers, text) for text in hopeful)), None)


def of_paper(reply: str, message: str) -> str | None:
    """«Ваша заявка на рассмотрении» → «Когда клиент получит ответ по заявке?»."""
    papers: dict[str, str] = table(__package__, "words")["papers"]
    for clause in open_clauses(reply):
        if PENDING.search(clause.text) and not NEGATIVE.search(clause.text):
            named = (papers[lemma] for word in clause.words for lemma in papers if is_one_of(word, frozenset({lemma})))
            if paper := next(named, None):
                return f"Когда клиент получит ответ {paper}?"
    return None


def of_trouble(reply: str, message: str) -> str | None:
    """«Виджет на сайте пропал» → «Виджет на сайте пропал: когда это решится?»."""
    said = trouble_told(message)
    return f"{said}: когда это решится?" if said else None


def of_wish(reply: str, message: str) -> str | None:
    said = wish(message)
    return f"Клиент просит: {quoted(said)}. Какой срок назвать?" if said else None
