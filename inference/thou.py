"""«Вы» said as «ты» and back, word by word: pronouns, verbs, and what agrees with them; quoted names stay.

What the singular must know and «вы» does not tell, the gender, is left open: «вы указали» → «ты указал(а)».
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Any

from bylostalo.data.morphology import morph

WORD = re.compile(r"(?<![\w-])[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*(?![\w-])")
BREAK = re.compile(r"[.!?…]+|[,;:()\n—–]|(?<=\s)(?:и|а|но|или)(?=\s)")
QUOTED = re.compile(r"«[^»\n]*»|\"[^\"\n]*\"")
OPEN_GENDER = re.compile(r"(?<=[а-яё])\([а-яё]{1,3}\)")
PAINT = "\1"
TO_THOU = {
    "вы": "ты", "вас": "тебя", "вам": "тебе", "вами": "тобой",
    "ваш": "твой", "ваша": "твоя", "ваше": "твоё", "вашего": "твоего", "вашему": "твоему", "вашим": "твоим",
    "вашем": "твоём", "вашу": "твою", "вашей": "твоей", "вашею": "твоею", "ваши": "твои", "ваших": "твоих",
    "вашими": "твоими", "здравствуйте": "здравствуй",
}  # fmt: skip
TO_YOU = {thou: you for you, thou in TO_THOU.items()} | {"твое": "ваше", "твоем": "вашем", "тобою": "вами"}
THOU = re.compile(rf"(?<![\w-])(?:{'|'.join(TO_YOU)})(?![\w-])", re.I)
ABOUT = frozenset({"о", "об", "обо", "при"})
ASKING = frozenset(
    {
        "если", "когда", "как", "что", "пока", "раз", "где", "куда", "откуда", "сколько", "почему", "зачем", "какой",
        "какая", "какое", "какие", "кто", "чем", "чего",
    }
)  # fmt: skip
AGREEING = frozenset({"ADJS", "PRTS"})
Form = tuple[str, int, int]


@dataclass(frozen=True)
class Clause:
    """Words of a clause, `(word in lower case, start, stop)`; whether it asks or follows a conjunction, and whether
    the reader is its subject."""

    words: tuple[Form, ...]
    asks: bool
    addressed: bool

    def before(self, index: int) -> str:
        return self.words[index - 1][0] if index else ""


@dataclass(frozen=True)
class Change:
    """What stands at `[start, stop)` is to be said as `said`."""

    start: int
    stop: int
    said: str


def to_thou(text: str) -> Iterator[Change]:
    """The words of a text that say «вы», each as «ты» would have it."""
    return _changes(text, plural=True, rules=(_pronoun_to_thou, _verb_to_thou, _agreeing_to_thou))


def to_you(text: str) -> Iterator[Change]:
    """The words of a text that say «ты», each as «вы» would have it."""
    return _changes(text, plural=False, rules=(_pronoun_to_you, _verb_to_you, _agreeing_to_you))


def as_thou(text: str) -> str:
    return _changed(text, to_thou(text))


@lru_cache(maxsize=8192)
def as_you(text: str) -> str:
    plain = OPEN_GENDER.sub("", text)
    return _changed(plain, to_you(plain))


def says_you(text: str) -> bool:
    return next(to_thou(text), None) is not None


def says_thou(text: str) -> bool:
    return next(to_you(text), None) is not None


def _changed(text: str, changes: Iterator[Change]) -> str:
    for change in reversed(list(changes)):
        text = text[: change.start] + change.said + text[change.stop :]
    return text


Rule = Callable[[Clause, int], str | None]


def _changes(text: str, *, plural: bool, rules: Sequence[Rule]) -> Iterator[Change]:
    shown = QUOTED.sub(lambda found: PAINT * len(found.group()), text)
    for clause in _clauses(shown, plural=plural):
        for index, (_, start, stop) in enumerate(clause.words):
            if said := next((found for rule in rules if (found := rule(clause, index))), None):
                yield Change(start, stop, _cased(text[start:stop], said))


def _cased(word: str, said: str) -> str:
    if word.isupper() and len(word) > 1:
        return said.upper()
    return said[0].upper() + said[1:] if word[0].isupper() else said


def _clauses(text: str, *, plural: bool) -> Iterator[Clause]:
    bounds = [(0, 0), *(found.span() for found in BREAK.finditer(text)), (len(text), len(text))]
    number, addressed, asks = "plur" if plural else "sing", False, False
    for (left, start), (stop, right) in pairwise(bounds):
        words = tuple((found.group().lower(), *found.span()) for found in WORD.finditer(text, start, stop))
        joined = text[left:start] in ("и", "а", "но", "или") and not _own_subject(words, number)
        addressed = _is_addressed(words, number) or (joined and addressed)
        asks = _asks(words) or text[stop:right].startswith("?") or (joined and asks)
        yield Clause(words, asks, addressed)


def _asks(words: Sequence[Form]) -> bool:
    """Whether a clause tells or asks what the reader does and orders nothing: «когда оплатите», «вы оплатите»."""
    return bool(words) and (words[0][0] in ASKING or "вы" in _texts(words))


def _texts(words: Sequence[Form]) -> list[str]:
    return [word for word, _, _ in words]


def _is_addressed(words: Sequence[Form], number: str) -> bool:
    """Whether a clause is about what the reader does: «вы оплатили», «если оплатили», «можете быть уверены»."""
    texts = _texts(words)
    if ("вы" if number == "plur" else "ты") in texts:
        return True
    if _own_subject(words, number):
        return False
    return texts[:1] == ["если"] or any(_spoken(word, number) for word in texts)


def _own_subject(words: Sequence[Form], number: str) -> bool:
    """Another nominative that the verb may agree with."""
    return any(
        parse.tag.POS in ("NOUN", "NPRO") and {"nomn", number} <= parse.tag.grammemes and "2per" not in parse.tag
        for word in _texts(words)
        for parse in _parses(word)[:1]
    )


@lru_cache(maxsize=20_000)
def _parses(word: str) -> tuple[Any, ...]:
    return tuple(morph().parse(word))


def _spoken(word: str, number: str) -> list[Any]:
    """Readings of a verb in the second person or the imperative, where it is a verb in the first place."""
    parses = _parses(word)
    if parses[0].tag.POS != "VERB":
        return []
    return [
        parse for parse in parses if {"VERB", number} <= parse.tag.grammemes and {"2per", "excl"} & parse.tag.grammemes
    ]


def _pronoun_to_thou(clause: Clause, index: int) -> str | None:
    word = clause.words[index][0]
    return "тебе" if word == "вас" and clause.before(index) in ABOUT else TO_THOU.get(word)


def _pronoun_to_you(clause: Clause, index: int) -> str | None:
    word = clause.words[index][0]
    if word == "тебе":
        return "вас" if clause.before(index) in ABOUT else "вам"
    return TO_YOU.get(word)


def _verb_to_thou(clause: Clause, index: int) -> str | None:
    """«Оплатите» orders, unless its clause asks or follows a conjunction: «когда оплатите»."""
    found = _spoken(clause.words[index][0], "plur")
    told = [parse for parse in found if "2per" in parse.tag]
    asked = [parse for parse in found if "excl" in parse.tag]
    wish = clause.asks or any(parse.normal_form == "хотеть" for parse in told)
    chosen = next(iter((told or asked) if wish else (asked or told)), None)
    if chosen is None:
        return None
    return _inflected(chosen, {"sing", "2per"} if "2per" in chosen.tag else {"sing", "impr", "excl"})


def _verb_to_you(clause: Clause, index: int) -> str | None:
    found = _spoken(clause.words[index][0], "sing")
    if not found:
        return None
    return _inflected(found[0], {"plur", "2per"} if "2per" in found[0].tag else {"plur", "impr", "excl"})


def _agreeing_to_thou(clause: Clause, index: int) -> str | None:
    word = clause.words[index][0]
    if not clause.addressed:
        return None
    if word == "сами":
        return "сам(а)"
    parse = _agreeing(word, "plur")
    if parse is None:
        return None
    he, she = (_inflected(parse, {"sing", gender}) for gender in ("masc", "femn"))
    return _either(he, she) if he and she else None


def _agreeing_to_you(clause: Clause, index: int) -> str | None:
    word = clause.words[index][0]
    if not clause.addressed:
        return None
    parse = _agreeing(word, "sing")
    return "сами" if word in ("сам", "сама") else parse and _inflected(parse, {"plur"})


def _agreeing(word: str, number: str) -> Any:
    """The reading of a past tense or a short form, where it may be one."""
    return next((parse for parse in _parses(word)[:2] if number in parse.tag and _agrees(parse)), None)


def _agrees(parse: Any) -> bool:
    told = parse.tag.POS in AGREEING or {"VERB", "past"} <= parse.tag.grammemes
    return told and "neut" not in parse.tag


def _inflected(parse: Any, grammemes: set[str]) -> str | None:
    form = parse.inflect(grammemes)
    return str(form.word) if form else None


def _either(he: str, she: str) -> str:
    """«указал(а)», «согласен(на)», «вернулся(ась)»."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(he, she, strict=False)))
    return f"{he}({she[shared:]})"
