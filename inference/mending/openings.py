"""«В ответ на ваше обращение сообщаем, что…», «Следует понимать, что…»: a sentence begins with what it says."""

import re

from bylostalo.data.synthesis.words import raised

ABOUT = r"(?:обращени|запрос|претензи|письм|заявк|вопрос|жалоб|заявлени)\w*"
LEAD = rf"(?:(?:в\s+ответ\s+на|на|по|рассмотрев|изучив)\s+(?:ваш\w*|данн\w+)\s+{ABOUT},?\s+)?"
ALSO = r"(?:(?:также|дополнительно|одновременно|настоящим)\s+)?"
VERB = (
    r"(?:сообщаем|информируем|уведомляем|разъясняем|поясняем|доводим\s+до\s+(?:вашего\s+)?сведения|"
    r"обращаем\s+(?:ваше\s+)?внимание)"
)
NOTED = (
    r"(?:[а-яё]+[ая]м\s+)?(?:следует|необходимо|нужно|стоит|важно|надо)\s+"
    r"(?:отметить|заметить|понимать|помнить|знать|учитывать|учесть)"
)
NOTING = re.compile(rf"{NOTED}(?:,?\s+что\s+|\s*:\s+)", re.IGNORECASE)
OPENING = re.compile(
    rf"{LEAD}{ALSO}{VERB}(?:\s+(?:вам|вас))?(?:\s+(?:о|на)\s+то[мй]?)?(?:,?\s+что\s+|\s*:\s+)", re.IGNORECASE
)


def without_opening(sentence: str) -> str:
    """The sentence without the announcement that something is going to be said."""
    found = OPENING.match(sentence) or NOTING.match(sentence)
    return raised(sentence[found.end() :]) if found else sentence
