"""What can be wrong with one reply record. Each check yields messages; `CHECKS` lists them."""

from collections import Counter
from collections.abc import Iterable, Iterator

from .marks import marks, numbers, stated_numbers
from .records import CHANNELS, SEED, TRAITS, Judged, Label, Reply
from .taxonomy import ProblemCode, by_code, codes


def unknown_channel(reply: Judged) -> Iterator[str]:
    if reply.channel not in CHANNELS:
        yield f"неизвестный канал «{reply.channel}», бывают: {', '.join(CHANNELS)}"


def unknown_trait(reply: Reply) -> Iterator[str]:
    for trait in reply.traits:
        if trait not in TRAITS:
            yield f"неизвестная особенность «{trait}», бывают: {', '.join(TRAITS)}"


def unknown_code(reply: Judged) -> Iterator[str]:
    for code in reply.codes:
        if code not in codes():
            yield f"неизвестный код «{code}», бывают: {', '.join(codes())}"


def repeated_code(reply: Judged) -> Iterator[str]:
    for code, count in Counter(reply.codes).items():
        if count > 1:
            yield f"код {code} стоит {count} раза, соберите цитаты под одним"


def missing_quotes(reply: Judged) -> Iterator[str]:
    for label, problem in known_labels(reply):
        if problem.has_spans and not label.quotes:
            yield f"у кода {label.code} нет цитат (quotes)"


def quotes_on_absence(reply: Judged) -> Iterator[str]:
    for label, problem in known_labels(reply):
        if label.quotes and not problem.has_spans:
            yield f"код {label.code} о том, чего в тексте нет, цитаты ему не нужны"


def quote_not_in_text(reply: Judged) -> Iterator[str]:
    for label in reply.problems:
        for quote in label.quotes:
            if quote not in reply.before:
                yield f"цитаты кода {label.code} нет в before: «{quote}»"


def unheard_without_message(reply: Judged) -> Iterator[str]:
    for label, problem in known_labels(reply):
        if problem.needs_client_message and not reply.client_message:
            yield f"код {label.code} ставится, только когда есть client_message"


def good_changed(reply: Reply) -> Iterator[str]:
    if not reply.problems and reply.before != reply.after:
        yield "проблем не отмечено, а after отличается от before"


def labelled_unchanged(reply: Reply) -> Iterator[str]:
    if reply.problems and reply.before == reply.after:
        yield "проблемы отмечены, а after совпадает с before"


def rewrites(reply: Reply) -> Iterator[tuple[str, str]]:
    """Every rewrite with the name of its field, but for published examples, which add and leave out facts."""
    if reply.split != SEED:
        yield "after", reply.after
        yield from (("references", text) for text in reply.references)


def lost_facts(reply: Reply) -> Iterator[str]:
    required = " ".join((reply.before, *reply.notes))
    for field, text in rewrites(reply):
        yield from listed(f"в {field} потеряны числа", stated_numbers(required) - numbers(text))
        yield from listed(f"в {field} потеряны подстановки или ссылки", marks(required) - marks(text))


def foreign_facts(reply: Reply) -> Iterator[str]:
    sources = " ".join((reply.before, reply.client_message or "", *reply.notes))
    for field, text in rewrites(reply):
        yield from listed(f"в {field} числа из ниоткуда", stated_numbers(text) - numbers(sources))
        yield from listed(f"в {field} подстановки или ссылки из ниоткуда", marks(text) - marks(sources))


LABEL_CHECKS = (
    unknown_channel,
    unknown_code,
    repeated_code,
    missing_quotes,
    quotes_on_absence,
    quote_not_in_text,
    unheard_without_message,
)
REWRITE_CHECKS = (
    unknown_trait,
    good_changed,
    labelled_unchanged,
    lost_facts,
    foreign_facts,
)


def check_judged(reply: Judged) -> Iterator[str]:
    """Everything wrong with the labels of the reply."""
    for check in LABEL_CHECKS:
        yield from check(reply)


def check_reply(reply: Reply) -> Iterator[str]:
    """Everything wrong with the reply. A rewrite of split «seed» may add and leave out facts."""
    yield from check_judged(reply)
    for check in REWRITE_CHECKS:
        yield from check(reply)


def known_labels(reply: Judged) -> Iterator[tuple[Label, ProblemCode]]:
    for label in reply.problems:
        if label.code in codes():
            yield label, by_code(label.code)


def listed(message: str, items: Iterable[str]) -> Iterator[str]:
    if found := sorted(items):
        yield f"{message}: {', '.join(found)}"
