"""Stand-ins for the models: everything around them is real."""

import hashlib
import re
import time
from dataclasses import dataclass, field, replace
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from bylostalo.inference import reserved
from bylostalo.inference.classifier import Reading
from bylostalo.inference.editor import Editor
from bylostalo.inference.engine.geometry import Geometry
from bylostalo.inference.engine.session import OUTPUTS, Decoder
from bylostalo.inference.engine.vocabulary import EOS
from bylostalo.inference.prompts import DROPPED
from bylostalo.inference.results import Diagnosis, Problem
from bylostalo.inference.rewriter import Rewriter
from bylostalo.inference.sequence_model import Generated, Likelihood, SequenceModel

CERTAIN = Likelihood(-0.1, -1.0)

PLACES = ("Москве", "Казани", "Самаре", "Томске", "Перми", "Омске", "Уфе", "Твери", "Туле", "Сочи")
LONG = " ".join(f"Доставка в {place} осуществляется за {days} дней." for days, place in enumerate(PLACES, 2))
COLD = ("осуществля", "производится", "Ваше мнение")


def rest(seconds):
    if seconds:
        time.sleep(seconds)


@dataclass(frozen=True)
class Model:
    """Says what `say` makes of a prompt, in `steps` steps of `pause` seconds; `asked` is what it was asked when."""

    say: Any
    pause: float = 0.0
    steps: int = 4
    halt: Any = None
    asked: list = field(default_factory=list)

    def watched(self, halt):
        return replace(self, halt=halt)

    def generate(self, prompts, *, beams):
        self.asked.append((time.monotonic(), list(prompts)))
        for _ in range(self.steps):
            if self.halt:
                self.halt()
            rest(self.pause)
        return [tuple(Generated(text, CERTAIN) for text in self.say(prompt)) for prompt in prompts]

    def score(self, prompts, targets):
        return [CERTAIN for _ in prompts]


@dataclass(frozen=True)
class Known:
    """Finds the problems that it is told of: codes and spans by the text of the reply, else those of cold words."""

    problems: Any = field(default_factory=dict)
    read_for: float = 0.0
    seen: list = field(default_factory=list)
    span_codes: tuple[str, ...] = ("officialese",)

    def read(self, replies, messages):
        self.seen.extend(replies)
        rest(self.read_for if replies else 0)
        return [Reading(np.zeros(0, dtype=np.float32), [], np.zeros((0, 1), dtype=np.float32)) for _ in replies]

    def judge(self, text, reading, message):
        if text in self.problems:
            return Diagnosis(problems=self.problems[text])
        spans = tuple(one.span() for one in re.finditer(r"[^.!?]+", text) if any(word in one.group() for word in COLD))
        return Diagnosis(problems=(Problem(code="officialese", score=0.9, spans=spans),) if spans else ())

    def diagnose(self, replies, messages):
        return [Diagnosis() for _ in self.read(replies, messages)]


def editor(say, *, problems=None, read_for=0.0, **settings):
    return Editor(Known(problems or {}, read_for), Rewriter(Model(say, **settings)))


VOCABULARY = 64
ANSWER = 40


class Letters:
    """A token a letter; whatever is generated reads «да» over and over."""

    def encode(self, text):
        return [3 + ord(letter) % (VOCABULARY - 3) for letter in text]

    def decode(self, ids):
        return "да" * len(ids)


@dataclass
class Session:
    """The session of a decoder that never ends its text by itself; counts its steps."""

    pause: float = 0.0
    steps: int = 0
    on_step: Any = None

    def io_binding(self):
        return Binding()

    def run_with_iobinding(self, binding):
        self.steps += 1
        rest(self.pause)
        if self.on_step:
            self.on_step(self.steps)
        wanted, (count,) = len(binding.inputs["positions"]), binding.inputs["count"]
        likely = np.linspace(-3, -2, VOCABULARY, dtype=np.float32)
        likely[EOS] = -1.0 if self.steps % ANSWER == 0 else -50.0
        best = np.argsort(-likely)[:count]
        chosen = np.full((wanted, 1), likely.max())
        binding.outputs = {
            "best": np.tile(likely[best], (wanted, 1)),
            "tokens": np.tile(best, (wanted, 1)),
            "chosen": chosen,
        }


class Binding:
    def __init__(self):
        self.inputs = {}
        self.outputs = {}

    def bind_cpu_input(self, name, value):
        self.inputs[name] = value

    def bind_output(self, *_):
        pass

    bind_ortvalue_input = bind_ortvalue_output = bind_output

    def get_outputs(self):
        return [SimpleNamespace(numpy=partial(self.outputs.get, name)) for name in OUTPUTS]


def sequence_model(session):
    """The real model around a session that is none."""
    tiny = Geometry(layers=1, hidden=4, intermediate=4, heads=1, kv_heads=1, head_dim=4, vocabulary=64, window=512)
    return SequenceModel(Decoder(tiny, session), Letters())


def source_of(prompt):
    return prompt.partition(reserved.SENTENCE)[2].rstrip(reserved.TARGET)


def plainly(prompt):
    return [source_of(prompt).replace("осуществляется", "идёт")]


def streamed(work, request, **limits):
    """The pieces and what the generator returns."""
    pieces, stream = [], work.rewrite_stream(request, **limits)
    while True:
        try:
            pieces.append(next(stream))
        except StopIteration as end:
            return pieces, end.value


def anything(prompt):
    """A greeting, an apology, a door, nothing, a lie; and what may be safe."""
    source = source_of(prompt)
    small = source[:1].lower() + source[1:]
    wild = (
        f"Здравствуйте! {source}",
        f"Извините, {small}",
        f"{source} Если что-то непонятно, напишите.",
        DROPPED,
        "".join(letter for letter in source if letter not in reserved.SLOTS),
        f"{source}\n\nУважаемый клиент!",
    )
    chosen = hashlib.md5(source.encode()).digest()[0] % len(wild)
    return [wild[chosen], f"Пожалуйста, {small}"]
