"""Rules of the house: terms, frame, «вы», «Вы» or «ты», emoji, stop words; obeyed, then checked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bylostalo.inference.facts.markup import EMOJI
from bylostalo.inference.frame.bank import Phrases

from .ends import Ends, closed, ends_of, greeted, greetings, signature_in, signed
from .formats.splicing import Splice, spliced
from .phrases import holds, occurrences, replaced, without
from .prose import prose_of
from .structure import same_structure
from .you import addressed


@dataclass(frozen=True, kw_only=True)
class Rules:
    """`keep`: terms that stay; `replace`: terms and what is said instead; `greeting`, `door` and `signature` of every
    reply (a greeting by name has `{name}` in `greeting_by_name`), `apology` where one is due, each in one or more
    wordings; `address`: «вы», «Вы» or «ты»; `emoji`: `none` for none; `stop`: words never said.
    """

    keep: tuple[str, ...] = ()
    replace: Mapping[str, str] = field(default_factory=dict)
    greeting: Phrases = ()
    greeting_by_name: Phrases = ()
    apology: Phrases = ()
    door: Phrases = ()
    signature: Phrases = ()
    address: str = ""
    emoji: str = ""
    stop: tuple[str, ...] = ()

    @property
    def wordings(self) -> Phrases:
        """All that the house itself may add to a reply."""
        return (*self.greeting, *self.greeting_by_name, *self.apology, *self.door, *self.signature)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Rules":
        """The reverse of `to_dict`, also after a trip through JSON."""
        known: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
        return cls(**known)

    def ends(self, text: str, key: str) -> Ends:
        """The wordings for a text: those it has already, else those that `key` decides on."""
        return ends_of(
            text,
            key=key,
            greeting=self.greeting,
            by_name=self.greeting_by_name,
            door=self.door,
            signature=self.signature,
        )


def permits(rules: Rules, source: str, said: str | None) -> bool:
    """Whether a sentence may be said so: no kept term is lost, no stop word comes in."""
    if said is None:
        return True
    kept = all(holds(term, said) for term in rules.keep if holds(term, source))
    return kept and not any(holds(word, said) and not holds(word, source) for word in rules.stop)


def applied(rules: Rules, text: str, *, key: str = "") -> str:
    """The text by the rules, as far as they can be kept without a person; once more changes nothing. `key` decides
    among wordings, the text itself without one."""
    text = replaced(rules.replace, framed(rules, text, key=key), keep=rules.keep)
    if rules.emoji == "none":
        text = without_emoji(text)
    return addressed(text, rules.address, keep=rules.keep)


def framed(rules: Rules, text: str, *, key: str = "") -> str:
    """The text with the greeting, the open door and the signature of the house."""
    ends = rules.ends(text, key)
    if ends.greeting or ends.by_name:
        text = greeted(text, greeting=ends.greeting, by_name=ends.by_name)
    if ends.door:
        text = closed(text, ends.door)
    return signed(text, ends.signature) if ends.signature else text


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
    ends = rules.ends(text, "")
    if greetings(text, greeting=ends.greeting, by_name=ends.by_name):
        yield "не то приветствие"
    if closed(text, ends.door) != text:
        yield "нет открытой двери"
    if signature_in(text, ends.signature) not in text:
        yield "нет подписи"
    if addressed(text, rules.address, keep=rules.keep) != text:
        yield f"обращение не «{rules.address}»"
    if rules.emoji == "none" and EMOJI.search(prose_of(text)):
        yield "есть эмодзи"
