"""Negation: every strong «no» of one text must have some «no» in the other."""

from collections.abc import Iterator
from functools import lru_cache

from .flip import Flip
from .marks import Lexicon, Mark
from .words import Sentence, is_known

COMPARATIVE = (
    r"(?:ран(?:ее|ьше)|позднее|позже|более|больше|менее|меньше|выше|ниже|старше|младше|моложе|свыше|дольше|дальше|далее"
    r"|длиннее|короче|тяжелее|легче|холоднее|теплее|чаще|реже|шире|уже|глубже|дороже|дешевле|ближе|громче|тише|хуже|лучше"
    r"|быстрее|медленнее|слабее|сильнее|крупнее|мельче|тоньше|толще|крепче)"
)
LEXICON = Lexicon(
    {
        "neutral": rf"""не {COMPARATIVE}|не превы[а-я]+|не только|не просто|тем не менее|не исключен[ао]?|не забудьте|не забывайте
            |не раз|не один раз|не могли бы|если не|пока(?: [а-я]+){{0,4}}? не|до тех пор, пока|чуть не|несмотря|не смотря
            |вс[её] равно|так или иначе|без изменени[йя]|не чаще|безусловно""".replace("|если не", ""),
        "contrast": r"не [^,.;:]{1,60}, а|а не|вместо",
        "strong": r"""не|нет|нельзя|невозможн[а-я]+|запре[тщ][а-я]*|воспрещ[а-я]*|без|отказ(?:а[а-я]*|ы[а-я]*)?|отказ|отсутств[а-я]+
            |недоступ[а-я]+|недопустим[а-я]+|нечего|некому|негде|некогда|нечем|неизвестн[а-я]+|неприменим[а-я]+|прекра[тщ][а-я]+""",
        "except": r"кроме|за исключением|исключени[а-я]+|исключая|не считая|помимо",
        "weak": r"""ни[а-я]{0,8}|закончил[а-я]*|заканчива[а-я]+|кончил[а-я]*|исте[кч][а-я]*|истечени[а-я]+|отклон[а-я]+|аннулир[а-я]+
            |отмен[а-я]+|утра[тч][а-я]+|пропал[а-я]*|потеря[а-я]*|поте?р[яь][а-я]*|мало|плохо|закры[а-я]+|снят[а-я]*|снял[а-я]*|переста[лн][а-я]*|хватает|хватило
            |прерв[а-я]+|прерыва[а-я]+|останов[а-я]+|приостан[а-я]+|сгор[а-я]+|пуст[а-я]*|чуж[а-я]+|посторонн[а-я]+|сторонн[а-я]+|друг[а-я]+|ин(?:ой|ых|ые|ая|ое|ому|ым)
            |бесплатн[а-я]+|безвозмездн[а-я]+|избежани[а-я]+|избежать|предотвра[а-я]+|исключ[а-я]+|воздерж[а-я]+|ошиб[а-я]+|брак[а-я]*|дефект[а-я]*|слома[а-я]+|поврежд[а-я]+
            |вынужден[а-я]*|блокир[а-я]+|заблокир[а-я]+|отключ[а-я]+|лиш[а-я]{2,}|поздно|опозда[а-я]+|просроч[а-я]+|пропу[а-я]+|стар[а-я]+|прежн[а-я]+|сохран[а-я]+|оста[а-я]+|трудно|сложно
            |пока|отдельно|самостоятельно|сам[а-я]?|бессроч[а-я]+|беспроцентн[а-я]+|безналичн[а-я]+|безлимит[а-я]+|неограниченн[а-я]+|отверг[а-я]+|отозва[а-я]+|против|вне|иначе|обратн[а-я]+|минуя|прочь|только|лишь|исключительно|сверх|мимо|расход[а-я]+|расхожд[а-я]+|различ[а-я]+|отлич[а-я]+|разн[а-я]+""",
        "prefixed": r"не[а-я]{4,}",
    }
)
NOT_NEGATIVE = (
    "необходим немедленн незамедлит недел некотор нескольк неустой недвижим неприятн неудобств непосредственн неоднократн несчастн "
    "недавн нередк негатив неуважит нелегк необычн неплох нефт нерв невест нейр некогда нередко немного немал несколь нетто"
).split()
LOOSE = (
    "недостат неисправн независим неверн ненадлежащ некорректн неправильн недействит неполад недостач неудач недоум неточн несоответ "
    "нехват неизменн незначит непредвиден непреодолим неотложн недорог незаконн неполн неясн нечитаем несовмест неблагоприят "
    "непригодн несовершеннолет нестандарт негабарит нерабоч нерезидент несанкционир неактив неиспользован некачествен непрерывн"
).split()


@lru_cache(maxsize=8192)
def negations(sentence: Sentence) -> tuple[Mark, ...]:
    """Marks «strong», «loose» and «weak»; neutral phrases («не ранее», «не только») are left out."""
    return tuple(_negations(sentence))


def _negations(sentence: Sentence) -> Iterator[Mark]:
    for mark in LEXICON.marks(sentence.text):
        if mark.name == "prefixed":
            if _is_negative(mark.text):
                yield Mark("loose", mark.text, mark.start, mark.stop)
        elif mark.name == "contrast":
            yield Mark("weak", mark.text, mark.start, mark.stop)
        elif mark.name not in ("neutral", "except"):
            yield mark


def _is_negative(word: str) -> bool:
    if any(word.startswith(stem) for stem in NOT_NEGATIVE):
        return False
    return any(word.startswith(stem) for stem in LOOSE) or is_known(word.removeprefix("не"))


def negation_flips(before: Sentence, rewrite: Sentence) -> Iterator[Flip]:
    there, here = negations(before), negations(rewrite)
    for mark in unmatched(there, here):
        yield Flip("negation", f"пропало «{mark.text}»")
    for mark in unmatched(here, there):
        yield Flip("negation", f"добавлено «{mark.text}»")


def unmatched(needed: tuple[Mark, ...], offered: tuple[Mark, ...]) -> list[Mark]:
    """Strong marks of one text with no counterpart: first equal words pair off, then any «no» serves once."""
    rest, left = list(offered), []
    for mark in sorted(needed, key=lambda mark: mark.name != "strong"):
        same = next((other for other in rest if other.text[:5] == mark.text[:5]), None)
        if same:
            rest.remove(same)
        elif mark.name == "strong":
            left.append(mark)
    for name in ("strong", "loose", "weak"):
        while left and (other := next((other for other in rest if other.name == name), None)):
            rest.remove(other)
            left.pop()
    return left
