"""What only a person knows, asked as a question: «Когда клиент получит деньги?»."""

from bylostalo.data.taxonomy import by_code


def question(code: str, *, reply: str, client_message: str | None) -> str:
    """The question that a problem leaves open, chosen by what the reply and the customer's message say, in general
    words where that is unsure; empty for a code that a rewriter mends alone."""
    general = by_code(code).question
    if general is None:
        return ""
    from .rules import RULES  # the dictionary and the lists are read with the first question

    said = (rule(reply, client_message or "") for rule in RULES.get(code, ()))
    return next((line for line in said if line), general)
