"""One sentence that shows the customer that the message was heard: «Простите, что торт привезли смятым».

The model says it of the message alone; it is given out only if it tells nothing but what the message tells, as one who
listens would: no thing, number or name from nowhere, no promise, nobody else's «я».
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from bylostalo.data.synthesis.words import Word, words
from bylostalo.inference.agreement import disagreements
from bylostalo.inference.facts.compare import compare
from bylostalo.inference.facts.protect import protect, restore
from bylostalo.inference.frame.trouble import lexicon
from bylostalo.inference.meaning import things_added
from bylostalo.inference.opening import closed
from bylostalo.inference.prompts import heard_prompt
from bylostalo.inference.sequence_model import SequenceModel
from bylostalo.inference.spelling import invented_words

BEAMS = 4
SURE = -9.0
"""So likely as a whole (natural logarithm) what is said must be. Set by reading."""
LONGEST = 140
BEGINS = re.compile(
    r"(?:простите|извините|понима(?:ем|ю)|сочувству(?:ем|ю)|(?:очень\s+|как\s+)?(?:обидно|жаль|неприятно|досадно|тяжело)|"
    r"нам\s+(?:очень\s+)?жаль|представля(?:ем|ю)|верим|страшно|грустно)(?!\w)",
    re.IGNORECASE,
)
OTHER_SENTENCE = re.compile(r"[.!?…]\s+[А-ЯЁ]")
SELF = re.compile(r"(?<!\w)(?:я|меня|мне|мной|мною|мо[йяеёию]\w*|ты|тебя|тебе)(?!\w)", re.IGNORECASE)
US = re.compile(r"(?<!\w)(?:мы|нас|нам|нами|наш\w*)(?!\w)", re.IGNORECASE)
FORGIVE_US = re.compile(r"^(?:простите|извините)\s+нас(?!\w)|^нам\s", re.IGNORECASE)
LISTENING = frozenset(
    {"понимаем", "понимаю", "сочувствуем", "сочувствую", "представляем", "представляю", "видим", "вижу"}
)
PREDICATES = ("VERB", "PRTS", "INFN", "ADJS", "PRED")


def heard(model: SequenceModel, messages: Sequence[str]) -> list[str | None]:
    """For each message the likeliest sentence that may be said to it; None where there is none, or no sure one."""
    asked = [protect(message) for message in messages]
    beams = model.generate([heard_prompt(masked) for masked, _ in asked], beams=BEAMS) if asked else []
    said = []
    for message, (_, slots), beam in zip(messages, asked, beams, strict=True):
        sure = (one.text for one in beam if one.likelihood.whole >= SURE)
        texts = (closed(restore(text, slots), like="А") for text in sure)
        said.append(next((text for text in texts if may_be_said(message, text)), None))
    return said


def may_be_said(message: str, text: str) -> bool:
    """Whether the sentence tells nothing but what the message tells."""
    return (
        bool(BEGINS.match(text))
        and len(text) <= LONGEST
        and not OTHER_SENTENCE.search(text)
        and _speaks_for_company(message, text)
        and not compare(text, before=message).invented
        and not things_added(message, text)
        and not invented_words(message, text)
        and not disagreements(text)
        and _is_polite(text)
        and _denies_alike(message, text)
    )


def _speaks_for_company(message: str, text: str) -> bool:
    """No «я» of the customer, no «мы» that may be hers, and no promise."""
    told = words(text)
    ours = US.search(FORGIVE_US.sub("", text)) and US.search(message)
    of_us = [word for word in told if word.is_mostly("VERB", "1per") and word.lower not in LISTENING]
    promises = any(word.is_mostly("VERB", "futr") and not word.reading("VERB", "impr") for word in told)
    return not (SELF.search(text) or ours or of_us or promises)


def _is_polite(text: str) -> bool:
    return not any(word.lower.startswith(lexicon().rude) for word in words(text))


def _denies_alike(message: str, text: str) -> bool:
    """What both tell is denied in both or in neither: «не пришёл» is not «пришёл»."""
    there, here = _told(message), _told(text)
    return all(denied in there[lemma] for lemma, states in here.items() if lemma in there for denied in states)


def _told(text: str) -> dict[str, set[bool]]:
    """Dictionary forms of predicates, and whether «не» stands before them."""
    told: dict[str, set[bool]] = {}
    for before, word in pairwise([Word("", 0, 0, ()), *words(text)]):
        if any(word.is_mostly(part) for part in PREDICATES):
            told.setdefault(str(word.parses[0].normal_form), set()).add(before.lower == "не")
    return told
