"""What the customer told and the reply does not notice."""

import re
from functools import partial

from bylostalo.inference.grammar import Clause, is_one_of, large, subject
from bylostalo.inference.lists import listed
from bylostalo.inference.meaning.content import content, uncovered
from bylostalo.inference.meaning.words import Sentence, read

from .customer import LEADING, is_quotable, quotable, quoted, sentences

KINDS = ("feelings", "circumstances", "steps")
LOST_SHARE = 0.6
AGE = re.compile(
    r"(?<!\w)(?:мне|ему|ей|сыну|доч\w+|реб[её]нку|маме|папе|отцу|дед\w+|бабушк\w+) (?P<years>\d{1,2})(?!\d| ?р)", re.I
)
QUESTION = re.compile(
    r"(?<!\w)(?:как|когда|где|куда|кто|почему|сколько|какой|какая|какие|можно|нужно|надо|есть|ли)(?!\w)", re.I
)
RHETORICAL = re.compile(r"издева|совест|сколько можно|вообще|люди|доколе|серь[её]зно|нормально|шут|зачем", re.I)
listed_words = partial(listed, __package__, "words")


def of_detail(reply: str, message: str) -> str | None:
    """«У меня грудной ребёнок» → «Клиент пишет: «у меня грудной ребёнок». Что на это ответить?»."""
    told = [(clause, said) for clause, said in quotable(message) if not _orders(clause)]
    seen = read(reply)
    for kind in KINDS:
        for clause, said in told:
            if _is_missed(clause, kind, seen):
                return f"Клиент пишет: {quoted(said)}. Что на это ответить?"
    return None


def _orders(clause: Clause) -> bool:
    return any(word.is_mostly("VERB", "impr") for word in clause.words)


def _is_missed(clause: Clause, kind: str, seen: Sentence) -> bool:
    """Whether the clause is of a kind, and neither the word that shows it nor most of the rest is in the reply."""
    age = AGE.search(clause.text)
    if age and kind == "circumstances":
        return age["years"] not in seen.text
    telling = {
        word.lower.replace("ё", "е")
        for place, word in enumerate(clause.words)
        if is_one_of(word, listed_words(kind)) and (kind != "steps" or _is_own_step(clause, place))
    }
    needed = content(read(clause.text))
    lost = {word.text for word in uncovered(needed, seen.words)}
    return bool(telling) and telling <= lost and len(lost) >= LOST_SHARE * len(needed)


def _is_own_step(clause: Clause, place: int) -> bool:
    """Whether the customer did it herself: «звонила», but not «мастер приехал», «пишет», «прислать»."""
    reading = clause.words[place].parses[0]
    if reading.tag.POS != "VERB" or reading.tag.person in ("2per", "3per"):
        return False
    who = subject(clause.words, place, reading)
    other = who is not None and (who.last <= place or "anim" in who.readings[-1].tag)
    return not other or any(word.lower in {"я", "мы"} for word in clause.words)


def of_question(reply: str, message: str) -> str | None:
    """A question of several none of whose words are in the reply."""
    asked = [sentence for sentence in sentences(message) if sentence.endswith("?")]
    seen = read(reply)
    for sentence in asked if len(asked) > 1 else ():
        needed = content(read(sentence))
        missed = bool(needed) and len(uncovered(needed, seen.words)) == len(needed)
        if missed and is_quotable(sentence) and QUESTION.search(sentence) and not RHETORICAL.search(sentence):
            return f"Клиент спрашивает: {quoted(large(LEADING.sub('', sentence)))} Что ответить?"
    return None
