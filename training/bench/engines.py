"""The engines that are compared. Each is loaded in a process of its own, so nothing heavy is imported before that."""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

Ids = tuple[int, ...]
Generate = Callable[..., list[Ids]]
"""`generate(inputs, limit=…, batch_size=…)` → generated token ids of each input, EOS left out, at most `limit`."""


def by_length(inputs: Sequence[Sequence[int]], batch_size: int) -> Iterator[list[int]]:
    """Indices in batches of similar length, the longest first."""
    order = sorted(range(len(inputs)), key=lambda i: -len(inputs[i]))
    return (order[start : start + batch_size] for start in range(0, len(order), batch_size))


def load_greedy(model: Path, *, threads: int, workers: int) -> Generate:
    """This project's engine, the likeliest token each time: `workers` batches at once on `threads` threads each."""
    from bylostalo.inference.adapters import opener
    from bylostalo.training.bench.greedy import greedy

    decoder = opener(threads=threads)(model).decoder

    def generate(prompts: Sequence[Ids], *, limit: int, batch_size: int) -> list[Ids]:
        batches = list(by_length(prompts, batch_size))
        results: dict[int, Ids] = {}
        with ThreadPoolExecutor(workers) as pool:
            answers = pool.map(lambda batch: greedy(decoder, [prompts[i] for i in batch], limit=limit), batches)
            for batch, answer in zip(batches, answers, strict=True):
                results.update(zip(batch, answer, strict=True))
        return [results[i] for i in range(len(prompts))]

    return generate


def load_choice(model: Path, *, threads: int) -> Generate:
    """This project's engine as the product uses it: beam search, locks, scores in both directions, the best safe text.
    The limit is the product's own, and so are the batches."""
    from bylostalo.inference.choice import Source
    from bylostalo.inference.rewriter import Rewriter
    from bylostalo.inference.sentences import rewrite_sentences

    sequence_model = Rewriter.from_pretrained(str(model), threads=threads).forgetful().model

    def generate(sources: Sequence[Source], **_: Any) -> list[Ids]:
        said = rewrite_sentences(sequence_model, sources)
        texts = [source.sentence if text is None else text for source, text in zip(sources, said, strict=True)]
        return [tuple(sequence_model.vocabulary.encode(text)) for text in texts]

    return generate


def load_transformers(hub: Path, *, dtype: str, threads: int) -> Generate:
    """`generate` of transformers."""
    import torch
    from transformers import AutoModelForCausalLM

    torch.set_num_threads(threads)
    model = AutoModelForCausalLM.from_pretrained(hub, dtype=getattr(torch, dtype)).eval()
    pad, eos = model.config.pad_token_id, model.config.eos_token_id

    def answer(prompts: Sequence[Ids], limit: int) -> list[Ids]:
        width = max(map(len, prompts))
        ids = torch.tensor([[pad] * (width - len(prompt)) + list(prompt) for prompt in prompts])
        mask = torch.tensor([[0] * (width - len(prompt)) + [1] * len(prompt) for prompt in prompts])
        rows = model.generate(ids, attention_mask=mask, do_sample=False, max_new_tokens=limit)[:, width:].tolist()
        return [tuple(row[: row.index(eos)] if eos in row else row) for row in rows]

    def generate(prompts: Sequence[Ids], *, limit: int, batch_size: int) -> list[Ids]:
        results: dict[int, Ids] = {}
        for batch in by_length(prompts, batch_size):
            results.update(zip(batch, answer([prompts[i] for i in batch], limit), strict=True))
        return [results[i] for i in range(len(prompts))]

    return generate


def load_ctranslate(folder: Path, *, threads: int, workers: int) -> Generate:
    """CTranslate2 on the CPU: `workers` batches at once on `threads` threads each."""
    import ctranslate2

    generator = ctranslate2.Generator(
        str(folder), device="cpu", compute_type="int8", inter_threads=workers, intra_threads=threads
    )
    tokens: list[str] = json.loads((folder / "vocabulary.json").read_text("utf-8"))

    def generate(prompts: Sequence[Ids], *, limit: int, batch_size: int) -> list[Ids]:
        found = generator.generate_batch(
            [[tokens[i] for i in prompt] for prompt in prompts],
            max_batch_size=batch_size,
            max_length=limit,
            include_prompt_in_result=False,
        )
        return [tuple(one.sequences_ids[0]) for one in found]

    return generate
