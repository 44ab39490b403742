"""Vocabulary trimming: keep the pieces that Russian support texts need, drop the other 93 %.

After Abdaoui et al., 2020, «Load What You Need: Smaller Versions of Multilingual BERT». A kept piece keeps
its embedding; every byte piece is kept, so any text still round-trips; merges are kept only where both halves
and the result are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer, decoders, models, normalizers

SPACE = "▁"
_RUSSIAN = re.compile(r"▁*[а-яёА-ЯЁ]+")
_BYTE = re.compile(r"<0x[0-9A-F]{2}>")
_CONTROL = ("<pad>", "<eos>", "<bos>")
_LAST_SYMBOL = 0x2FFF


@dataclass(frozen=True)
class Trimmed:
    """`kept[i]` is the row of the full vocabulary that row i of the trimmed one comes from."""

    kept: tuple[int, ...]
    tokenizer: Tokenizer


def is_russian(piece: str) -> bool:
    return _RUSSIAN.fullmatch(piece) is not None


def is_short_ascii(piece: str) -> bool:
    return piece.isascii() and 1 <= len(piece) <= 2


def is_spaced_short_ascii(piece: str) -> bool:
    return piece.startswith(SPACE) and is_short_ascii(piece[1:])


def is_symbol(piece: str) -> bool:
    return len(piece) == 1 and ord(piece) <= _LAST_SYMBOL


def is_spacing(piece: str) -> bool:
    return 1 <= len(piece) <= 4 and not piece.strip("\n" + SPACE)


def is_byte(piece: str) -> bool:
    return _BYTE.fullmatch(piece) is not None


def is_control(piece: str) -> bool:
    return piece in _CONTROL


KEEP = (is_russian, is_short_ascii, is_spaced_short_ascii, is_symbol, is_spacing, is_byte, is_control)


def keep(pieces: Sequence[str]) -> tuple[int, ...]:
    """Indices of the pieces to keep, ascending."""
    return tuple(index for index, piece in enumerate(pieces) if any(rule(piece) for rule in KEEP))


def merges(pieces: dict[str, int], scores: dict[str, float]) -> list[tuple[str, str]]:
    """Merge list of a SentencePiece BPE vocabulary: every split of a piece into two pieces, best score first."""
    found = []
    for piece, index in pieces.items():
        if is_byte(piece) or is_control(piece):
            continue
        for cut in range(1, len(piece)):
            left, right = piece[:cut], piece[cut:]
            if left in pieces and right in pieces:
                found.append((-scores[piece], index, pieces[left], pieces[right], left, right))
    return [(left, right) for *_, left, right in sorted(found)]


def trim(pieces: Sequence[str], scores: Sequence[float]) -> Trimmed:
    """The trimmed vocabulary as a fast byte-fallback BPE tokenizer without control tokens of its own."""
    kept = keep(pieces)
    vocabulary = {pieces[old]: new for new, old in enumerate(kept)}
    kept_scores = {pieces[old]: scores[old] for old in kept}
    model = models.BPE(
        vocab=vocabulary,
        merges=merges(vocabulary, kept_scores),
        byte_fallback=True,
        fuse_unk=True,
    )
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Replace(" ", SPACE)
    tokenizer.decoder = decoders.Sequence([decoders.Replace(SPACE, " "), decoders.ByteFallback(), decoders.Fuse()])
    return Trimmed(kept, tokenizer)
