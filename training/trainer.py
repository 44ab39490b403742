"""transformers' Trainer for any job: the same losses from one process or several, at once or resumed."""

from collections.abc import Sequence
from typing import Any

import torch
from transformers import EvalPrediction, Trainer, TrainerCallback, TrainingArguments

from bylostalo.training.job import Batch, Job, Row, length
from bylostalo.training.order import Filler, LengthGrouped, WithFiller


class Epochs(TrainerCallback):  # type: ignore[misc]
    """Keeps the order of rows and the evaluations of a resumed training in step with an uninterrupted one."""

    def __init__(self, trainer: "JobTrainer") -> None:
        self.trainer = trainer

    def on_epoch_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.trainer.order.epoch = int(state.epoch or 0)
        self.trainer.evaluate_what_was_missed()


class JobTrainer(Trainer):  # type: ignore[misc]
    """Trains a job; its evaluation loss is exact over all rows."""

    def __init__(self, job: Job, args: TrainingArguments) -> None:
        self.job = job
        at_once = args.train_batch_size * args.world_size
        self.order = LengthGrouped(
            [length(row) for row in job.train],
            batch=at_once * args.gradient_accumulation_steps,
            multiple=at_once if args.world_size > 1 else 1,
            seed=args.seed,
        )
        super().__init__(
            model=job.model,
            args=args,
            train_dataset=WithFiller(job.train),
            eval_dataset=job.validation or None,
            data_collator=self.collate,
            compute_metrics=self.loss_over_all,
            callbacks=[Epochs(self)],
            optimizers=(job.optimizer, None),
        )
        self.model_accepts_loss_kwargs = False  # the loss is a mean: accumulated steps are to be averaged

    def collate(self, rows: Sequence[Row]) -> Batch:
        return {**self.job.collate(rows), "real": torch.tensor([not isinstance(row, Filler) for row in rows])}

    def terms(self, model: Any, inputs: Batch) -> torch.Tensor:
        batch = dict(inputs)
        real = batch.pop("real")
        return self.job.terms(model, batch) * real[:, None, None]

    def loss(self, totals: torch.Tensor, counts: torch.Tensor) -> torch.Tensor:
        weights = torch.tensor(self.job.weights, device=totals.device)
        return (weights * totals / counts.clamp(min=1e-6)).sum()

    def compute_loss(self, model: Any, inputs: Any, return_outputs: bool = False, **_: Any) -> Any:
        """The processes' gradients are averaged, so each divides its totals by the average count."""
        totals, counts = self.terms(model, inputs).sum(0).unbind(-1)
        loss = self.loss(totals, self.accelerator.reduce(counts.detach(), "mean"))
        return (loss, {"loss": loss}) if return_outputs else loss

    def prediction_step(self, model: Any, inputs: Any, prediction_loss_only: bool, ignore_keys: Any = None) -> Any:
        with torch.no_grad():
            terms = self.terms(model, self._prepare_inputs(inputs))
        return None, terms, torch.zeros(len(terms), device=terms.device)

    def loss_over_all(self, prediction: EvalPrediction) -> dict[str, float]:
        totals, counts = torch.as_tensor(prediction.predictions, dtype=torch.float64).sum(0).unbind(-1)
        return {"loss": float(self.loss(totals, counts))}

    def evaluate(self, *args: Any, **kwargs: Any) -> dict[str, float]:
        """Leaves the random state as it was, so that it does not matter when and how often one looks."""
        with torch.random.fork_rng(devices=()):
            found: dict[str, float] = super().evaluate(*args, **kwargs)
        return found

    def evaluate_what_was_missed(self) -> None:
        """A kill after the last checkpoint of an epoch may have come before the epoch's evaluation."""
        state = self.state
        ended = state.global_step and (state.epoch == int(state.epoch) or state.global_step >= state.max_steps)
        seen = any("eval_loss" in entry and entry["step"] == state.global_step for entry in state.log_history)
        if self.args.eval_strategy == "epoch" and ended and not seen:
            self.evaluate()

    def _get_train_sampler(self, train_dataset: Any = None) -> LengthGrouped:
        return self.order
