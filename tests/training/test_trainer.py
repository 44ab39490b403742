"""What the trainer promises: exact losses, an order that follows from the seed, the keys of the configs."""

import dataclasses
import json
import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from peft import TaskType, get_peft_model
from safetensors.torch import load_file
from tiny_models import MAKERS, corpus, saved, sentences

from bylostalo.data.errors import BylostaloError
from bylostalo.training.classifier import code_weights
from bylostalo.training.config import ClassifierConfig, EncoderConfig, RewriterConfig
from bylostalo.training.job import checkpoint_activations
from bylostalo.training.lora import lora_config
from bylostalo.training.memory import advice_on_memory
from bylostalo.training.order import Filler, LengthGrouped, WithFiller
from bylostalo.training.preparing import prepare
from bylostalo.training.pretraining import train_encoder
from bylostalo.training.rewriter import train_rewriter
from bylostalo.training.run import run, trainer_of
from bylostalo.training.schedule import reporters
from bylostalo.training.targets import IGNORED, target_terms


@pytest.fixture
def rewriter(tmp_path):
    """A config of a tiny rewriter."""
    return RewriterConfig(
        base=str(saved("gemma", tmp_path / "model")),
        sentences=sentences(tmp_path, 24),
        output=str(tmp_path / "run"),
        epochs=1,
        batch_size=4,
        reverse_share=0.0,
        report_to="none",
    )


def losses(figures, key):
    return [entry[key] for entry in figures["log"] if key in entry]


@given(
    st.lists(st.integers(1, 300), min_size=1, max_size=200),
    st.integers(1, 16),
    st.integers(1, 8),
    st.integers(0, 3),
)
def test_the_order_holds_every_row_once_and_follows_from_seed_and_epoch(lengths, batch, multiple, epoch):
    def order():
        made = LengthGrouped(lengths, batch=batch, multiple=multiple, seed=3)
        made.epoch = epoch
        return made

    found = list(order())
    assert found == list(order()) and len(found) == len(order())
    assert sorted(index for index in found if index < len(lengths)) == list(range(len(lengths)))
    assert len(found) % multiple == 0 and len(found) - len(lengths) < multiple
    assert all(index == len(lengths) for index in found[len(lengths) :])


def test_epochs_are_shuffled_anew_and_rows_of_like_length_stand_together():
    order = LengthGrouped([index % 50 for index in range(400)], batch=8, multiple=1, seed=1)
    first = list(order)
    order.epoch = 1
    assert list(order) != first
    spread = [max(batch) - min(batch) for batch in np.array([order.lengths[i] for i in first]).reshape(-1, 8)[1:]]
    assert np.mean(spread) < 8


def test_a_training_reads_every_row_in_each_epoch_and_in_another_order(rewriter):
    job = prepare(rewriter)
    seen = []

    def collate(rows):
        seen.extend(tuple(row["input_ids"]) for row in rows)
        return job.collate(rows)

    run(dataclasses.replace(rewriter, epochs=2), dataclasses.replace(job, collate=collate, validation=[]), resume=False)
    first, second = seen[: len(job.train)], seen[len(job.train) :]
    assert sorted(first) == sorted(second) == sorted(tuple(row["input_ids"]) for row in job.train)
    assert first != second


def test_only_what_is_past_the_last_row_is_a_filler():
    rows = WithFiller([{"input_ids": [1, 2]}, {"input_ids": [1]}])
    assert isinstance(rows[2], Filler) and rows[2] == {"input_ids": [1]}
    assert not isinstance(rows[1], Filler)


@pytest.mark.parametrize("name", ["gemma", "qwen", "t5", "t5gemma2"])
def test_losses_at_targets_are_those_of_the_whole_logits(name):
    torch.manual_seed(1)
    model = MAKERS[name](60).eval()
    ids = torch.randint(3, 50, (3, 9))
    wanted = torch.where(torch.rand(3, 9) < 0.4, ids, IGNORED)
    inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
    if model.config.is_encoder_decoder:
        inputs["decoder_input_ids"] = ids.flip(1)
    with torch.no_grad():
        whole = F.cross_entropy(model(**inputs).logits.transpose(1, 2), wanted, reduction="none", ignore_index=IGNORED)
        terms = target_terms(model, model.get_output_embeddings(), wanted, **inputs)
        assert model(**inputs).logits.shape[:2] == ids.shape
    assert torch.allclose(terms[:, 0, 0], whole.sum(1), atol=1e-4)
    assert torch.equal(terms[:, 0, 1], (wanted != IGNORED).sum(1).float())


def test_the_evaluation_loss_does_not_depend_on_batches(rewriter):
    job = prepare(rewriter)
    job = dataclasses.replace(job, validation=job.train)
    found = [
        trainer_of(dataclasses.replace(rewriter, batch_size=size), job).evaluate()["eval_loss"] for size in (1, 3, 7)
    ]
    assert found == pytest.approx([found[0]] * 3, rel=1e-3)
    counts = [len([label for label in row["labels"] if label != IGNORED]) for row in job.train]
    assert len(set(counts)) > 3


def test_accumulated_steps_are_averaged_not_added(rewriter):
    slow = dataclasses.replace(rewriter, learning_rate=1e-9, checkpoint_steps=1)
    parts = dataclasses.replace(slow, batch_size=2, gradient_accumulation=2, output=slow.output + "-parts")
    one, two = (train_rewriter(config) for config in (slow, parts))
    assert len(losses(one, "loss")) == len(losses(two, "loss"))
    assert losses(two, "loss") == pytest.approx(losses(one, "loss"), rel=0.02)
    assert losses(two, "grad_norm") == pytest.approx(losses(one, "grad_norm"), rel=0.5)


@pytest.mark.parametrize("name", ["gemma", "t5", "t5gemma2"])
def test_checkpointed_activations_give_the_same_gradients(name):
    def gradients(*, checkpointed):
        torch.manual_seed(2)
        base = MAKERS[name](60)
        if checkpointed:
            checkpoint_activations(base)
        task = TaskType.SEQ_2_SEQ_LM if base.config.is_encoder_decoder else TaskType.CAUSAL_LM
        model = get_peft_model(base, lora_config(RewriterConfig(), base, task_type=task)).train()
        ids = torch.arange(3, 13)[None]
        decoder = {"decoder_input_ids": ids} if base.config.is_encoder_decoder else {}
        target_terms(
            model, base.get_output_embeddings(), ids, input_ids=ids, use_cache=False, **decoder
        ).sum().backward()
        return {key: value.grad for key, value in model.named_parameters() if value.grad is not None}

    plain, checkpointed = gradients(checkpointed=False), gradients(checkpointed=True)
    assert plain.keys() == checkpointed.keys() and plain
    assert all(torch.allclose(plain[key], checkpointed[key], atol=1e-6) for key in plain)


def test_the_adapter_is_of_the_asked_kind_and_leaves_vision_alone():
    for kind, marks in {"lora": (False, False), "dora": (True, False), "rslora": (False, True)}.items():
        base = MAKERS["t5gemma2"](60)
        model = get_peft_model(base, lora_config(RewriterConfig(lora=kind), base, task_type=TaskType.SEQ_2_SEQ_LM))
        config = model.peft_config["default"]
        assert (config.use_dora, config.use_rslora) == marks
        adapted = {name for name, _ in model.named_parameters() if "lora_A" in name}
        assert not any("vision_tower" in name or "multi_modal" in name for name in adapted)
        assert any("encoder.text_model" in name for name in adapted) and any(".decoder." in name for name in adapted)
        assert any("magnitude" in name for name, _ in model.named_parameters()) == (kind == "dora")


def test_patience_stops_and_keeps_the_best(rewriter, tmp_path):
    eager = dataclasses.replace(rewriter, patience=2, checkpoint_steps=2, learning_rate=30.0, epochs=20)
    job = prepare(eager)
    figures = run(eager, dataclasses.replace(job, validation=job.train), resume=False)
    seen = losses(figures, "eval_loss")
    best = seen.index(min(seen))
    assert len(seen) == best + 3 < 20 * len(job.train) // 4 // 2
    adapter = load_file(tmp_path / "run" / "adapter" / "adapter_model.safetensors")
    kept = load_file(tmp_path / "run" / f"checkpoint-{2 * (best + 1)}" / "adapter_model.safetensors")
    assert all(torch.equal(tensor, kept[name]) for name, tensor in adapter.items())


def test_patience_without_validation_is_one_clear_line(rewriter):
    config = dataclasses.replace(rewriter, patience=1)
    with pytest.raises(BylostaloError, match="patience=1"):
        run(config, dataclasses.replace(prepare(config), validation=[]), resume=False)


def test_without_validation_one_can_train(rewriter, tmp_path):
    figures = run(rewriter, dataclasses.replace(prepare(rewriter), validation=[]), resume=False)
    assert not losses(figures, "eval_loss") and (tmp_path / "run" / "adapter" / "adapter_model.safetensors").is_file()


def test_rare_codes_weigh_more_by_the_power_of_their_rarity(tmp_path):
    config = ClassifierConfig(encoder=str(saved("bert", tmp_path / "model")), corpus=corpus(tmp_path, 30))
    rows = [row["row"] for row in prepare(config).train]
    targets = np.stack([row.codes for row in rows])
    assert torch.equal(code_weights(rows, 0.0), torch.ones(targets.shape[1]))
    half, full = code_weights(rows, 0.5), code_weights(rows, 1.0)
    assert torch.allclose(half.square(), full, rtol=1e-4)
    for column, weight in zip(targets.T, full, strict=True):
        positives, negatives = (column == 1).sum(), (column == 0).sum()
        assert float(weight) == pytest.approx(negatives / positives if positives and negatives else 1.0)


def test_an_encoder_is_saved_and_resumed_with_its_tied_weights(tmp_path):
    config = EncoderConfig(
        corpus=corpus(tmp_path, 24),
        output=str(tmp_path / "run"),
        base_embeddings=False,
        hidden=32,
        heads=2,
        layers=2,
        max_tokens=32,
        batch_size=8,
        checkpoint_steps=3,
        report_to="none",
    )
    first = train_encoder(config)
    again = train_encoder(config, resume=True)
    assert losses(again, "loss") == losses(first, "loss") and losses(first, "eval_loss")
    assert all(math.isfinite(loss) for loss in losses(first, "eval_loss"))
    assert (tmp_path / "run" / "model.safetensors").is_file()


def test_tensorboard_is_written_by_default_where_it_is_installed(rewriter, tmp_path):
    pytest.importorskip("tensorboard")
    train_rewriter(dataclasses.replace(rewriter, report_to="auto"))
    assert list((tmp_path / "run").rglob("events.out.tfevents*"))


def test_reporters_are_refused_by_name():
    assert reporters("none") == []
    with pytest.raises(BylostaloError, match="report_to=tensorbord"):
        reporters("tensorbord")


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
        RuntimeError("[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory: 12"),
    ],
)
def test_exhausted_memory_is_one_line_with_the_keys_to_change(error):
    with pytest.raises(BylostaloError) as caught, advice_on_memory(RewriterConfig()):
        raise error
    said = str(caught.value)
    assert "batch_size=16 gradient_accumulation=2" in said and "gradient_checkpointing=true" in said
    assert "max_tokens меньше 256" in said and "\n" not in said


def test_a_real_allocation_that_fails_is_understood_and_other_errors_pass():
    with pytest.raises(BylostaloError, match="не хватило памяти"), advice_on_memory(ClassifierConfig()):
        torch.empty(1 << 55)
    with pytest.raises(RuntimeError, match="other"), advice_on_memory(ClassifierConfig()):
        raise RuntimeError("other")


def test_figures_are_json(rewriter, tmp_path):
    figures = train_rewriter(rewriter)
    assert json.loads((tmp_path / "run" / "run.json").read_text("utf-8")) == figures
