"""Preference training: which texts are preferred, what the loss is, and that it does what it says."""

import json
import math
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from preferences import Blind, add_candidates, start
from test_resume import figures, killed_and_resumed, same_tensors
from tiny_models import saved, sentences

from bylostalo.data.errors import BylostaloError
from bylostalo.data.reading import read_sentences
from bylostalo.data.records import SentencePair
from bylostalo.inference.prompts import DROPPED
from bylostalo.training import candidates as kept
from bylostalo.training import preference as stage
from bylostalo.training.base import load_base
from bylostalo.training.config import PreferenceConfig
from bylostalo.training.precision import mixed_precision
from bylostalo.training.proposing import by_torch
from bylostalo.training.rankings import Candidate, Preference, Ranked, preference, ranked, task
from bylostalo.training.run import run


def candidate(text, likeness, *, authored=False, safe=True, longer=0.0, problems=0):
    return Candidate(text, text, authored, safe, likeness, longer, problems)


def chosen(*candidates):
    found = preference(Ranked("?", candidates), margin=15.0)
    return (found.chosen, found.rejected) if found else None


PERSON = candidate("человек", 100.0, authored=True)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ([candidate("a", 50), candidate("b", 80)], ("b", "a")),
        ([candidate("a", 70), candidate("b", 80)], None),
        ([candidate("a", 99, safe=False), candidate("b", 85)], ("b", "a")),
        ([candidate("a", 90, problems=2), candidate("b", 85)], ("b", "a")),
        ([candidate("a", 90, longer=1.0), candidate("b", 85)], ("b", "a")),
        ([candidate("a", 30), candidate("b", 35)], ("человек", "a")),
        ([candidate("a", 90), candidate("b", 70), candidate("c", 20)], ("a", "b")),
        ([], None),
    ],
)
def test_the_clearly_better_text_is_preferred(own, expected):
    assert chosen(*own, PERSON) == expected


@pytest.mark.parametrize("last", [candidate("человек", 100, authored=True, safe=False), candidate("c", 79)])
def test_nothing_is_preferred_where_no_text_is_good(last):
    assert chosen(candidate("a", 20), last) is None
    assert chosen(candidate("a", 20), candidate("b", 80), last) == ("b", "a")


def test_candidates_are_judged_as_they_would_be_given_out():
    pair = SentencePair(
        id="1",
        kind="plain",
        before="Возврат 15000 ₽ осуществляется в течение 5 дней.",
        after="Мы вернём 15000 ₽ за 5 дней.",
        group="1",
    )
    asked = task(pair)
    slot = asked.masked.prompt[asked.masked.prompt.index("возврат ") + len("возврат ")]
    beam = [
        f" мы вернём {slot} за 5 дней.",
        f"Возврат {slot} осуществляется за 5 дней.",
        "Мы вернём деньги за 5 дней.",
        DROPPED,
    ]
    (found,) = ranked([asked], [beam], Blind())
    good, cold, loses, drops, person = found.candidates
    assert good.said == pair.after == person.said and person.authored and person.text == good.text
    assert good.safe and person.safe and good.likeness == 100.0 and good.problems == 0
    assert cold.safe and cold.problems == 1
    assert not loses.safe and not drops.safe and drops.said == "" and drops.likeness == 0.0
    assert Ranked.from_dict(json.loads(json.dumps(found.to_dict()))) == found


def test_an_unchanged_sentence_is_refused_only_where_it_was_to_be_changed():
    def unchanged(after):
        pair = SentencePair(id="1", kind="plain", before="Заказ уже едет.", after=after, group="1")
        return ranked([task(pair)], [[pair.before]], Blind())[0].candidates[0].safe

    assert unchanged("Заказ уже едет.") and not unchanged("Ваш заказ уже в пути.")


@pytest.fixture
def config(tmp_path):
    def made(architecture="gemma", count=24, **keys):
        lora = keys.pop("start", {})
        common = {"sentences": sentences(tmp_path, count), "report_to": "none", "batch_size": 4, "warmup_ratio": 0.0}
        known = {**start(tmp_path, architecture, **lora), **common, "output": str(tmp_path / "run"), **keys}
        return PreferenceConfig(**known)

    return made


@pytest.mark.parametrize("architecture", ["gemma", "t5"])
def test_the_loss_equals_one_computed_by_hand(architecture, config):
    settings = config(architecture)
    base, codec = load_base(settings.base, dtype=torch.float32)
    base.eval()
    joined = architecture != "t5"
    answers = Preference("Да?", "Нет, не сегодня.", "Да."), Preference("Как?", "Так.", "Никак: совсем никак.")
    rows = [stage.row_of(one, codec, joined=joined) for one in answers]
    rows = [{**row, "reference": reference} for row, reference in zip(rows, (0.03, -0.02), strict=True)]
    batch = stage.collate_answers(rows, codec.pad)
    with torch.no_grad():
        terms = stage.preference_terms(base, batch, base=base, beta=5.0)
    for row, one, term in zip(rows, answers, terms, strict=True):
        better, worse = (losses(base, codec, one.prompt, text) for text in (one.chosen, one.rejected))
        margin = -sum(better) / len(better) + sum(worse) / len(worse) - row["reference"]
        assert term[0].tolist() == pytest.approx([math.log(1 + math.exp(-5.0 * margin)), 1.0], rel=1e-4)
        assert term[1].tolist() == pytest.approx([sum(better), len(better)], rel=1e-4)


@torch.no_grad()
def losses(base, codec, prompt, text):
    """Minus log-probabilities of the tokens of an answer, one by one."""
    asked, wanted = [*codec.bos, *codec.encode(prompt)], [*codec.encode(text), codec.eos]
    if base.config.is_encoder_decoder:
        begun = [base.config.decoder_start_token_id, *wanted[:-1]]
        logits = base(input_ids=torch.tensor([asked]), decoder_input_ids=torch.tensor([begun])).logits[0]
    else:
        logits = base(input_ids=torch.tensor([asked + wanted])).logits[0, len(asked) - 1 : -1]
    return [float(-row.log_softmax(-1)[token]) for row, token in zip(logits, wanted, strict=True)]


@pytest.mark.parametrize(
    ("architecture", "lora"), [("gemma", {}), ("qwen", {"use_rslora": True}), ("t5", {"use_dora": True})]
)
def test_the_margin_of_the_preferred_answer_grows(architecture, lora, config):
    settings = config(architecture, start=lora, epochs=4, learning_rate=3e-3, checkpoint_steps=100)
    add_candidates(settings)
    job = stage.prepare_preference(settings)
    before = torch.tensor([row["reference"] for row in job.train])
    figures = run(settings, job, resume=False)
    after = measured(settings, job)
    assert (after > before).float().mean() > 0.9
    lost = [entry["eval_loss"] for entry in figures["log"] if "eval_loss" in entry]
    assert not job.validation or lost[-1] < lost[0]
    pairs = (Path(settings.output) / "pairs.jsonl").read_text("utf-8").splitlines()
    assert len(pairs) == len(job.train) + len(job.validation)
    assert set(json.loads(pairs[0])) == {"prompt", "chosen", "rejected"}
    assert (Path(settings.output) / "adapter" / "adapter_model.safetensors").is_file()


def measured(settings, job):
    base = job.model.get_base_model()
    with torch.no_grad(), torch.autocast("cpu", enabled=any(mixed_precision().values())):
        job.model.eval()
        return stage.margins(stage.answer_terms(job.model, job.collate(job.train), base=base))


def test_training_begins_at_the_loss_of_no_preference(config):
    job = stage.prepare_preference(with_candidates(config(supervised_weight=0.0)))
    job.model.eval()
    with torch.no_grad(), torch.autocast("cpu", enabled=any(mixed_precision().values())):
        terms = job.terms(job.model, job.collate(job.train[:4]))
    assert terms[:, 0, 0].tolist() == pytest.approx([math.log(2)] * 4, abs=0.05)


def with_candidates(config):
    add_candidates(config)
    return config


def test_a_killed_training_resumes_with_the_same_losses(config, tmp_path):
    moments = ["in a step after a checkpoint", "before the last evaluation"]
    settings = config(count=20, epochs=2, batch_size=2, checkpoint_steps=3)
    for name in ("whole", *moments):
        add_candidates(PreferenceConfig(**{**vars(settings), "output": str(tmp_path / name)}))
    whole, resumed = killed_and_resumed(vars(settings), tmp_path, moments)
    expected = figures(whole)
    assert sum(key == "loss" for _, key in expected) >= 4
    for folder in resumed:
        assert figures(folder) == pytest.approx(expected, rel=0, abs=1e-6), folder.name
        adapter = Path("adapter", "adapter_model.safetensors")
        assert same_tensors(whole / adapter, folder / adapter), folder.name


def test_candidates_are_made_once_whatever_kills_the_work(config, monkeypatch):
    settings = config(count=10)
    Path(settings.output).mkdir()
    pairs, _ = read_sentences(Path(settings.sentences))
    monkeypatch.setattr(kept, "AT_ONCE", 4)
    monkeypatch.setattr(kept, "Classifier", SimpleNamespace(from_pretrained=lambda **_: Blind()))
    asked = []

    def propose(prompts, *, until=math.inf):
        if len(asked) >= until:
            raise KeyboardInterrupt
        asked.append(len(prompts))
        return [["Проверим."] for _ in prompts]

    def made(proposing):
        return kept.candidates(kept.journal_of(settings), pairs, proposing=proposing, threads=1)

    with pytest.raises(KeyboardInterrupt):
        made(lambda: lambda prompts: propose(prompts, until=2))
    found = made(lambda: propose)
    assert asked == [4, 4, 2]
    assert made(None) == found and [one.candidates[-1].said for one in found] == [pair.after for pair in pairs]


def test_judgements_of_editors_are_learnt_from(config, tmp_path):
    kept_facts = {
        "before": "Возврат 15000 ₽ осуществлён.",
        "chosen": "Мы вернули 15000 ₽.",
        "rejected": "",
        "group": "b",
    }
    noted = {"before": "Ждите.", "note": "до 5 мая", "chosen": "Ждём до 5 мая.", "rejected": "Ждём.", "group": "c"}
    path = tmp_path / "judgements.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in (kept_facts, noted)), "utf-8")
    settings = config(judgements=str(path), sources=0)
    job = stage.prepare_preference(settings)
    asked = {rejected: prompt + chosen for prompt, chosen, rejected in (row["key"].split("\n") for row in job.train)}
    assert asked.keys() == {DROPPED, " ждём."}
    assert "15000" not in asked[DROPPED] and "до 5 мая" in asked[" ждём."]
    path.write_text('{"before": "Ждите."}\n', "utf-8")
    with pytest.raises(BylostaloError, match=r"judgements.jsonl:1: .*chosen"):
        stage.judgements(settings)


@pytest.mark.parametrize("adapter", ["", "no/such/folder"])
def test_a_missing_adapter_is_one_clear_line(adapter, tmp_path):
    with pytest.raises(BylostaloError, match=r"нет адаптера.*bylostalo train rewriter"):
        stage.prepare_preference(PreferenceConfig(adapter=adapter, output=str(tmp_path / "run")))
    assert not (tmp_path / "run").exists()


@torch.no_grad()
def greedy(model, codec, prompt, count):
    """The likeliest tokens of an answer, one by one."""
    asked, said = [*codec.bos, *codec.encode(prompt)], []
    for _ in range(count):
        if model.config.is_encoder_decoder:
            begun = torch.tensor([[model.config.decoder_start_token_id, *said]])
            logits = model(input_ids=torch.tensor([asked]), decoder_input_ids=begun).logits
        else:
            logits = model(input_ids=torch.tensor([asked + said])).logits
        said.append(int(logits[0, -1].argmax()))
    return said


@pytest.mark.parametrize("architecture", ["gemma", "t5"])
def test_torch_proposes_what_greedy_steps_give(architecture, tmp_path, monkeypatch):
    monkeypatch.setattr("bylostalo.training.precision.working_dtype", lambda: torch.float32)
    model, codec = load_base(str(saved(architecture, tmp_path / "model")), dtype=torch.float32)
    torch.manual_seed(3)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    prompts = ["Проверим.", "Ваш заказ уже едет, ждём его завтра."]
    for place, prompt in enumerate(prompts):
        said = greedy(model, codec, prompt, 7)
        ending = replace(codec, eos=said[-1])
        proposed = list(by_torch(model, ending, prompts, beams=1))
        assert proposed[place] == [codec.decode(said[: said.index(ending.eos)])]
