"""Time and memory of switching between adapters of one base.

    python benchmarks/adapters.py ПАПКА_ИЛИ_ИМЯ ...

Without arguments two copies of the shipped adapter are made, a little stronger and a little weaker.
"""

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bylostalo.inference.artifacts import model_folder
from bylostalo.inference.choice import Source
from bylostalo.inference.rewriter import Rewriter

SOURCE = Source("Возврат денежных средств осуществляется в течение 10 рабочих дней.")
Result = TypeVar("Result")


def megabytes() -> int:
    """Memory of this process that is not shared with others."""
    status = Path("/proc/self/status").read_text("utf-8")
    (line,) = (line for line in status.splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) // 1024


def timed(name: str, work: Callable[[], Result]) -> Result:
    before, started = megabytes(), time.perf_counter()
    result = work()
    print(f"| {name} | {time.perf_counter() - started:.3f} | {megabytes() - before:+d} |", flush=True)
    return result


def variant(folder: Path, *, alpha: float) -> str:
    """The shipped adapter with another strength, so that its weights are others."""
    shutil.copytree(model_folder(None, "rewriter"), folder)
    config = json.loads((folder / "adapter_config.json").read_text("utf-8"))
    (folder / "adapter_config.json").write_text(json.dumps({**config, "lora_alpha": alpha}), "utf-8")
    return str(folder)


def switches(adapters: list[str]) -> None:
    print("| что | секунд | МБ |\n| --- | --- | --- |")
    rewriter = timed("встроенный", Rewriter.from_pretrained)
    timed("первое предложение", lambda: rewriter.say([SOURCE]))
    for adapter in adapters:
        opened = timed(f"{Path(adapter).name}: в первый раз", lambda adapter=adapter: rewriter.with_adapter(adapter))
        timed("первое предложение", lambda opened=opened: opened.say([SOURCE]))
    for adapter in adapters:
        timed(f"{Path(adapter).name}: ещё раз", lambda adapter=adapter: rewriter.with_adapter(adapter))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = {"сильнее": 33.0, "слабее": 31.0}
        switches(sys.argv[1:] or [variant(Path(folder) / name, alpha=alpha) for name, alpha in made.items()])


if __name__ == "__main__":
    main()
