"""What every training asks of transformers' Trainer."""

import math
from importlib.util import find_spec
from typing import Any

import torch
from transformers import TrainingArguments
from transformers.integrations import get_available_reporting_integrations

from bylostalo.data.errors import BylostaloError
from bylostalo.training.config import RunConfig
from bylostalo.training.precision import mixed_precision

LOGGING_STEPS = 20


def reporters(wanted: str) -> list[str]:
    """`auto` is TensorBoard where it is installed; else the names that the Trainer knows, or `none`."""
    if wanted == "auto":
        return ["tensorboard"] if find_spec("tensorboard") else []
    if wanted == "none":
        return []
    known = get_available_reporting_integrations()
    names = [name.strip() for name in wanted.split(",")]
    for name in names:
        if name not in known:
            raise BylostaloError(f"report_to={name}: не установлено; есть: auto, none, {', '.join(known)}")
    return names


def stopping(config: RunConfig) -> dict[str, Any]:
    """Evaluation at every checkpoint and the best one kept, where `patience` asks for it; else after each epoch."""
    if not config.patience:
        return {"eval_strategy": "epoch"}
    return {
        "eval_strategy": "steps",
        "eval_steps": config.checkpoint_steps,
        "load_best_model_at_end": True,
        "metric_for_best_model": "eval_loss",
        "greater_is_better": False,
        "restore_callback_states_from_checkpoint": True,
    }


def steps_of(config: RunConfig, rows: int) -> int:
    """Steps of a whole training on so many rows in one process."""
    size = config.batch_size * config.gradient_accumulation
    return math.ceil(math.ceil(rows / size) * config.epochs)


def training_arguments(config: RunConfig, **more: Any) -> TrainingArguments:
    """Cosine decay with warm-up, mixed precision by hardware, resumable checkpoints, a progress bar."""
    cuda = torch.cuda.is_available()
    settings = {
        "output_dir": config.output,
        "seed": config.seed,
        "num_train_epochs": config.epochs,
        "per_device_train_batch_size": config.batch_size,
        "per_device_eval_batch_size": config.batch_size,
        "gradient_accumulation_steps": config.gradient_accumulation,
        "learning_rate": config.learning_rate,
        "lr_scheduler_type": "cosine",
        "warmup_steps": config.warmup_ratio,
        "weight_decay": config.weight_decay,
        "use_cpu": not cuda,
        "remove_unused_columns": False,
        "save_steps": config.checkpoint_steps,
        "save_total_limit": 1,
        "logging_steps": math.gcd(LOGGING_STEPS, config.checkpoint_steps),
        "report_to": reporters(config.report_to),
        "dataloader_pin_memory": cuda,
        **mixed_precision(),
        **stopping(config),
    }
    return TrainingArguments(**(settings | more))
