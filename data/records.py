"""The records of the corpus: replies with rewrites, replies that are only labelled, sentence pairs, judgements."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self, get_args

from .shape import FILLED, OBJECTS, TEXT, TEXT_OR_NULL, TEXTS, Field, faults, optional

CHANNELS = ("чат", "почта", "мессенджер", "отзыв", "смс", "шаблон", "жалоба")
Kind = Literal["plain", "tone", "cliche", "note", "heard"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SEED = "seed"
NAMED_SPLITS = (SEED, "test")
TRAITS = (
    "отказ по закону",
    "клиент ошибся",
    "клиент грубит",
    "третья сторона",
    "верно, но холодно",
    "тепло, но пусто",
    "юридическая цитата",
    "слова клиента",
    "похоже на проблему",
)

LABEL_FIELDS: Mapping[str, Field] = {"code": FILLED, "quotes": optional(TEXTS)}
JUDGED_FIELDS: Mapping[str, Field] = {
    "id": FILLED,
    "domain": FILLED,
    "channel": FILLED,
    "client_message": TEXT_OR_NULL,
    "before": FILLED,
    "problems": OBJECTS,
    "group": FILLED,
}
REPLY_FIELDS: Mapping[str, Field] = {
    "id": FILLED,
    "domain": FILLED,
    "channel": FILLED,
    "client_message": TEXT_OR_NULL,
    "before": FILLED,
    "after": FILLED,
    "notes": TEXTS,
    "traits": optional(TEXTS),
    "problems": OBJECTS,
    "references": optional(TEXTS),
    "group": FILLED,
    "split": optional(Field(lambda value: value in NAMED_SPLITS, f"одно из: {', '.join(NAMED_SPLITS)}")),
}
SENTENCE_FIELDS: Mapping[str, Field] = {
    "id": FILLED,
    "kind": Field(lambda value: value in KINDS, f"одно из: {', '.join(KINDS)}"),
    "before": TEXT,
    "note": optional(FILLED),
    "after": TEXT,
    "unfaithful": optional(FILLED),
    "problems": optional(OBJECTS),
    "group": FILLED,
}
Fault = Literal["meaning", "grammar", "cold"]
JUDGEMENT_FIELDS: Mapping[str, Field] = {
    "before": TEXT,
    "note": optional(FILLED),
    "chosen": TEXT,
    "rejected": TEXT,
    "faults": optional(
        Field(lambda value: TEXTS.fits(value) and set(value) <= set(get_args(Fault)), ", ".join(get_args(Fault)))
    ),
    "group": FILLED,
}


class RecordError(ValueError):
    """An object that is not a record. `messages` names every fault."""

    def __init__(self, messages: tuple[str, ...]) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages


@dataclass(frozen=True, kw_only=True)
class Label:
    """A problem of a reply. `quotes` are the fragments that show it, none for an absence."""

    code: str
    quotes: tuple[str, ...] = ()

    def spans(self, before: str) -> tuple[tuple[int, int], ...]:
        """Character offsets [start, stop) of every place of every quote, sorted, without repeats."""
        return tuple(sorted({span for quote in self.quotes for span in occurrences(quote, before)}))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        require(label_faults(data))
        return cls(code=data["code"], quotes=tuple(data.get("quotes", ())))

    def to_dict(self) -> dict[str, Any]:
        return {"code": self.code, "quotes": list(self.quotes)} if self.quotes else {"code": self.code}


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A whole reply with its problems and no rewrite. Replies of one `group` answer the same message."""

    id: str
    domain: str
    channel: str
    client_message: str | None
    before: str
    problems: tuple[Label, ...]
    group: str

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(label.code for label in self.problems)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Raises `RecordError` with every missing, unknown and wrongly typed key."""
        require(judged_faults(data))
        return cls(**{**data, "problems": tuple(Label.from_dict(label) for label in data["problems"])})

    def to_dict(self) -> dict[str, Any]:
        data = {key: getattr(self, key) for key in JUDGED_FIELDS}
        return {**data, "problems": [label.to_dict() for label in self.problems]}


@dataclass(frozen=True, kw_only=True)
class Reply(Judged):
    """A whole reply with its rewrite. `traits` name what is hard about it, `references` are other rewrites as good
    as `after`; `split` is set only where it does not follow from `group`."""

    after: str
    notes: tuple[str, ...]
    traits: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    split: str | None = None

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Raises `RecordError` with every missing, unknown and wrongly typed key."""
        require(reply_faults(data))
        return cls(
            **{
                **data,
                "notes": tuple(data["notes"]),
                "traits": tuple(data.get("traits", ())),
                "references": tuple(data.get("references", ())),
                "problems": tuple(Label.from_dict(label) for label in data["problems"]),
            }
        )

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {key: getattr(self, key) for key in REPLY_FIELDS}
        data["problems"] = [label.to_dict() for label in self.problems]
        data |= {key: list(data[key]) for key in ("notes", "traits", "references")}
        return {key: value for key, value in data.items() if REPLY_FIELDS[key].required or value}


@dataclass(frozen=True, kw_only=True)
class SentencePair:
    """A sentence and how a person says it. An empty `after` means: drop the sentence.

    Only a pair of kind `note` has a `note`; its `before` may be empty: the note alone becomes a sentence. The `before`
    of kind `heard` is a customer's message, its `after` the one sentence of a reply that shows that it was heard.
    `unfaithful` is a rewrite that a small slip makes say something else. `problems` is None where nobody has labelled
    the sentence; a label without quotes means the sentence as a whole.
    """

    id: str
    kind: Kind
    before: str
    note: str | None = None
    after: str
    group: str
    unfaithful: str | None = None
    problems: tuple[Label, ...] | None = None

    @property
    def source(self) -> str:
        """All the model may draw on: the sentence and the note."""
        return f"{self.before} {self.note}".strip() if self.note else self.before

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Raises `RecordError` with every missing, unknown and wrongly typed key."""
        require(sentence_faults(data))
        labels = data.get("problems")
        problems = None if labels is None else tuple(Label.from_dict(label) for label in labels)
        return cls(**{**data, "problems": problems})

    def to_dict(self) -> dict[str, Any]:
        data = {key: getattr(self, key) for key in SENTENCE_FIELDS}
        if self.problems is not None:
            data["problems"] = [label.to_dict() for label in self.problems]
        return {key: value for key, value in data.items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Two rewrites of a sentence: the one that an editor would send and one with `faults`. Empty: the sentence is
    dropped."""

    before: str
    note: str | None = None
    chosen: str
    rejected: str
    faults: tuple[Fault, ...] = ()
    group: str

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Raises `RecordError` with every missing, unknown and wrongly typed key."""
        require(faults(data, JUDGEMENT_FIELDS))
        return cls(**{**data, "faults": tuple(data.get("faults", ()))})

    def to_dict(self) -> dict[str, Any]:
        data = {**{key: getattr(self, key) for key in JUDGEMENT_FIELDS}, "faults": list(self.faults)}
        return {key: value for key, value in data.items() if JUDGEMENT_FIELDS[key].required or value}


def require(messages: Iterator[str]) -> None:
    if found := tuple(messages):
        raise RecordError(found)


def label_faults(data: Mapping[str, Any]) -> Iterator[str]:
    for message in faults(data, LABEL_FIELDS):
        yield f"problems: {message}"


def judged_faults(data: Mapping[str, Any]) -> Iterator[str]:
    yield from faults(data, JUDGED_FIELDS)
    yield from labels_faults(data)


def reply_faults(data: Mapping[str, Any]) -> Iterator[str]:
    yield from faults(data, REPLY_FIELDS)
    yield from labels_faults(data)


def labels_faults(data: Mapping[str, Any]) -> Iterator[str]:
    problems = data.get("problems")
    if OBJECTS.fits(problems):
        for label in problems or ():
            yield from label_faults(label)


def sentence_faults(data: Mapping[str, Any]) -> Iterator[str]:
    yield from faults(data, SENTENCE_FIELDS)
    yield from labels_faults(data)


def occurrences(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Offsets of every place of `quote` in `text`, overlapping ones too."""
    start = text.find(quote)
    while quote and start >= 0:
        yield start, start + len(quote)
        start = text.find(quote, start + 1)
