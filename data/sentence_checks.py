"""What can be wrong with a sentence pair, or with a judgement on two texts. Each check yields messages."""

from collections.abc import Iterator

from .marks import marks, numbers, stated_numbers
from .records import Judgement, SentencePair
from .reply_checks import listed


def note_and_kind(pair: SentencePair) -> Iterator[str]:
    if pair.kind == "note" and pair.note is None:
        yield "у пары вида note нет ключа note"
    if pair.kind != "note" and pair.note is not None:
        yield f"ключ note бывает только у пар вида note, здесь {pair.kind}"


def empty_before(pair: SentencePair) -> Iterator[str]:
    if not pair.before.strip() and pair.kind != "note":
        yield "пустой before бывает только у пар вида note"


def empty_after(pair: SentencePair) -> Iterator[str]:
    if not pair.after.strip() and pair.kind in ("plain", "note", "heard"):
        yield f"пустой after (предложение выбросить) не бывает у пар вида {pair.kind}"


def said_cliche(pair: SentencePair) -> Iterator[str]:
    if pair.after and pair.kind == "cliche":
        yield "у пары вида cliche after должен быть пуст"


def lost_facts(pair: SentencePair) -> Iterator[str]:
    if pair.after and pair.kind != "heard":
        yield from listed("в after потеряны числа", stated_numbers(pair.source) - numbers(pair.after))
        yield from listed("в after потеряны подстановки или ссылки", marks(pair.source) - marks(pair.after))


def foreign_facts(pair: SentencePair) -> Iterator[str]:
    yield from listed("в after числа из ниоткуда", stated_numbers(pair.after) - numbers(pair.source))
    yield from listed("в after подстановки или ссылки из ниоткуда", marks(pair.after) - marks(pair.source))


def idle_slip(pair: SentencePair) -> Iterator[str]:
    if pair.unfaithful is not None and pair.unfaithful in (pair.before, pair.after):
        yield "unfaithful не отличается от before или after"


CHECKS = (note_and_kind, empty_before, empty_after, said_cliche, lost_facts, foreign_facts, idle_slip)


def check_sentence(pair: SentencePair) -> Iterator[str]:
    """Everything wrong with the pair."""
    for check in CHECKS:
        yield from check(pair)


def check_judgement(judgement: Judgement) -> Iterator[str]:
    """Everything wrong with the judgement; its chosen text is held to what `after` of a pair is held to."""
    if judgement.chosen == judgement.rejected:
        yield "chosen и rejected одинаковы"
    after = SentencePair(
        id=judgement.group,
        kind="note" if judgement.note else "plain",
        before=judgement.before,
        note=judgement.note,
        after=judgement.chosen,
        group=judgement.group,
    )
    for check in (lost_facts, foreign_facts):
        yield from (message.replace("after", "chosen") for message in check(after))
