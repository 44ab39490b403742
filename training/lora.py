"""The adapter that a config asks for."""

from typing import Any

from peft import LoraConfig

from bylostalo.training.config import ClassifierConfig, RewriterConfig

UNREAD = r".*\.(vision_tower|multi_modal_projector)\..*"
"""The parts of a base that a text never reaches."""


def lora_config(config: RewriterConfig | ClassifierConfig, model: Any, **more: Any) -> LoraConfig:
    """LoRA, DoRA or rsLoRA on every linear layer of the model that reads text, but the output head."""
    sees = any("vision_tower" in name for name, _ in model.named_modules())
    return LoraConfig(
        r=config.rank,
        lora_alpha=config.alpha,
        lora_dropout=config.dropout,
        target_modules="all-linear",
        exclude_modules=UNREAD if sees else None,
        use_dora=config.lora == "dora",
        use_rslora=config.lora == "rslora",
        **more,
    )
