"""The trouble in the customer's own words: «курьер опоздал на два часа», if a rule finds a clause that is sure."""

import re
from collections.abc import Iterator

from bylostalo.inference.facts.names import is_known, readings

MAX_WORDS = 8
MAX_CHARS = 64

SENTENCE = re.compile(r"[^.!?…\n;:]+")
COMMA = re.compile(r"\s*[,()—–]\s*|\s+-\s+")
WORD = re.compile(r"[A-Za-zА-Яа-яЁё]+(?:-[A-Za-zА-Яа-яЁё]+)*|\d+")
GREETING = re.compile(r"^(?:здравствуйте|добр\w+ (?:день|вечер|утро)|привет|алло)\s*", re.I)
LEADING = re.compile(
    r"^(?:(?:а|но|и|ну|так|вот|да|почему|уже|опять же|вообще|короче|ребята|девушка|коллеги|блин)\s+)+", re.I
)
PARTICLES = frozenset(
    "если бы чтобы когда пока разве ли кто где куда откуда сколько какой какая какие какое который которая которое "
    "которые как что зачем кого чего кому чему чей чья либо или то хотя раз будто якобы вроде наверное может мол же типа даже "
    "вдруг так такой такая такое такие этот это эта эти тут там он она они оно его её ее их ему ей им себя сам сама сами".split()
)
PEOPLE = frozenset(
    "муж жена сын дочь дочка дочь мама мать папа отец ребенок дети бабушка дедушка внук внучка брат сестра кот кошка собака "
    "друг подруга сосед соседка сосед начальник директор бухгалтер клиент человек бригада тесть теща свекровь супруг супруга".split()
)
RUDE = re.compile(
    r"туп|дур[ан]|идиот|козл|козе?л|твар|сволоч|гад|урод|мудак|бля|ху[йея]|пизд|еба|ёба|говн|дерьм|фигн|хрен|чёрт|черт|вор[ыюо]|мошенник|лох|скот|пофиг|долба|жлоб|хам[ыс]|отстой|позор",
    re.I,
)

SUBJECT_VERB = frozenset(
    "опоздал опоздала опоздало опоздали опаздывает опаздывают задержался задержалась задержалось задержались задерживается задерживаются "
    "зависает зависают виснет виснут завис зависла зависло вылетает вылетают тормозит тормозят глючит глючат лагает лагают "
    "сломался сломалась сломалось сломались отвалился отвалилась отвалилось отключился отключилась отключилось отключается "
    "потерялся потерялась потерялось потерялись пропал пропала пропало пропали исчез исчезла исчезло исчезли "
    "упал упала падает падают лежит молчит молчат течёт течет капает протекает нахамил нахамила нахамили "
    "нагрубил нагрубила нагрубили сбросился сбросилась сбросились разбился разбилась слетел слетела слетели".split()
)
NEGATED_VERB = frozenset(
    "работает работают работал работала работало работали открывается открываются открывался грузится грузятся загружается "
    "загружаются запускается запускаются включается включаются приходит приходят пришёл пришел пришла пришло пришли приехал "
    "приехала приехало приехали доходит доходят дошёл дошел дошла дошло дошли проходит проходят прошёл прошел прошла прошло "
    "обновляется обновляются сохраняется сохраняются активируется активируются отвечает отвечают ответил ответила ответили "
    "перезвонил перезвонила перезвонили позвонил позвонила позвонили появился появилась появилось появились "
    "отображается отображаются печатается отправляется отправляются скачивается скачиваются подключается срабатывает "
    "сработал сработала сработало греет греют ловит ловят завершается считывается читается поступил поступила поступило "
    "поступили доставлен доставлена доставлено доставлены пускает пускают явился явилась явились выдал выдала выдали "
    "начислился начислились начислилась отвечал отвечали подошёл дозвониться".split()
)
NO_SUBJECT = frozenset(
    "привезли прислали доставили отправили перезвонили позвонили ответили начислили вернули предупредили включили "
    "подключили зачислили выдали приняли положили доложили".split()
)
SUBJECT_MARKS = frozenset({"NOUN", "nomn"})
WAIT = re.compile(
    r"^(?:я\s+)?(?P<already>уже\s+)?(?P<long>(?:(?:\d+|второй|вторую|третий|третью|четвёртый|четвертый|пятый|полтора|полторы|две|два|три|"
    r"четыре|пять|целый|целую)\s+)?(?:час|часа|часов|день|дня|дней|сутки|неделю|недели|недель|месяц|месяца|месяцев|полдня|полчаса|"
    r"минут))\s+(?:я\s+)?жду\s+(?P<what>[а-яё]+(?:\s+[а-яё]+){0,3})$",
    re.I,
)
WAIT_AFTER = re.compile(
    r"^(?:я\s+)?жду\s+(?P<what>[а-яё]+(?:\s+[а-яё]+){0,2}?)\s+(?P<long>уже\s+(?:(?:\d+|второй|вторую|третий|третью|две|два|три|"
    r"четыре|пять|полтора)\s+)?(?:час|часа|часов|день|дня|дней|сутки|неделю|недели|недель|месяц|месяца|месяцев|полдня|полчаса))$",
    re.I,
)
CANNOT = re.compile(
    r"^(?:я\s+)?(?P<time>(?:второй|третий|четвёртый|четвертый|пятый)\s+(?:день|раз|час)\s+)?не\s+могу\s+(?P<what>(?:войти|зайти|оплатить|"
    r"дозвониться|дождаться|оформить|записаться|получить|скачать|открыть|завершить|подключить|связаться|попасть|"
    r"активировать|забрать|зарегистрироваться)(?:\s+[а-яёA-Za-z]+){0,4})$",
    re.I,
)
SHIFTED = {
    "мне": "вам", "меня": "вас", "нам": "вам", "нас": "вас", "мной": "вами", "мною": "вами", "нами": "вами",
    "мой": "ваш", "моя": "ваша", "моё": "ваше", "мое": "ваше", "мои": "ваши", "моего": "вашего", "моей": "вашей",
    "моему": "вашему", "моим": "вашим", "моём": "вашем", "моем": "вашем", "мою": "вашу", "моих": "ваших", "моими": "вашими",
    "ваш": "наш", "ваша": "наша", "ваше": "наше", "ваши": "наши", "вашего": "нашего", "вашей": "нашей", "вашему": "нашему",
    "вашим": "нашим", "вашем": "нашем", "вашу": "нашу", "ваших": "наших", "вашими": "нашими",
}  # fmt: skip
UNSHIFTABLE = frozenset(
    "я мы ты вы вас вам вами тебя тебе тобой наш наша наше наши нашего нашей нашему нашим нашу наших твой твоя твои свой своя своё свои "
    "своего своей свою своим".split()
)


def trouble(client_message: str) -> str | None:
    """A short complete clause in the third person that says what went wrong, ready to stand after «простите, что»."""
    return next(_troubles(client_message), None)


def _troubles(message: str) -> Iterator[str]:
    for sentence in SENTENCE.finditer(message):
        asked = message[sentence.end() : sentence.end() + 1] == "?"
        for clause in _clauses(sentence.group()):
            said = _waiting(clause) or _unable(clause) or _happened(clause, asked=asked)
            if said and len(said) <= MAX_CHARS:
                yield said


def _clauses(sentence: str) -> Iterator[str]:
    """Parts between commas whose neighbours neither complete them nor hang on them."""
    parts = COMMA.split(sentence.strip())
    for position, part in enumerate(parts):
        follows = parts[position + 1].split()[:1] if position + 1 < len(parts) else []
        if not follows or follows[0].lower() not in PARTICLES:
            yield GREETING.sub("", part).strip()


def _waiting(clause: str) -> str | None:
    match = WAIT.match(clause) or WAIT_AFTER.match(clause)
    if not match or not _is_plain(match["what"]):
        return None
    what, long = match["what"].lower(), match["long"].lower()
    if long.startswith("уже"):
        return f"вы ждёте {what} {long}"
    return f"вы {(match['already'] or '').lower()}{long} ждёте {what}"


def _unable(clause: str) -> str | None:
    match = CANNOT.match(clause)
    if not match or not _is_plain(match["what"]):
        return None
    return f"вы {(match['time'] or '').lower()}не можете {_lowered_first(match['what'])}"


def _happened(clause: str, *, asked: bool) -> str | None:
    why = clause.lower().startswith("почему ")
    if asked and not why:
        return None
    core = LEADING.sub("", clause)
    words = WORD.findall(core)
    if not 2 <= len(words) <= MAX_WORDS or " ".join(words) != core or not _is_plain(core):
        return None
    if not _tells_trouble([word.lower() for word in words]):
        return None
    return " ".join(_shifted(word, first=position == 0) for position, word in enumerate(words))


def _is_plain(clause: str) -> bool:
    """No unknown or rude word, no shouting, nobody whose form would have to change."""
    words = WORD.findall(clause)
    return not RUDE.search(clause) and all(_is_plain_word(word) for word in words)


def _is_plain_word(word: str) -> bool:
    low = word.lower()
    if low in UNSHIFTABLE or low in PARTICLES:
        return False
    if word.isdigit() or re.match("[A-Za-z]", word):
        return True
    return is_known(low) and not (len(word) > 4 and word.isupper())


def _tells_trouble(words: list[str]) -> bool:
    """One finite verb from the lists, with a subject that agrees to stand in front or behind it."""
    verbs = [position for position, word in enumerate(words) if _is_finite(word)]
    if len(verbs) != 1:
        return False
    place = verbs[0]
    negated = place > 0 and words[place - 1] == "не"
    if negated and words[place] in NO_SUBJECT and not _subjects(words):
        return True
    known = words[place] in NEGATED_VERB if negated else words[place] in SUBJECT_VERB
    subjects = _subjects(words)
    return known and bool(subjects) and not subjects & PEOPLE


def _is_finite(word: str) -> bool:
    best = readings(word)[:1]
    return (
        any(reading.marks & {"VERB", "PRTS", "PRED", "GRND", "INFN"} for reading in best)
        or word in SUBJECT_VERB | NEGATED_VERB
    )


def _subjects(words: list[str]) -> frozenset[str]:
    """Dictionary forms of the words that may be subjects: nouns in the nominative, «никто»."""
    nouns = frozenset(
        reading.lemma
        for word in words
        for reading in readings(word)[:2]
        if {"NOUN", "nomn"} <= reading.marks and reading.score > 0.2
    )
    return nouns | frozenset(word for word in words if word == "никто")


def _shifted(word: str, *, first: bool) -> str:
    shifted = SHIFTED.get(word.lower())
    if shifted:
        return shifted
    return _lowered_first(word) if first else word


def _lowered_first(text: str) -> str:
    """The text with its first letter in lower case, unless a name or an abbreviation begins it."""
    word = text.split()[0]
    if len(word) > 1 and word[1:].lower() != word[1:]:
        return text
    proper = readings(word.lower())[:1]
    if re.match("[A-Za-z]", word) or any(
        reading.marks & {"Name", "Surn", "Geox", "Orgn"} for reading in proper
    ):
        return text
    return text[0].lower() + text[1:]
