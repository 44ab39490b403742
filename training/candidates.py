"""Ranked candidates of many sentences, kept on disk: made once, whatever kills the training or starts it anew."""

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from bylostalo.data.records import SentencePair
from bylostalo.inference.artifacts import content_key, model_folder
from bylostalo.inference.classifier import Classifier
from bylostalo.inference.templates.journal import Journal, open_journal
from bylostalo.training.config import PreferenceConfig
from bylostalo.training.proposing import Propose
from bylostalo.training.rankings import Ranked, ranked, task

STAGE = "candidates"
AT_ONCE = 64
log = logging.getLogger(__name__)


def journal_of(config: PreferenceConfig) -> Journal:
    """The journal in `config.output` for this adapter and this number of candidates."""
    adapter = hashlib.sha256()
    for path in sorted(Path(config.adapter).glob("adapter_*")):
        adapter.update(path.read_bytes())
    header = {
        "input": config.base,
        "models": f"{adapter.hexdigest()} {content_key(model_folder(None, 'classifier'))}",
        "settings": f"beams={config.beams}",
    }
    name = hashlib.sha256(json.dumps(header).encode()).hexdigest()[:12]
    return open_journal(Path(config.output) / f"candidates-{name}.jsonl", header, restart=False, update=False)


def key(pair: SentencePair) -> str:
    """All that its candidates follow from: other pairs of the corpus may change."""
    return "\n".join((pair.before, pair.note or "", pair.after))


def candidates(
    journal: Journal, pairs: Sequence[SentencePair], *, proposing: Callable[[], Propose], threads: int
) -> list[Ranked]:
    """The ranked candidates of each pair; those that the journal does not hold yet are made and added."""
    known = journal.stage(STAGE)
    missing = [pair for pair in pairs if key(pair) not in known]
    if missing:
        propose, classifier = proposing(), Classifier.from_pretrained(threads=threads)
        for start in range(0, len(missing), AT_ONCE):
            some = missing[start : start + AT_ONCE]
            tasks = [task(pair) for pair in some]
            found = ranked(tasks, propose([asked.masked.prompt for asked in tasks]), classifier)
            journal.add(STAGE, {key(pair): one.to_dict() for pair, one in zip(some, found, strict=True)})
            log.info("варианты: %d из %d предложений", start + len(tasks), len(missing))
    return [Ranked.from_dict(known[key(pair)]) for pair in pairs]
