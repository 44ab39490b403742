"""What a corpus holds, as tables for a terminal."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from statistics import median

from rich.table import Table

from .agreement import Agreement
from .marks import marks
from .records import CHANNELS, KINDS, TRAITS, Judged, Reply, SentencePair
from .splits import effective_split
from .taxonomy import load
from .variety import commonest, distinct_ratio, nearest
from .wording import HARD, verbs

COMMONEST = 20
SPLITS = ("train", "validation", "test", "seed")


def is_good(reply: Reply) -> bool:
    return not reply.problems


def has_notes(reply: Reply) -> bool:
    return bool(reply.notes)


def has_client_message(reply: Reply) -> bool:
    return reply.client_message is not None


def has_placeholders(reply: Reply) -> bool:
    return bool(marks(reply.before))


SHARES: tuple[tuple[str, Callable[[Reply], bool]], ...] = (
    ("хорошие, править нечего", is_good),
    ("с заметками", has_notes),
    ("с сообщением клиента", has_client_message),
    ("с подстановками, тегами, ссылками", has_placeholders),
)


def reply_tables(replies: Sequence[Reply]) -> Iterator[Table]:
    """Replies by domain, channel, split and code, shares of special ones, lengths in words."""
    yield counted("Сферы", Counter(reply.domain for reply in replies).most_common())
    yield counted("Каналы", in_order(CHANNELS, (reply.channel for reply in replies)))
    yield counted("Части", in_order(SPLITS, (effective_split(reply) for reply in replies)))
    yield problem_table("Проблемы", replies)
    shares = [(title, sum(map(holds, replies))) for title, holds in SHARES]
    yield counted("Особые", shares, total=len(replies))
    yield counted("Трудное", in_order(TRAITS, (t for reply in replies for t in reply.traits)), total=len(replies))
    yield lengths("Длина, слов", {"before": [r.before for r in replies], "after": [r.after for r in replies]})


def contrast_tables(replies: Sequence[Judged]) -> Iterator[Table]:
    """Labelled replies without rewrites: to how many messages, with which problems."""
    groups = len({reply.group for reply in replies})
    good = sum(not reply.problems for reply in replies)
    yield counted("Наборы для сравнения", [("ответы", len(replies)), ("наборы", groups), ("хорошие ответы", good)])
    yield problem_table("Проблемы в наборах", replies)


def problem_table(title: str, replies: Sequence[Judged]) -> Table:
    titles = {problem.code: f"{problem.code}, {problem.title}" for problem in load()}
    seen = in_order(tuple(titles), (code for reply in replies for code in reply.codes))
    return counted(title, [(titles.get(code, code), count) for code, count in seen], total=len(replies))


def variety_tables(replies: Sequence[Reply]) -> Iterator[Table]:
    """How often rewrites begin and end alike, and how near the nearest replies are."""
    afters = [reply.after for reply in replies if reply.problems]
    yield counted("«Стало» чаще всего начинается", commonest(afters, 0, count=COMMONEST), total=len(afters))
    yield counted("«Стало» чаще всего кончается", commonest(afters, -1, count=COMMONEST), total=len(afters))
    table = Table("", "", title="Разнообразие", title_justify="left")
    table.add_row("разных 4-грамм слов в «стало»", f"{distinct_ratio(afters):.1%}")
    table.add_row("сходство самых похожих «было»", f"{nearest([reply.before for reply in replies]):.2f}")
    yield table


def sentence_tables(pairs: Sequence[SentencePair]) -> Iterator[Table]:
    """Sentence pairs by kind and split, and how many are kept as they are or dropped."""
    yield counted("Пары предложений", in_order(KINDS, (pair.kind for pair in pairs)))
    yield counted("Части пар", in_order(SPLITS, (effective_split(pair) for pair in pairs)))
    kept = sum(pair.before == pair.after for pair in pairs)
    dropped = sum(not pair.after for pair in pairs)
    yield counted("Особые пары", [("остаются как были", kept), ("выбрасываются", dropped)], total=len(pairs))
    hard = [(title, sum(holds(pair.before) for pair in pairs)) for title, holds in HARD.items()]
    yield counted("Трудные пары", hard, total=len(pairs))
    table = Table("", "", title="Слова", title_justify="left")
    table.add_row("разных глаголов", str(len(verbs(text for pair in pairs for text in (pair.before, pair.after)))))
    yield table


def agreement_table(found: Mapping[str, Agreement]) -> Table:
    """Codes with the counts of two labellings and their kappa."""
    table = Table("", "оба", "первый", "второй", "каппа", title="Согласие", title_justify="left")
    for code, one in found.items():
        table.add_row(code, str(one.both), str(one.first), str(one.second), f"{one.kappa:.2f}")
    return table


def in_order(names: tuple[str, ...], items: Iterable[str]) -> list[tuple[str, int]]:
    """Counts in the order of `names`; names that do not occur are left out, unknown ones come last."""
    counts = Counter(items)
    return [(name, counts[name]) for name in dict.fromkeys((*names, *sorted(counts))) if counts[name]]


def counted(title: str, counts: Sequence[tuple[str, int]], *, total: int | None = None) -> Table:
    """A table of counts with shares of `total` (without it: of their sum)."""
    whole = sum(count for _, count in counts) if total is None else total
    table = Table("", title=title, title_justify="left")
    table.add_column("всего", justify="right")
    table.add_column("доля", justify="right")
    for name, count in counts:
        table.add_row(name, str(count), f"{count / whole:.1%}" if whole else "")
    return table


def lengths(title: str, texts: dict[str, list[str]]) -> Table:
    table = Table("", title=title, title_justify="left")
    for column in ("от", "медиана", "до"):
        table.add_column(column, justify="right")
    for name, values in texts.items():
        words = [len(value.split()) for value in values] or [0]
        table.add_row(name, str(min(words)), f"{median(words):g}", str(max(words)))
    return table
