"""What both trainers ask of transformers' Trainer."""

from typing import Any

import torch
from transformers import TrainingArguments

from bylostalo.training.config import ClassifierConfig, RewriterConfig


def half_precision(device: str) -> torch.autocast:
    """Mixed precision for code that the Trainer's own wrapper does not reach."""
    half = device == "cuda" and not torch.cuda.is_bf16_supported()
    return torch.autocast(device, dtype=torch.float16 if half else torch.bfloat16)


def training_arguments(config: ClassifierConfig | RewriterConfig, **more: Any) -> TrainingArguments:
    """Cosine decay with warm-up, mixed precision by hardware, resumable checkpoints, a progress bar."""
    cuda = torch.cuda.is_available()
    half = cuda and not torch.cuda.is_bf16_supported()
    return TrainingArguments(
        output_dir=config.output,
        seed=config.seed,
        num_train_epochs=config.epochs,
        per_device_train_batch_size=config.batch_size,
        per_device_eval_batch_size=config.batch_size,
        gradient_accumulation_steps=config.gradient_accumulation,
        learning_rate=config.learning_rate,
        lr_scheduler_type="cosine",
        warmup_steps=config.warmup_ratio,
        weight_decay=config.weight_decay,
        bf16=not half,
        fp16=half,
        use_cpu=not cuda,
        remove_unused_columns=False,
        save_steps=config.checkpoint_steps,
        save_total_limit=1,
        eval_strategy="epoch",
        prediction_loss_only=True,
        logging_steps=20,
        report_to=[],
        dataloader_pin_memory=cuda,
        **more,
    )
