"""A rewritten body gets its frame: greeting, apology, open door; nothing that is there is added again."""

from collections.abc import Collection, Sequence

from .apology import apologise
from .bank import Phrases
from .case import Case
from .detect import invites, mentions_apology
from .door import open_door
from .greeting import greet


def compose(
    body: str,
    *,
    before: str,
    client_message: str | None,
    problems: Collection[str],
    notes: Sequence[str] = (),
    channel: str | None = None,
    key: str | None = None,
    apologies: Phrases = (),
    heard: str = "",
) -> str:
    """The body with its frame, in the body's own layout.

    An impersonal address gives way to a greeting; `no_greeting`, `no_apology` and `dead_end` among `problems`
    (codes of the taxonomy) ask for what they name; where the body lost its apology, a cliché, or its open door, it gets
    a better one.
    Phrases depend on `key` (by default `before`) alone.
    `channel` is a channel of the corpus or None; `apologies` are those of the house; `heard` is the apology of
    a reply that has heard the customer: it is said sooner than those.
    """
    if not body.strip():
        return body
    case = Case(
        before=before,
        client_message=client_message or "",
        notes=tuple(notes),
        channel=channel,
        key=before if key is None else key,
        apologies=apologies,
        heard=heard,
    )
    framed = greet(body, case, wanted="no_greeting" in problems)
    if "no_apology" in problems or (mentions_apology(before) and not mentions_apology(body)):
        framed = apologise(framed, case)
    return open_door(framed, case) if "dead_end" in problems or invites(before) else framed
