"""What next? By the customer's own question, by the trouble that is still there, by what the reply does."""

import re

from bylostalo.inference.grammar import Clause, large, participle

from .acts import acts
from .customer import asked, quotable, quoted, repeated, trouble_told, wish
from .echo import echoed

HOW = r"как (?:мне|нам|быть|теперь|можно|это|вернуть|получить|исправить)|куда|к кому"
PRAISE = re.compile(r"спасибо|хорош|отличн|супер|нрав|понрав|благодар|любл|рад[аы]?(?!\w)", re.I)
STEP = "что клиенту делать дальше или что сделаете вы?"


def as_asked(reply: str, message: str) -> str | None:
    question = asked(message, HOW)
    return repeated(question, "Что ответить?") if question else None


def of_trouble(reply: str, message: str) -> str | None:
    """«Сайт не открывается» → «Сайт не открывается: что клиенту делать дальше или что сделаете вы?»."""
    said = trouble_told(message)
    return f"{said}: {STEP}" if said else None


def of_deed(reply: str, message: str) -> str | None:
    """«Операция отклонена банком» → «Операция отклонена банком: что клиенту делать дальше …?»."""
    said = next((said for clause in acts(reply) if (said := echoed(clause))), None)
    return f"{large(said)}: {STEP}" if said else None


def of_wish(reply: str, message: str) -> str | None:
    said = wish(message)
    return f"Клиент просит: {quoted(said)}. Что для этого сделаете вы или он сам?" if said else None


def of_complaint(reply: str, message: str) -> str | None:
    """The customer's first words that tell what happened."""
    told = (said for clause, said in quotable(message) if _tells(clause))
    said = next(told, None)
    return f"Клиент пишет: {quoted(said)}. Что сделаете вы или что сделать ему?" if said else None


def _tells(clause: Clause) -> bool:
    """A finite verb or «нет», and no praise."""
    happened = any(word.is_mostly("VERB", "indc") or participle(word) or word.lower == "нет" for word in clause.words)
    return happened and not PRAISE.search(clause.text)
