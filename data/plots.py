"""Pictures of a corpus: domains, lengths, which problems come together."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from .records import Reply
from .taxonomy import codes

BINS = range(0, 210, 10)


def domains(replies: Sequence[Reply]) -> Figure:
    """Replies by domain, the problem-free ones apart."""
    total = Counter(reply.domain for reply in replies)
    good = Counter(reply.domain for reply in replies if not reply.problems)
    names = [name for name, _ in reversed(total.most_common())]
    figure = Figure(figsize=(8, 0.28 * len(names) + 1), layout="constrained")
    axes = figure.subplots()
    axes.barh(names, [total[name] for name in names], color="#9db4c0", label="с проблемами")
    axes.barh(names, [good[name] for name in names], color="#5c946e", label="хорошие")
    axes.set_xlabel("ответов")
    axes.legend(frameon=False)
    return figure


def lengths(replies: Sequence[Reply]) -> Figure:
    """Words of «было» and «стало» of the replies with problems."""
    bad = [reply for reply in replies if reply.problems]
    figure = Figure(figsize=(8, 3), layout="constrained")
    axes = figure.subplots()
    axes.hist([len(r.before.split()) for r in bad], BINS, alpha=0.6, color="#b56576", label="было")
    axes.hist([len(r.after.split()) for r in bad], BINS, alpha=0.6, color="#5c946e", label="стало")
    axes.set_xlabel("слов")
    axes.set_ylabel("ответов")
    axes.legend(frameon=False)
    return figure


def together(replies: Sequence[Reply]) -> NDArray[np.float64]:
    """`[codes, codes]`: the share of the replies with the code of the row that have the code of the column too."""
    has = np.array([[code in reply.codes for code in codes()] for reply in replies], dtype=np.float64)
    counts = has.T @ has
    return np.asarray(counts / np.maximum(1, counts.diagonal())[:, None])


def cooccurrence(replies: Sequence[Reply]) -> Figure:
    """The matrix of `together`."""
    figure = Figure(figsize=(8, 7), layout="constrained")
    axes = figure.subplots()
    image = axes.imshow(together(replies), cmap="YlOrBr", vmin=0, vmax=1)
    axes.set_xticks(range(len(codes())), codes(), rotation=90)
    axes.set_yticks(range(len(codes())), codes())
    figure.colorbar(image, shrink=0.7, label="доля ответов строки, где есть и столбец")
    return figure


PLOTS: Mapping[str, Callable[[Sequence[Reply]], Figure]] = {
    "domains": domains,
    "lengths": lengths,
    "cooccurrence": cooccurrence,
}


def draw(replies: Sequence[Reply], folder: Path) -> list[Path]:
    """Every picture as a PNG of the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, plot in PLOTS.items():
        paths.append(folder / f"{name}.png")
        plot(replies).savefig(paths[-1], dpi=90, metadata={"Software": None})
    return paths
