"""What the customer asks and wants, in words that can be quoted."""

import re
from collections.abc import Iterator, Sequence

from razdel import sentenize

from bylostalo.data.synthesis.words import Word, words
from bylostalo.inference.frame.trouble import lexicon, trouble
from bylostalo.inference.grammar import Clause, clauses, is_one_of, large

MOST_WORDS = 12
SHORT = 3
MARKS = re.compile(r"[<>{}\[\]$@/\\|]|%\w+%")
OPENING = r"(?:(?:а|и|но|ну|так|вот|скажите|подскажите|пожалуйста|здравствуйте|добрый день|ал[её])[,.!]?\s+)*"
LEADING = re.compile(
    r"^[^\w«\"]*(?:(?:а|и|но|да|что|ведь|хотя|если(?= у меня)|потому что|просто|вообще|короче|здравствуйте|"
    r"добрый день)\s+)*",
    re.I,
)
ASKING = re.compile(
    r"(?:если|когда|чтобы|котор\w+|как\w*|где|кто|чем|то|либо|или|прошу|просим|пожалуйста|почему|зачем|сколько|"
    r"за что)(?!\w)",
    re.I,
)
DANGLING = (" так", " такой", " такая", " такие", " то", " тем")
INNER = str.maketrans("«»", "„“")
YOU = frozenset({"вы", "ваш"})
SELF = frozenset({"я", "мы", "мой", "наш"})
WISH = re.compile(
    r"(?:^|[,;]\s*)(?:прошу|просим|хочу|хотим|хотел[аи]? бы|можно(?: ли)?|можете|могу)\s+"
    r"(?:вас\s+|мне\s+|нам\s+)?(?P<wish>.+)$",
    re.I,
)


def sentences(message: str) -> Iterator[str]:
    for line in message.splitlines():
        yield from (sentence.text for sentence in sentenize(line))


def asked(message: str, openers: str) -> str | None:
    """The first question that begins with one of the openers (a regular expression), without what leads up to it."""
    pattern = re.compile(rf"{OPENING}(?P<question>(?:{openers})(?!\w)[^?]*\?)", re.I)
    found = (match["question"] for sentence in sentences(message) if (match := pattern.match(sentence)))
    return next((question for question in found if is_quotable(question) and _names_something(question)), None)


def _names_something(question: str) -> bool:
    return any(word.is_mostly(part) for word in words(question) for part in ("NOUN", "VERB", "INFN"))


def is_quotable(text: str) -> bool:
    """Short, and neither rude nor full of marks."""
    rude = any(word.lower.startswith(lexicon().rude) for word in words(text))
    return len(text.split()) <= MOST_WORDS and not rude and not MARKS.search(text)


def speaks_of_self(text: str) -> bool:
    return any(is_one_of(word, SELF) or word.is_mostly("VERB", "1per") for word in words(text))


def repeated(question: str, then: str) -> str:
    """The customer's question as it is where anybody may ask it, else in quotation marks with what to do about it."""
    calm = large(question.lower() if question.isupper() else question)
    clear = any(word.is_mostly("NOUN") for word in words(calm))
    return calm if clear and not speaks_of_self(calm) else f"Клиент спрашивает: {quoted(calm)} {then}"


def quoted(text: str) -> str:
    return f"«{text.translate(INNER)}»"


def trouble_told(message: str) -> str | None:
    """The trouble in the customer's words, «Сайт не открывается», where it can be said of her to others."""
    said = trouble(message)
    return large(said) if said and not any(is_one_of(word, YOU) for word in words(said)) else None


def wish(message: str) -> str | None:
    """What the customer asks for, as she puts it: «перенести тренировку на завтра»."""
    for sentence in sentences(message):
        for clause in clauses(sentence):
            match = WISH.search(clause.text)
            said = match["wish"] if match else clause.text
            if len(said.split()) > 1 and is_quotable(said) and _asks(words(said)[0], told=match is not None):
                return re.sub(r",?\s+пожалуйста$", "", said.rstrip(" .!?"))
    return None


def _asks(first: Word, *, told: bool) -> bool:
    """An infinitive after «прошу», or an order."""
    if told:
        return first.is_mostly("INFN")
    return first.is_mostly("VERB", "impr") and first.reading("VERB", "impr", "plur", "excl") is not None


def quotable(message: str) -> Iterator[tuple[Clause, str]]:
    """Clauses of the message that tell something, and how each is quoted: a short one with the rest of its sentence."""
    for sentence in sentences(message):
        for clause in clauses(sentence):
            said = LEADING.sub("", clause.text)
            if len(said.split()) < SHORT and not sentence.endswith("?"):
                said = LEADING.sub("", sentence).rstrip(" .!…)(")
            whole = "?" not in clause.mark and not said.endswith(DANGLING)
            if whole and is_quotable(said) and not ASKING.match(said) and _is_said(words(said)):
                yield clause, said


def _is_said(said: Sequence[Word]) -> bool:
    """Something is told of somebody: a predicate, a subject or a number."""
    parts = ("VERB", "PRTS", "PRED", "ADJS", "INFN", "ADVB")
    tells = (any(word.is_mostly(part) for part in parts) or word.reading("NOUN", "nomn") for word in said)
    return len(said) > 1 and (any(tells) or any(word.text.isdigit() for word in said))
