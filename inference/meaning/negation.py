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
        "neutral": rf"""не {COMPARATIVE}|не превы[а-я]+|не (?:может|могут|должен|должн[аыо]) превы[а-я]+|не только|не просто|тем не менее|не исключен[ао]?|не забудьте|не забывайте
            |не раз|не один раз|не могли бы|пока(?:,? [а-я-]+){{0,5}}? не|чуть не|несмотря|не смотря|чудес не бывает
            |не достиг[а-я]+|не (?:лиша|освобожда|исключа|отменя|запре|возбраня|воспре)[а-я]+|не (?:удивляйтесь|жалуйтесь|морочьте|кричите)
            |(?:нет|не нужно|не надо|нечего) (?:смысла )?(?:возмущ|крич|устраив|жалов|руг)[а-я]*""",
        "contrast": r"не [^,.;:]{1,60}, а|а не|вместо",
        "none": r"никто|никому|никого|никем|ничего|ничто|ничем|никак(?:ой|ая|ие|их|ого|ому)?|никогда|нигде|никуда|ни",
        "strong": r"""не|нет|нельзя|невозможн[а-я]+|запре[тщ][а-я]*|воспрещ[а-я]*|без|отка[зж][а-я]*|отсутств[а-я]+
            |недоступ[а-я]+|недопустим[а-я]+|нечего|некому|негде|некогда|нечем|неизвестн[а-я]+|неприменим[а-я]+""",
        "stop": r"прекра[тщ][а-я]+|переста[а-я]+|приостан[а-я]+|отмен[а-я]+|аннулир[а-я]+|отклон[а-я]+|лиш[аие][а-я]+",
        "except": r"кроме|за исключением|исключени[а-я]+|исключая|не считая|помимо",
        "prefixed": r"не[а-я]{4,}",
        "weak": r"""исключ[а-я]+|бесплатн[а-я]+|безвозмездн[а-я]+|вне|освобо[а-я]+|воздерж[а-я]+|рас[хс][оч][а-я]+|закры[а-я]+|наруш[а-я]+|исте[кч][а-я]*
            |законч[а-я]+|ограничен[а-я]+|вывед[а-я]+|утра[тч][а-я]+|потеря[а-я]*|отверг[а-я]+|избежа[а-я]+|предотвра[а-я]+|против|сня[а-я]+|снима[а-я]+
            |заблокир[а-я]+|ошиб[а-я]+|отлич[а-я]+|отозва[а-я]+|отключ[а-я]+|хватит|исчерпа[а-я]+|отпис[а-я]+|пропус[а-я]+|бессмысленн[а-я]+|игнорир[а-я]+|проигнорир[а-я]+""",
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
        elif mark.name not in ("neutral", "none"):
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
        same = next((other for other in rest if other.text[:4] == mark.text[:4]), None)
        if same:
            rest.remove(same)
        elif mark.name == "strong":
            left.append(mark)
    for name in ("strong", "stop", "loose", "except", "weak"):
        while left and (other := next((other for other in rest if other.name == name), None)):
            rest.remove(other)
            left.pop()
    return left
