"""Units of measure: one name for all the spellings that may follow a number."""

import re

from .fact import fold

_SPELLINGS = {
    "день": "день дня дню днем дне дни дней дням днями днях дн",
    "сут": "сутки суток суткам сутками сутках сут",
    "час": "час часа часу часом часе часы часов часам часами часах ч",
    "мин": "минута минуты минуте минуту минутой минут минутам минутами минутах мин",
    "сек": "секунда секунды секунде секунду секундой секунд секундам секундами секундах сек",
    "нед": "неделя недели неделе неделю неделей недель неделям неделями неделях нед",
    "мес": "месяц месяца месяцу месяцем месяце месяцы месяцев месяцам месяцами месяцах мес",
    "квартал": "квартал квартала кварталу кварталом квартале кварталы кварталов кварталам кварталах",
    "год": "год года году годом годе годы годов годам годами годах лет летам летами летах",
    "ночь": "ночи ночей ночам ночами ночах",
    "раз": "раз раза разу разом разам разами",
    "₽": "₽ руб р рубль рубля рублю рублем рубле рубли рублей рублям рублями рублях rub rur",
    "коп": "коп копейка копейки копейке копейку копейкой копеек копейкам копейками копейках",
    "$": "$ доллар доллара доллару долларом долларе доллары долларов долларам долларами долларах долл usd",
    "€": "€ евро eur",
    "₸": "₸ тенге kzt",
    "¥": "¥ юань юаня юаню юанем юане юани юаней юаням юанями юанях cny",
    "%": "% процент процента проценту процентом проценте проценты процентов процентам процентами процентах",
    "кбит/с": "кбит/с kbit/s kbps",
    "мбит/с": "мбит/с мбит мбит/сек mbit/s mbps",
    "гбит/с": "гбит/с гбит гбит/сек gbit/s gbps",
    "кб": "кб кбайт килобайт килобайта килобайтов kb",
    "мб": "мб мбайт мегабайт мегабайта мегабайтов мегабайтах mb",
    "гб": "гб гбайт гигабайт гигабайта гигабайтов гигабайтах гиг гига гигов gb",
    "тб": "тб тбайт терабайт терабайта терабайтов tb",
    "мг": "мг миллиграмм миллиграмма миллиграммов mg",
    "г": "г гр грамм грамма граммов граммами",
    "кг": "кг килограмм килограмма килограммов килограммами килограммах kg",
    "т": "т тонна тонны тонне тонну тонной тонн тоннам тоннами",
    "мм": "мм миллиметр миллиметра миллиметров mm",
    "см": "см сантиметр сантиметра сантиметров сантиметрах cm",
    "м": "м метр метра метру метром метре метры метров метрам метрами метрах",
    "км": "км километр километра километру километром километре километры километров километрах km",
    "м²": "м² м2 кв.м",
    "м³": "м³ м3 куб.м кубометр кубометра кубометров",
    "мл": "мл миллилитр миллилитра миллилитров ml",
    "л": "л литр литра литров литрами литрах",
    "вт": "вт ватт",
    "квт": "квт киловатт",
    "квт·ч": "квт·ч квт*ч квт-ч квт⋅ч квтч",
    "гкал": "гкал",
    "°": "° °c °с градус градуса градусов градусам градусами градусах",
    "гц": "гц hz",
    "мгц": "мгц mhz",
    "ггц": "ггц ghz",
    "дб": "дб децибел",
    "балл": "балл балла баллу баллом балле баллы баллов баллам баллами баллах",
    "миля": "миля мили миле милю милей миль милям милями милях",
}
_NAMES = {spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings.split()}

_COUNTED = {
    "дневн": "день",
    "часов": "час",
    "минутн": "мин",
    "секундн": "сек",
    "недельн": "нед",
    "месячн": "мес",
    "годичн": "год",
    "годов": "год",
    "летн": "год",
    "суточн": "сут",
    "процентн": "%",
    "рублев": "₽",
    "кратн": "раз",
    "разов": "раз",
    "гигабайтн": "гб",
    "килограммов": "кг",
    "метров": "м",
    "литров": "л",
}
_ENDING = "(?:[ыи]х|[ыи]ми|[ыи]м|[ыио]й|[ыи]е|[ое]го|[ое]му|[ое]м|[ое]е|ей|ая|яя|ую|юю)"
COUNTED_ADJECTIVE = rf"(?P<stem>{'|'.join(_COUNTED)}){_ENDING}"

_TOKEN = re.compile(
    r"[^\S\n]*(?P<word>[%₽$€₸¥]|°[CСcс]?|кв\.[^\S\n]?м|куб\.[^\S\n]?м"
    r"|[A-Za-zА-Яа-яЁё]+(?:[/·*⋅-][A-Za-zА-Яа-яЁё]+|[²³23](?!\w))?)(?!\w)"
)
_SUFFIX = re.compile(rf"(?:-(?:х|ти|ми|мя)?[^\S\n]?|[^\S\n]+)?{COUNTED_ADJECTIVE}(?!\w)", re.I)
_DAY_KIND = re.compile(r"[^\S\n]*(?P<kind>раб(?:оч[а-яё]+|\.)|банковск[а-яё]+|календарн[а-яё]+|кал\.)[^\S\n]*")
_ADJECTIVE = re.compile(r"[^\S\n]+(?!кажд)[а-яё]{3,}(?:ых|их|ые|ие|ый|ий|ого|его|ым|им|ыми|ими|ой|ую|ая)(?=[^\S\n])")
_SHORT_DAY_KIND = re.compile(r"[^\S\n]*(?P<kind>р|к)\.[^\S\n]?д(?:н|\.)", re.I)
_DAY_KINDS = {"р": "раб.", "б": "раб.", "к": "кал."}
_SYMBOL_BEFORE = re.compile(r"[₽$€₸¥](?=[^\S\n]?$)")


def unit_after(text: str, position: int) -> tuple[str, int]:
    """The unit that follows and where it ends; ("", position) if none does."""
    for rule in (_adjective_unit, _short_day_kind, _day_of_a_kind, _plain, _behind_adjective):
        name, stop = rule(text, position)
        if name:
            return name, stop
    return "", position


def _adjective_unit(text: str, position: int) -> tuple[str, int]:
    """«10-дневный», «3-х дневный»."""
    match = _SUFFIX.match(text, position)
    return (counted(match["stem"]), match.end()) if match else ("", position)


def _short_day_kind(text: str, position: int) -> tuple[str, int]:
    match = _SHORT_DAY_KIND.match(text, position)
    return (_DAY_KINDS[fold(match["kind"])] + "день", match.end()) if match else ("", position)


def _day_of_a_kind(text: str, position: int) -> tuple[str, int]:
    match = _DAY_KIND.match(text, position)
    if not match:
        return "", position
    name, stop = _plain(text, match.end())
    return (_DAY_KINDS[fold(match["kind"])[0]] + name, stop) if name else ("", position)


def _plain(text: str, position: int) -> tuple[str, int]:
    match = _TOKEN.match(text, position)
    if match is None:
        return "", position
    whole, (first, slash, _) = fold(match["word"]).replace(" ", ""), match["word"].partition("/")
    if whole in _NAMES:
        return _NAMES[whole], match.end()
    return (_NAMES.get(fold(first), ""), match.start("word") + len(first)) if slash else ("", position)


def _behind_adjective(text: str, position: int) -> tuple[str, int]:
    """«5 полных дней»."""
    match = _ADJECTIVE.match(text, position)
    return _plain(text, match.end()) if match else ("", position)


def counted(stem: str) -> str:
    """The unit in «трёхдневный», given its stem «дневн»."""
    return _COUNTED[fold(stem)]


def unit_of(word: str) -> str:
    """The unit a folded word names, "" if it names none."""
    return _NAMES.get(word, "")


def symbol_before(text: str, position: int) -> tuple[str, int]:
    """The currency sign in front of a number and where it begins."""
    match = _SYMBOL_BEFORE.search(text, max(0, position - 2), position)
    return (match.group(), match.start()) if match else ("", position)
