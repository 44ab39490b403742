"""One hash that names the exact text a model was trained on."""

import hashlib
from pathlib import Path


def corpus_hash(folder: Path) -> str:
    """SHA-256 over the names and contents of the folder's JSONL files, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
