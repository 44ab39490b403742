"""«Заявка находится на рассмотрении» → «заявку рассматривают»."""

import re

from bylostalo.data.synthesis.words import cased, words
from bylostalo.inference.grammar import phrase_of
from bylostalo.inference.lists import table

STATE = re.compile(
    r"^(?P<what>[^,.;:]+?)\s+(?:сейчас\s+)?наход[ия]тся\s+(?:на|в|во)\s+(?P<state>[а-яё]+)(?=\s*[.,!;]|$)",
    re.IGNORECASE,
)


def without_states(sentence: str) -> str:
    """The sentence with what people do about a thing for the state that the thing is in."""
    found = STATE.match(sentence)
    noun = words(found["state"])[0].reading("NOUN", "loct") if found else None
    verb = table(__package__, "words")["states"].get(str(noun.normal_form)) if noun else None
    said = words(found["what"]) if found else []
    phrase = next((one for at in range(len(said)) if (one := phrase_of(said, at, "nomn")) and one.first == 0), None)
    form = phrase.in_case("accs") if phrase else None
    if not (found and verb and phrase and form):
        return sentence
    rest = found["what"][phrase.stop :]
    return f"{cased(form, found['what'])}{rest} {verb}{sentence[found.end() :]}"
