"""What any model has to beat: copying, and replacing phrases."""

import re

GREETING = re.compile(r"здравствуй|добр(?:ый|ое|ого)\s|приветств", re.IGNORECASE)
ADDRESS = re.compile(
    r"^\s*уважаем\w*(?:\(\w+\))?\s+(?:клиент|абонент|пользовател|покупател|пациент|пассажир|гост)\w*\s*[!,.]*\s*",
    re.I,
)
PHRASES = (
    (r"\bнеобходимо произвести оплату\b", "нужно оплатить"),
    (r"\bпроизвести оплату\b", "оплатить"),
    (r"\bосуществить возврат\b", "вернуть"),
    (r"\bосуществляется\b", "проходит"),
    (r"\bпроизводится\b", "проходит"),
    (r"\bденежные средства\b", "деньги"),
    (r"\bденежных средств\b", "денег"),
    (r"\bв связи с тем,? что\b", "потому что"),
    (r"\bв целях\b", "для"),
    (r"\bввиду\b", "из-за"),
    (r"\bпо причине\b", "из-за"),
    (r"\bпосредством\b", "через"),
    (r"\bне представляется возможным\b", "нельзя"),
    (r"\bнадлежит\b", "нужно"),
    (r"\bнеобходимо\b", "нужно"),
    (r"\bданный\b", "этот"),
    (r"\bданная\b", "эта"),
    (r"\bданное\b", "это"),
    (r"\bданного\b", "этого"),
    (r"\bданной\b", "этой"),
    (r"\bявляется\b", "это"),
    (r"\bв случае если\b", "если"),
    (r"\bвышеуказанный\b", "этот"),
    (r"\bсообщаем,? что\s*", ""),
    (r"\bприносим извинения за доставленные неудобства\b", "извините"),
)


def copied(text: str) -> str:
    """The reply as it is."""
    return text


def replaced(text: str) -> str:
    """Phrases replaced from a list, a greeting put before."""
    text = ADDRESS.sub("", text)
    for pattern, plain in PHRASES:
        text = re.sub(pattern, plain, text, flags=re.IGNORECASE)
    text = text[:1].upper() + text[1:]
    return text if GREETING.search(text[:80]) else f"Здравствуйте! {text}"
