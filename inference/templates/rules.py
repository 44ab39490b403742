"""Rules of the house: terms, greeting, signature, «вы» or «Вы», emoji, stop words; obeyed, then checked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bylostalo.inference.facts.markup import EMOJI

from .ends import greeted, greetings, signature_in, signed
from .formats.splicing import Splice, spliced
from .phrases import holds, occurrences, replaced, without
from .prose import prose_of
from .structure import same_structure
from .you import addressed


@dataclass(frozen=True, kw_only=True)
class Rules:
    """`keep`: terms that stay; `replace`: terms and what is said instead; `greeting` and `signature` of every
    template (a greeting by name has `{name}` in `greeting_by_name`); `address`: «вы» or «Вы»; `emoji`: `none` for
    none; `stop`: words never said.
    """

    keep: tuple[str, ...] = ()
    replace: Mapping[str, str] = field(default_factory=dict)
    greeting: str = ""
    greeting_by_name: str = ""
    signature: str = ""
    address: str = ""
    emoji: str = ""
    stop: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Rules":
        """The reverse of `to_dict`, also after a trip through JSON."""
        return cls(**{**data, "keep": tuple(data["keep"]), "stop": tuple(data["stop"])})


def permits(rules: Rules, source: str, said: str | None) -> bool:
    """Whether a sentence may be said so: no kept term is lost, no stop word comes in."""
    if said is None:
        return True
    kept = all(holds(term, said) for term in rules.keep if holds(term, source))
    return kept and not any(holds(word, said) and not holds(word, source) for word in rules.stop)


def applied(rules: Rules, text: str) -> str:
    """The text by the rules, as far as they can be kept without a person; once more changes nothing."""
    text = replaced(rules.replace, framed(rules, text), keep=rules.keep)
    if rules.emoji == "none":
        text = without_emoji(text)
    return addressed(text, rules.address, keep=rules.keep)


def framed(rules: Rules, text: str) -> str:
    """The text with the greeting and the signature of the house."""
    if rules.greeting or rules.greeting_by_name:
        text = greeted(text, greeting=rules.greeting, by_name=rules.greeting_by_name)
    return signed(text, rules.signature) if rules.signature else text


def without_emoji(text: str) -> str:
    """A text of nothing but emoji stays, and one where they bear the markup: «🙂» underlined with dashes."""
    said = spliced(text, [_gone(text, found) for found in EMOJI.finditer(prose_of(text))])
    return said if said.strip() and (said == text or same_structure(text, said) is None) else text


def _gone(text: str, found: re.Match[str]) -> Splice:
    """With the space before it; at the beginning of a line, with the space after it."""
    start = len(text[: found.start()].rstrip(" \t\u00a0"))
    if start == 0 or text[start - 1] in "\n>":
        return Splice(found.start(), found.end() + _spaces(text, found.end()), "")
    glued = text[start - 1].isalnum() and text[found.end() : found.end() + 1].isalnum()
    return Splice(start, found.end(), " " if glued else "")


def _spaces(text: str, start: int) -> int:
    rest = text[start:]
    return len(rest) - len(rest.lstrip(" \t\u00a0"))


def broken(rules: Rules, text: str) -> Iterator[str]:
    """The rules that a text does not keep, one line each."""
    for word in rules.stop:
        if holds(word, text):
            yield f"стоп-слово «{word}»"
    for term, other in rules.replace.items():
        if any(True for _ in occurrences(term, without([*rules.keep, other], text))):
            yield f"осталось «{term}»"
    if greetings(text, greeting=rules.greeting, by_name=rules.greeting_by_name):
        yield "не то приветствие"
    if signature_in(text, rules.signature) not in text:
        yield "нет подписи"
    if addressed(text, rules.address, keep=rules.keep) != text:
        yield f"обращение не «{rules.address}»"
    if rules.emoji == "none" and EMOJI.search(prose_of(text)):
        yield "есть эмодзи"
