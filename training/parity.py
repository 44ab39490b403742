"""Whether an exported graph says what the torch model says; a bad conversion is refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from bylostalo.data.errors import BylostaloError
from bylostalo.inference.engine.layout import Packing
from bylostalo.inference.engine.session import Decoder, Floats
from bylostalo.inference.engine.vocabulary import BOS, Vocabulary
from bylostalo.inference.prompts import reverse_prompt, sentence_prompt, target

PAIRS = (
    ("Оплата счёта осуществляется до 5 июня.", "Оплатите счёт до 5 июня."),
    ("Возврат денежных средств производится в течение 10 рабочих дней.", "Мы вернём деньги за 10 рабочих дней."),
    ("Доступ к личному кабинету был ограничен.", "Мы ограничили доступ к личному кабинету."),
    ("В случае неявки запись аннулируется.", "Если вы не придёте, мы отменим запись."),
    ("Вам необходимо обратиться в отделение.", "Зайдите, пожалуйста, в отделение."),
    ("Информация будет предоставлена дополнительно.", "Мы напишем вам, когда всё узнаем."),
)
NOTE = ("Ваша заявка находится в обработке.", "ответ придёт 5 июня", "Мы работаем над вашей заявкой, ответим 5 июня.")

Row = tuple[list[int], list[int]]
"""A prompt and an answer, as token ids."""


@dataclass(frozen=True)
class Parity:
    """Over `tokens` places of the answers: the share where both have the same likeliest token, the mean divergence
    KL(torch || graph) in nats, and the largest difference of a log-probability."""

    tokens: int
    equal: float
    divergence: float
    largest: float


@dataclass(frozen=True)
class Bound:
    """What a graph of a packing must hold."""

    title: str
    equal: float
    divergence: float
    largest: float


BOUNDS: Mapping[Packing, Bound] = {
    "exact": Bound("fp32", 0.99, 1e-5, 1e-3),
    "columns": Bound("int8", 0.85, 0.05, np.inf),
    "nibbles": Bound("int4", 0.8, 0.25, np.inf),
}


def rows(vocabulary: Vocabulary) -> list[Row]:
    """Prompts of every task with answers."""
    cold, note, warm = NOTE
    texts = [(sentence_prompt(cold, note), warm)]
    for before, after in PAIRS:
        texts += [(sentence_prompt(before), after), (reverse_prompt(after), before)]
    return [([BOS, *vocabulary.encode(prompt)], vocabulary.encode(target(answer))) for prompt, answer in texts]


def parity(model: Any, decoder: Decoder, given: Sequence[Row]) -> Parity:
    """The torch model (float32) and the graph read the same rows, every next token given to both."""
    theirs = np.concatenate([_of_torch(model, row) for row in given])
    ours = np.concatenate([_of_graph(decoder, row) for row in given])
    return Parity(
        tokens=len(theirs),
        equal=float((theirs.argmax(axis=1) == ours.argmax(axis=1)).mean()),
        divergence=float((np.exp(theirs) * (theirs - ours)).sum(axis=1).mean()),
        largest=float(np.abs(theirs - ours).max()),
    )


def require(found: Parity, *, packing: Packing) -> None:
    """Refuses a graph that is too far from the torch model; NaN is too far."""
    bound = BOUNDS[packing]
    near = found.divergence <= bound.divergence and found.largest <= bound.largest
    if not (near and found.equal >= bound.equal):
        raise BylostaloError(
            f"экспорт в {bound.title} не прошёл сверку с torch: тех же токенов {found.equal:.1%} из {found.tokens} "
            f"(нужно {bound.equal:.0%}), расхождение {found.divergence:.2g} (не больше {bound.divergence:.2g}), "
            f"наибольшая разница логарифмов {found.largest:.2g}; папка не записана"
        )


def _of_torch(model: Any, row: Row) -> Floats:
    prompt, answer = row
    with torch.inference_mode():
        logits = model(torch.tensor([[*prompt, *answer]])).logits[0, len(prompt) - 1 :]
    found: Floats = logits.double().log_softmax(-1).numpy()
    return found


def _of_graph(decoder: Decoder, row: Row) -> Floats:
    prompt, answer = row
    ids = np.array([[*prompt, *answer]], dtype=np.int64)
    places = np.array([(0, place) for place in range(len(prompt) - 1, ids.size)], dtype=np.int64)
    return decoder.log_probabilities(ids, np.array([ids.size]), decoder.empty_cache(1, ids.size), places)
