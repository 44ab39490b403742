"""Who acts is the subject: «срок устанавливается оператором» → «срок устанавливает оператор»."""

from collections.abc import Sequence

from bylostalo.data.synthesis.phrase import Phrase
from bylostalo.data.synthesis.words import Word, cased
from bylostalo.inference.explanations.voice import NAMED, doer_of, place_of_doer, predicate
from bylostalo.inference.grammar import Clause, deed, first_attribute, is_one_of, phrase_of
from bylostalo.inference.lists import listed
from bylostalo.inference.passive import BE, Passive, passive_at

from .edits import Edit, edited, neighbours, stands_alone

TENSES = ("past", "pres", "futr")
WILL = "буд"


def with_doers(sentence: str) -> str:
    """The sentence with its passives that name who acts in the active voice, where every form is sure."""
    active = _with_doer(sentence)
    return sentence if active == sentence else with_doers(active)


def _with_doer(sentence: str) -> str:
    for _, clause, following in neighbours(sentence):
        for place in range(len(clause.words)):
            if edits := _edits(clause, place, following):
                return edited(sentence, clause.start, edits)
    return sentence


def _edits(clause: Clause, place: int, following: Clause | None) -> list[Edit]:
    words = clause.words
    passive = passive_at(words, place)
    if passive is None or passive.negated or passive.tense not in TENSES or not stands_alone(passive, following):
        return []
    doer, agent, what = doer_of(passive), _agent(passive), passive.subject
    if doer is None or agent is None or what is None or not _is_by(passive, agent, what):
        return []
    name = doer.name if words[agent[0]].lower in NAMED else _in_nominative(words, agent)
    verb, thing = predicate(passive.infinitive, doer, passive), what.in_case("accs")
    if name is None or verb is None or thing is None or (verb.startswith(WILL) and passive.tense != "futr"):
        return []
    first = _first_of(passive)
    if words[agent[0]].lower in NAMED and agent[0] > place:
        said = [(words[first].start, words[agent[1] - 1].stop, f"{_as_written(name, words[agent[0]])} {verb}")]
    else:
        named = (words[agent[0]].start, words[agent[1] - 1].stop, _as_written(name, words[agent[0]]))
        said = [(words[first].start, words[place].stop, verb), named]
    return [(what.start, what.stop, thing), *said]


def _agent(passive: Passive) -> tuple[int, int] | None:
    """The words `[first, last)` that name who acts."""
    at = place_of_doer(passive)
    return None if at is None else (first_attribute(passive.words, at), at + 1)


def _in_nominative(words: Sequence[Word], agent: tuple[int, int]) -> str | None:
    phrase = phrase_of(words, agent[1] - 1, "ablt")
    return phrase.in_case("nomn") if phrase and phrase.first == agent[0] else None


def _as_written(name: str, word: Word) -> str:
    return cased(name, word.text) if word.lower in NAMED else name


def _first_of(passive: Passive) -> int:
    """Where the predicate begins: at «был» of «был выдан»."""
    before = passive.place - 1
    return before if before >= 0 and is_one_of(passive.words[before], BE) else passive.place


def _is_by(passive: Passive, agent: tuple[int, int], what: Phrase) -> bool:
    """Whether the doer beside the verb is the verb's: not «отправка вами письма подтверждена», «назначен судьёй»."""
    if passive.infinitive in listed(__package__, "words", "as_what"):
        return False
    if agent[0] == passive.place + 1:
        return True
    before = agent[1] == _first_of(passive)
    return before and (agent[0] == 0 or what.first > passive.place or (what.last == agent[0] and not _is_deed(passive)))


def _is_deed(passive: Passive) -> bool:
    return passive.noun.endswith("ие") or any(deed(passive.noun, aspect) for aspect in ("perf", "impf"))
