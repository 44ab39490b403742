"""Whether a rewrite fed back in stays as it is.

python benchmarks/second_pass.py [--split test] [--count 300] [--show 20]
"""

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bylostalo.data.reading import read_replies
from bylostalo.data.splits import effective_split
from bylostalo.inference.editor import Editor
from bylostalo.inference.results import Request, Rewrite


def rewritten(editor: Editor, requests: Sequence[Request]) -> list[Rewrite]:
    return [edit.rewrite for edit in editor.edit(requests)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="test")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--show", type=int, default=0)
    given = parser.parse_args()
    replies = [reply for reply in read_replies(Path("data/corpus"))[0] if effective_split(reply) == given.split]
    replies = random.Random(0).sample(replies, min(given.count, len(replies)))
    editor = Editor.from_pretrained()
    asked = [Request(before=one.before, client_message=one.client_message, notes=one.notes) for one in replies]
    first = [
        Request(before=found.after, client_message=one.client_message)
        for one, found in zip(asked, rewritten(editor, asked), strict=True)
        if found.status == "rewritten"
    ]
    second = rewritten(editor, first)
    changed = [(one.before, found.after) for one, found in zip(first, second, strict=True) if found.after != one.before]
    print(f"переписано {len(first)}, второй раз изменилось {len(changed)} ({100 * len(changed) / len(first):.1f} %)")
    print(dict(Counter(found.status for found in second)))
    for before, after in changed[: given.show]:
        print(f"\n— {before}\n+ {after}")


if __name__ == "__main__":
    main()
