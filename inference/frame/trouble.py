"""The trouble in the customer's own words: «курьер опоздал на два часа», where a clause is sure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import zip_longest

import yaml

from bylostalo.inference.facts.names import is_known, readings

from .agreement import subjects

MAX_WORDS = 8
MAX_CHARS = 64

SENTENCE = re.compile(r"(?:[^.!?…\n;:]|[.:](?=\S))+")
COMMA = re.compile(r"\s*[,()—–]\s*|\s+-\s+")
WORD = re.compile(r"[A-Za-zА-Яа-яЁё]+(?:-[A-Za-zА-Яа-яЁё]+)*|\d+")
GREETING = re.compile(r"^(?:здравствуйте|добр\w+ (?:день|вечер|утро)|привет|алло)\s*", re.I)
LEADING = re.compile(r"^(?:(?:а|но|и|ну|вот|да|почему|вообще|короче|ребята|девушка|коллеги|блин)\s+)+", re.I)
LATIN = re.compile("[A-Za-z]")
VERBAL = frozenset({"VERB", "PRTS", "PRED", "GRND", "INFN"})
PROPER = frozenset({"Name", "Surn", "Geox", "Orgn"})

NUMBER = (
    r"(?:\d+|полтор[аы]|две|два|три|четыре|пять|цел(?:ый|ую)|втор(?:ой|ую)|трет(?:ий|ью)|"
    r"четв[её]рт(?:ый|ую)|пят(?:ый|ую))"
)
UNIT = r"(?:час(?:а|ов)?|день|дня|дней|сутки|недел[юиь]|месяц(?:а|ев)?|полдня|полчаса|минут)"
LONG = rf"(?:{NUMBER}\s+)?{UNIT}"
WAIT = re.compile(
    rf"(?:я\s+)?(?P<long>(?:уже\s+)?{LONG})\s+(?:я\s+)?жду\s+(?P<what>[а-яё]+(?:\s+[а-яё]+){{0,3}})", re.I
)
WAIT_FIRST = re.compile(rf"(?:я\s+)?жду\s+(?P<what>[а-яё]+(?:\s+[а-яё]+){{0,2}}?)\s+(?P<long>уже\s+{LONG})", re.I)
UNABLE = re.compile(
    rf"(?:я\s+)?(?P<long>(?:уже\s+)?{LONG}\s+)?не\s+могу\s+(?P<what>(?:войти|зайти|оплатить|дозвониться|дождаться|"
    r"оформить|записаться|получить|скачать|открыть|завершить|подключить|связаться|попасть|активировать|забрать|"
    r"зарегистрироваться)(?:\s+[а-яёa-z]+){0,4})",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """The lists of `trouble.yaml`."""

    verbs: frozenset[str]
    negated: frozenset[str]
    faceless: frozenset[str]
    impersonal: frozenset[str]
    times: frozenset[str]
    people: frozenset[str]
    dependent: frozenset[str]
    unshiftable: frozenset[str]
    asking: frozenset[str]
    rude: tuple[str, ...]
    shifted: Mapping[str, str]


@cache
def lexicon() -> Lexicon:
    data = yaml.safe_load(files(__package__).joinpath("trouble.yaml").read_text(encoding="utf-8"))
    shifted, rude = data.pop("shifted"), tuple(data.pop("rude").split())
    return Lexicon(shifted=shifted, rude=rude, **{name: frozenset(words.split()) for name, words in data.items()})


def trouble(client_message: str) -> str | None:
    """A short clause that says what went wrong, ready to stand after «простите, что»; None if unsure."""
    return next(_troubles(client_message), None)


def _troubles(message: str) -> Iterator[str]:
    for clause, asked in _clauses(message):
        said = _waiting(clause) or _unable(clause) or _happened(clause, asked=asked)
        if said and len(said) <= MAX_CHARS:
            yield said


def _clauses(message: str) -> Iterator[tuple[str, bool]]:
    """Parts between marks that the next part does not complete; whether a question mark ends them."""
    for sentence in SENTENCE.finditer(message):
        parts = [GREETING.sub("", part).strip() for part in COMMA.split(sentence.group().strip())]
        for part, follower in zip_longest(parts, parts[1:], fillvalue=""):
            asks = message[sentence.end() : sentence.end() + 1] == "?"
            if not _completes(follower, asks=asks):
                asked = asks and not follower
                yield (part.lower() if part.isupper() and not LATIN.search(part) else part), asked


def _completes(follower: str, *, asks: bool) -> bool:
    """Whether the next part belongs to the one before it: «который вёз»; «что делать?» does not."""
    first = follower.lower().partition(" ")[0]
    return first in lexicon().dependent and not (asks and first in lexicon().asking)


def _waiting(clause: str) -> str | None:
    """«две недели жду ответа» → «вы две недели ждёте ответа»."""
    match = WAIT.fullmatch(clause)
    if match and is_plain(match["what"]):
        return f"вы {match['long'].lower()} ждёте {match['what'].lower()}"
    match = WAIT_FIRST.fullmatch(clause)
    if match and is_plain(match["what"]):
        return f"вы ждёте {match['what'].lower()} {match['long'].lower()}"
    return None


def _unable(clause: str) -> str | None:
    """«не могу войти в приложение» → «вы не можете войти в приложение»."""
    match = UNABLE.fullmatch(clause)
    if not match or not is_plain(match["what"]):
        return None
    return f"вы {(match['long'] or '').lower()}не можете {_with_small_letter(match['what'])}"


def _happened(clause: str, *, asked: bool) -> str | None:
    """«Ваш курьер опоздал» → «наш курьер опоздал»; of questions only «почему не работает сайт»."""
    if asked and not clause.lower().startswith("почему "):
        return None
    core = LEADING.sub("", clause)
    words = WORD.findall(core)
    if not 2 <= len(words) <= MAX_WORDS or " ".join(words) != core or not is_plain(core):
        return None
    if not _tells_trouble([word.lower() for word in words]):
        return None
    first, *others = words
    return " ".join(lexicon().shifted.get(word.lower(), word) for word in (_with_small_letter(first), *others))


def is_plain(clause: str) -> bool:
    """No unknown or rude word, no shouting, nobody whose form would have to change."""
    return all(_is_plain_word(word) for word in WORD.findall(clause))


def _is_plain_word(word: str) -> bool:
    low = word.lower()
    if low in lexicon().unshiftable or low in lexicon().dependent or low.startswith(lexicon().rude):
        return False
    if word.isdigit() or LATIN.match(word):
        return True
    return is_known(low) and not (len(word) > 4 and word.isupper())


def _tells_trouble(words: list[str]) -> bool:
    """One verb, known to tell of trouble, with a subject that agrees with it."""
    verbs = [position for position, word in enumerate(words) if _is_verb(word)]
    if len(verbs) != 1:
        return False
    verb, negated = words[verbs[0]], verbs[0] > 0 and words[verbs[0] - 1] == "не"
    who = subjects(words, verb) - lexicon().times
    if who & lexicon().people:
        return False
    if verb in (lexicon().faceless if negated else lexicon().impersonal):
        return True
    return bool(who) and verb in (lexicon().negated if negated else lexicon().verbs)


def _is_verb(word: str) -> bool:
    best = readings(word)[0]
    return bool(best.marks & VERBAL) or word in lexicon().verbs | lexicon().negated | lexicon().faceless


def _with_small_letter(text: str) -> str:
    """The text with a small first letter, unless a name or an abbreviation begins it."""
    word = text.split()[0]
    proper = bool(readings(word.lower())[0].marks & PROPER) or bool(LATIN.match(word))
    return text if proper or word[1:] != word[1:].lower() else text[0].lower() + text[1:]
